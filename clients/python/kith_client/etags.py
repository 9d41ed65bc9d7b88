"""Answers that are kept by their ETag, so that one that still holds is not sent again."""

from collections import OrderedDict
from typing import NamedTuple


class KeptAnswer(NamedTuple):
    """An answer and its tag."""

    tag: str
    content: bytes


class Etags:
    """The last answers by address; the one that was not asked for longest goes first. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[str, KeptAnswer] = OrderedDict()

    def answer(self, address: str) -> KeptAnswer | None:
        """What is kept of this address."""
        answer = self._answers.pop(address, None)
        if answer:
            self._answers[address] = answer
        return answer

    def keep(self, address: str, tag: str, content: bytes) -> None:
        """Keep an answer."""
        if self._most:
            self._answers[address] = KeptAnswer(tag, content)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
