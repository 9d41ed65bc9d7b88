"""What a header says in the languages of `words.yaml`: of whom its column speaks, and what it says of them."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from ontology.documents import read_yaml
from resolution.sources.statements.values import fold_text

NAME = "name"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_BETWEEN = re.compile(r"[\W_]+")


class Meaning(NamedTuple):
    """Of whom a column speaks: one of `subjects`, or None; and what it says: one of `says`, `name`, or None."""

    subject: str | None
    topic: str | None


@cache
def words() -> dict[str, Any]:
    """The lists of `words.yaml`."""
    return dict(read_yaml(files("resolution.sources.drafts").joinpath("words.yaml").read_text("utf-8")))


@lru_cache(maxsize=1 << 12)
def header_meaning(header: str) -> Meaning:
    """What a header says; of a path its last steps count. What it says is looked for first: 法人番号 speaks of no representative.

    >>> header_meaning("法定代表人证件号码")
    Meaning(subject='legal_rep', topic='resident')
    >>> header_meaning("Supplier"), header_meaning("company_name")
    (Meaning(subject='supplier', topic='name'), Meaning(subject=None, topic='name'))
    """
    plain = _plain(header.rpartition(".")[2] or header)
    topic, remainder = _longest(plain, _listed("says"))
    subject, _ = _longest(remainder, _subjects())
    if topic is None and (subject or _longest(remainder, _names())[0]):
        topic = NAME
    return Meaning(subject, topic)


def kind_in_header(header: str) -> str | None:
    """`firm` or `person` where the header says that of its names; None where it says neither or both."""
    plain = _plain(header.rpartition(".")[2] or header)
    kinds = [kind for kind in ("firm", "person") if any(word in plain for word in _kinds()[kind])]
    return kinds[0] if len(kinds) == 1 else None


def _longest(plain: str, words_by_key: dict[str, tuple[str, ...]]) -> tuple[str | None, str]:
    """The key of the longest word in a header, and the header without that word."""
    matches = [(len(word), key, word) for key, listed in words_by_key.items() for word in listed if word in plain]
    if not matches:
        return None, plain
    _, key, word = max(matches, key=lambda match: match[0])
    return key, plain.replace(word, "  ", 1)


def _plain(text: str) -> str:
    """Words in small letters with a blank before and behind each."""
    return f" {_BETWEEN.sub(' ', fold_text(_CAMEL.sub(' ', text))).strip()} "


def _word(text: str) -> str:
    """A word as it stands in a header: whole, but Han, kana and Hangul, which no blank parts."""
    plain = _plain(text)
    return plain.strip() if plain.strip() > "\u2e80" else plain


@cache
def _listed(name: str) -> dict[str, tuple[str, ...]]:
    return {key: tuple(map(_word, listed)) for key, listed in words()[name].items()}


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    return {kind: tuple(map(_word, words()[f"{kind}s"])) for kind in ("firm", "person")}


@cache
def _names() -> dict[str, tuple[str, ...]]:
    return {NAME: tuple(map(_word, words()["names"]))}


@cache
def _subjects() -> dict[str, tuple[str, ...]]:
    return {subject["id"]: tuple(map(_word, subject["words"])) for subject in words()["subjects"]}
