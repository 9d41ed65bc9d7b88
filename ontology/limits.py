"""What a text and a record may be, so that both stores and every later step can take them: each limit once, with its reason.

Any character of Unicode may stand in any text, but for two that no store keeps: NUL, where SQLite's JSON ends a text and by
which the Neo4j columns mark what is absent, and half a pair of surrogates (`\\ud800` alone in JSON), which is no character
and which UTF-8 cannot write. Texts are kept as they are written: ids that differ in bytes (NFC and NFD, marks of direction)
are two ids. See docs/decisions/0060.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ontology.errors import WrongCall

if TYPE_CHECKING:
    from ontology.record import Record

ID_LENGTH_MAX = 300  # Characters: an index entry of either store holds it, whatever the script.
DATASET_LENGTH_MAX = 80  # Characters: it stands before every id of its records, which has to leave room for their own.
NAME_LENGTH_MAX = 1000  # Characters of a name or an address; the longest known registered names have some 300.
NAMES_MAX = 1_000  # Of one record. Every name is compared with every one of another record: a million pairs, 100 MB.
IDENTIFIERS_MAX = 1_000  # Of one record: each is a key under which records meet.
ADDRESSES_MAX = 1_000  # Of one record, for the same reason.
CONTACTS_MAX = 1_000  # Of one record, for the same reason.
COUNTRIES_MAX = 300  # There are some 250.
ATTRIBUTES_MAX = 1_000  # Named facts of one record: shown one by one.
DEPTH_MAX = 100  # Lists within lists of what is sent: deeper ones are no record.

LENGTHS = {
    "names": NAMES_MAX,
    "identifiers": IDENTIFIERS_MAX,
    "addresses": ADDRESSES_MAX,
    "contacts": CONTACTS_MAX,
    "countries": COUNTRIES_MAX,
    "attributes": ATTRIBUTES_MAX,
}
"""By field of a record, the most entries it may have."""
REMEDY = "Write the text anew without it; it is no character that a person typed."
HALF_A_CHARACTER = "a text holds half a character (a lone surrogate)"
TOO_MANY_REMEDY = "Send the most telling ones, or check whether the id stands for several parties."


class Excess(NamedTuple):
    """Why something is beyond a limit: the field, what was found, what would do."""

    field: str
    problem: str
    remedy: str


def unstorable(text: str) -> str | None:
    """What of a text no store keeps, in words; None where it can be kept.

    >>> unstorable("a\\0b"), unstorable("a\\ud800"), unstorable("鹏程 \\U0001f600\\uffff\\x07")
    ('holds the character NUL (\\\\u0000)', 'holds half a character (\\\\ud800, a lone surrogate)', None)
    """
    if "\0" in text:
        return r"holds the character NUL (\u0000)"
    if text.isascii():
        return None
    try:
        text.encode()
    except UnicodeEncodeError as cause:
        return f"holds half a character (\\u{ord(text[cause.start]):x}, a lone surrogate)"
    return None


def refuse_unstorable(**texts: str | None) -> None:
    """Raise WrongCall naming the first of these texts that no store keeps."""
    for field, text in texts.items():
        if text is not None and (problem := unstorable(text)):
            raise WrongCall(field=field, problem=problem, remedy=REMEDY)


def visible(text: str) -> str:
    """The text with what no store keeps written out, so that it can be shown, logged and put into a reject file.

    >>> visible("a\\0b\\ud800c")
    'a\\\\u0000b\\\\ud800c'
    """
    return text.replace("\0", r"\u0000").encode("utf-8", "backslashreplace").decode()


def unstorable_in(told: Any, field: str = "") -> Excess | None:
    """The first text of nested lists and objects that cannot be kept, keys among them; None where all can."""
    return next(_unstorable(told, field, 0), None)


def _unstorable(told: Any, field: str, depth: int) -> Iterator[Excess]:
    if depth > DEPTH_MAX:
        yield Excess(field.partition(".")[0], "lists or objects nested too deep", "Flatten it.")
    elif isinstance(told, str):
        if problem := unstorable(told):
            yield Excess(visible(field), problem, REMEDY)
    elif isinstance(told, dict):
        for name, value in told.items():
            if problem := unstorable(str(name)):
                yield Excess(visible(str(name)), f"the name of the field {problem}", REMEDY)
            yield from _unstorable(value, f"{field}.{name}" if field else str(name), depth + 1)
    elif isinstance(told, list | tuple):
        for at, value in enumerate(told):
            yield from _unstorable(value, f"{field}.{at}", depth + 1)


def excess_of(record: "Record") -> Excess | None:
    """The first list of a record that is longer than it may be; None where none is."""
    for field, most in LENGTHS.items():
        count = len(getattr(record, field))
        if count > most:
            return Excess(field, f"{count} {field} of one record; at most {most} can be compared", TOO_MANY_REMEDY)
    return None
