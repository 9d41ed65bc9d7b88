"""Bodies that publish lists: which one a text names, and of which list type its list is. The names are data (issuers.yaml)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from pydantic import Field, ValidationError

from ontology.base import ImmutableModel, breaches_of
from ontology.documents import read_yaml
from ontology.errors import RulebookInvalid

CACHED_TEXTS_MAX = 1 << 14
NOWHERE = "zz"  # What publishers write for the country of a body that belongs to none.
Tokens = tuple[str, ...]
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b|\W|$)")  # U.S. is US.
_WORDS = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"\s[-–—]\s|[()\[\]/;:|（）；：、，]|,\s")


class Body(ImmutableModel):
    """One body that publishes a list; issuers.yaml says where each sort of name counts."""

    id: str
    country: str | None
    list_type: str
    names: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    with_country: tuple[str, ...] = ()
    lists: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Programme(ImmutableModel):
    """What the beginning of a programme's id tells: whose it is, and of which list type where that is certain."""

    body: str
    list_type: str | None


NO_LIST = Programme(body="", list_type=None)


class Issuers(ImmutableModel):
    """The whole table."""

    version: str
    source: str
    unknown: str = Field(description="List type of a body or programme that is not in the table.")
    bodies: tuple[Body, ...]
    programmes: dict[str, Programme | None]


@cache
def issuers() -> Issuers:
    """The table, read once. Raises RulebookInvalid naming the body and the field."""
    content = read_yaml(files("ontology").joinpath("issuers.yaml").read_text("utf-8"))
    try:
        return Issuers.model_validate(content)
    except ValidationError as cause:
        raise RulebookInvalid(file="issuers.yaml", findings=breaches_of(cause, content)) from None


@lru_cache(maxsize=CACHED_TEXTS_MAX)
def issuer_key(issuer: str) -> str:
    """The same text for the same body however it is spelled: its id where the table knows it, else its words.

    >>> issuer_key("OFAC (U.S. Treasury)") == issuer_key("Office of Foreign Assets Control")
    True
    """
    body = find_body(issuer)
    return body.id if body else " ".join(tokens(issuer))


@lru_cache(maxsize=CACHED_TEXTS_MAX)
def find_body(text: str, country: str | None = None) -> Body | None:
    """The body a text names, None where the table knows none; the longest name in it decides.

    country: two letters that the source gives beside it, which must not contradict a name that others bear too.
    """
    words = tokens(text)
    if (body := _bodies_by_whole_name().get(words)) and _agrees_with_country(body, country):
        return body
    if country and (body := _bodies_by_name_and_country().get((words, country.lower()))):
        return body
    parts = ((part, _bodies_by_part_name().get(part)) for part in map(tokens, _MARKS.split(text)))
    whole_parts = [(part, body) for part, body in parts if body and _agrees_with_country(body, country)]
    longest = max((*_phrases(words), *whole_parts), key=lambda candidate: len(candidate[0]), default=None)
    return longest[1] if longest else None


def list_type_of(
    authorities: Iterable[str], programmes: Iterable[str] = (), programme_ids: Iterable[str] = (), country: str | None = None
) -> str | None:
    """The list type of a listing by what its source says of the issuer; None where the table does not know.

    The body is that of the authority. A list it keeps apart decides first, then the id of the programme, then the body.
    """
    texts, programmes = [*authorities], [*programmes]
    known_programmes = [_programme(id_) for id_ in programme_ids]
    listed_programmes = [programme for programme in known_programmes if programme and programme is not NO_LIST]
    body = _first_body(texts, country) or next((_by_id()[programme.body] for programme in listed_programmes), None)
    if body is None and not texts:
        body = _first_body(programmes, country)
    if body is None or NO_LIST in known_programmes:
        return None
    list_types = [
        programme.list_type
        for programme in listed_programmes
        if programme.body == body.id or _is_of_same_country(body, programme)
    ]
    return (
        _list_within(body, [*texts, *programmes])
        or next((list_type for list_type in list_types if list_type), None)
        or body.list_type
    )


