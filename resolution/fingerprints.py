"""What a run stands on, as one hash: a run that would stand on the same again has nothing to find."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

from resolution.comparisons.model_choice import ModelChoice
from resolution.judgements.verdicts import Verdicts

PROGRAM = ("ontology", "resolution")  # Code, words and weights that decide who is one with whom.
LEFT_OUT = ("__pycache__", ".pyc")


class Fingerprint:
    """Of every record (in the order of their ids), what people said and chose, the firms beside persons, and the program."""

    def __init__(self) -> None:
        self._seen = blake2b(_program(), digest_size=16)

    def take(self, documents: Iterable[str]) -> None:
        """The next page of records."""
        self._seen.update("\n".join([*documents, ""]).encode())

    def told(self, *, verdicts: Verdicts, firms_of: Mapping[str, Sequence[str]], chosen: ModelChoice) -> str:
        """The hash, once every page was taken."""
        self._seen.update(chosen.fingerprint_text().encode())
        for said in (verdicts.same, verdicts.different):
            self._seen.update(repr(sorted(said)).encode())
        for person, firms in sorted(firms_of.items()):
            self._seen.update(f"{person}\n{firms}\n".encode())
        return self._seen.hexdigest()


@cache
def _program() -> bytes:
    seen = blake2b()
    for package in PROGRAM:
        for path, content in _files(files(package), package):
            seen.update(f"{path}\n{len(content)}\n".encode())
            seen.update(content)
    return seen.digest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for inside in sorted(folder.iterdir(), key=lambda one: one.name):
        if inside.name.endswith(LEFT_OUT):
            continue
        if inside.is_dir():
            yield from _files(inside, f"{path}/{inside.name}")
        else:
            yield f"{path}/{inside.name}", inside.read_bytes()
