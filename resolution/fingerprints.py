"""What a run stands on, as one hash: a run that would stand on the same again has nothing to find."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

from resolution.comparisons.model_choice import ModelChoice
from resolution.judgements.verdicts import Verdicts

PROGRAM = ("ontology", "resolution")  # Code, words and weights that decide who is one with whom.
LEFT_OUT = ("__pycache__", ".pyc")
BESIDE = "kith." if __name__.startswith("kith.") else ""  # What the wheel puts in front of every package of ours.
MOVED = re.compile(rb"\bkith\.(?=(?:ontology|store|resolution|graph|samples|api)\b)")
"""What the wheel puts in front of a module's name: the program is the same with and without it. docs/decisions/0065"""


class Fingerprint:
    """Hash of every record (in the order of ids), what people said and chose, firms beside persons, listings, the program."""

    def __init__(self) -> None:
        self._hash = blake2b(_program(), digest_size=16)

    def add_page(self, documents: Iterable[str]) -> None:
        """Add the documents of the next page of records."""
        self._hash.update("\n".join([*documents, ""]).encode())

    def digest(
        self,
        *,
        verdicts: Verdicts,
        firms_of: Mapping[str, Sequence[str]],
        listings: Mapping[str, Sequence[str]],
        choices: ModelChoice,
    ) -> str:
        """The hash as hexadecimal text, once every page was added."""
        self._hash.update(choices.fingerprint_text().encode())
        for pairs in (verdicts.same, verdicts.different):
            self._hash.update(repr(sorted(pairs)).encode())
        for person, firms in sorted(firms_of.items()):
            self._hash.update(f"{person}\n{firms}\n".encode())
        for record, marks in sorted(listings.items()):
            self._hash.update(f"listed {record}\n{marks}\n".encode())
        return self._hash.hexdigest()


@cache
def _program() -> bytes:
    hasher = blake2b()
    for package in PROGRAM:
        for path, content in _files(files(BESIDE + package), package):
            hasher.update(f"{path}\n{len(content)}\n".encode())
            hasher.update(content)
    return hasher.digest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(LEFT_OUT):
            continue
        if entry.is_dir():
            yield from _files(entry, f"{path}/{entry.name}")
        else:
            yield f"{path}/{entry.name}", MOVED.sub(b"", entry.read_bytes())