def all_body_names() -> tuple[str, ...]:
    """Every name of the table, for whoever looks for the one meant."""
    return tuple(name for body in issuers().bodies for name in (*body.names, *body.parts, *body.whole))


@lru_cache(maxsize=CACHED_TEXTS_MAX)
def tokens(text: str) -> Tokens:
    """A text's words as names are compared: width, case, accents, dots and marks between words do not count.

    >>> tokens("U.S. Dépt. of State & Co")
    ('us', 'dept', 'of', 'state', 'and', 'co')
    """
    plain = _DOTTED.sub("", unicodedata.normalize("NFKC", text).replace("&", " and ").replace("’", "'"))
    unaccented = "".join(sign for sign in unicodedata.normalize("NFKD", plain.casefold()) if not unicodedata.combining(sign))
    return tuple(_WORDS.findall(unaccented))


def _first_body(texts: Iterable[str], country: str | None) -> Body | None:
    return next((body for text in texts if (body := find_body(text, country))), None)


def _list_within(body: Body, texts: Iterable[str]) -> str | None:
    """The list type of a list that the body keeps apart, where a text names it."""
    separate_lists = [(name, list_type) for list_type, names in _tokenised_lists(body.id) for name in names]
    words = [tokens(text) for text in texts]
    matches = [(len(name), list_type) for name, list_type in separate_lists if any(_contains(name, text) for text in words)]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def _is_of_same_country(body: Body, programme: Programme) -> bool:
    """Whether a programme of another body may stand under this one: both of one country, as bureaus of one government."""
    return _by_id()[programme.body].country == body.country


def _agrees_with_country(body: Body, country: str | None) -> bool:
    return not country or country.lower() in (NOWHERE, body.country) or body.country in (None, NOWHERE)


def _programme(id_: str) -> Programme | None:
    """What the longest known beginning of a programme's id tells; NO_LIST where the table says that it is no list."""
    parts = tuple(id_.strip().upper().replace("_", "-").split("-"))
    programmes = _programmes_by_parts()
    return next((programmes[parts[:end]] for end in range(len(parts), 0, -1) if parts[:end] in programmes), None)


def _phrases(words: Tokens) -> Iterator[tuple[Tokens, Body]]:
    for start, word in enumerate(words):
        yield from (entry for entry in _bodies_by_first_token().get(word, ()) if words[start : start + len(entry[0])] == entry[0])


def _contains(name: Tokens, words: Tokens) -> bool:
    return any(words[start : start + len(name)] == name for start in range(len(words) - len(name) + 1))


@cache
def _by_id() -> dict[str, Body]:
    return {body.id: body for body in issuers().bodies}


@cache
def _bodies_by_whole_name() -> dict[Tokens, Body]:
    return {tokens(name): body for body in issuers().bodies for name in (*body.names, *body.parts, *body.whole)}


@cache
def _bodies_by_part_name() -> dict[Tokens, Body]:
    return {tokens(name): body for body in issuers().bodies for name in (*body.names, *body.parts)}


@cache
def _bodies_by_name_and_country() -> dict[tuple[Tokens, str], Body]:
    return {(tokens(name), body.country): body for body in issuers().bodies if body.country for name in body.with_country}


@cache
def _bodies_by_first_token() -> dict[str, list[tuple[Tokens, Body]]]:
    bodies: dict[str, list[tuple[Tokens, Body]]] = defaultdict(list)
    for body in issuers().bodies:
        for name in body.names:
            bodies[tokens(name)[0]].append((tokens(name), body))
    return dict(bodies)


@cache
def _tokenised_lists(body_id: str) -> tuple[tuple[str, tuple[Tokens, ...]], ...]:
    return tuple((list_type, tuple(map(tokens, names))) for list_type, names in _by_id()[body_id].lists.items())


@cache
def _programmes_by_parts() -> dict[Tokens, Programme]:
    return {tuple(id_.split("-")): programme or NO_LIST for id_, programme in issuers().programmes.items()}
