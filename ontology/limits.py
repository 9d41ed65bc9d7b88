"""What an input may cost, and what a text and a record may be so that both stores and every later step can take them.

Each limit once, with its reason; every door looks here before it opens or keeps anything (docs/decisions/0051, 0060). Bounds
leave room for what people send and keep one input below a gigabyte of memory and half a minute beyond its fair time.

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

LINE_BYTES_MAX = 1 << 20
"""Longest line, element of a JSON list or of an XML file, or row of a Parquet file (`--line-bytes-max`)."""
LINE_BYTES_ALLOWED = 1 << 26
"""What it may be raised to."""
DOCUMENT_BYTES_MAX = 1 << 27
"""Largest JSON object read whole, in characters: as Python objects it takes several times as much."""
DOCUMENT_BYTES_ALLOWED = 1 << 30
"""What a mapping may raise it to."""
JSON_VALUES_MAX = 5_000_000
"""Values of a JSON object read whole: an empty list of two letters takes 56 bytes."""
DEPTH_MAX = 100
"""Levels of JSON, YAML or XML within one another. The deepest public format known, BODS, has seven."""
RECORD_DEPTH_MAX = 32
"""The same of a record or a verdict that is sent; a record is four deep."""
NUMBER_LENGTH_MAX = 1000
"""Digits of one number in JSON: turning text into a number takes quadratic time."""
CELL_LENGTH_MAX = 300
"""Letters of a cell that is to be an amount, a day, a share or a country."""

AMOUNT_MAX = 1e24
"""Of money in any currency; a billion such lines still add up to a number."""

WORKBOOK_BYTES_MAX = 1 << 29
"""A workbook unpacked. A million rows of ten columns take 400 MB."""
WORKBOOK_PARTS_MAX = 10_000
"""Files within a workbook; one of a hundred sheets has some 300."""
WORKBOOK_RATIO_MAX = 300
"""Bytes a packed one of a workbook may unpack to, beyond `WORKBOOK_RATIO_FROM`; sheets of equal rows reach 100."""
WORKBOOK_RATIO_FROM = 1 << 24
"""Small workbooks may be of any ratio: they cost nothing."""
CELLS_MAX = 10_000_000
"""Cells of a sheet, the empty ones between filled ones too: they are laid out as a table of 32 bytes a cell."""
LIST_BYTES_MAX, LIST_CELLS_MAX = 1 << 26, 1_000_000
"""The same of a list of suppliers, which somebody waits for: ten thousand rows of a hundred columns."""
WORKBOOK_TEXT_MAX = 1 << 28
"""Letters in all cells of a sheet: a text that cells share is copied for each."""
OTHER_WORKBOOK_BYTES_MAX = 1 << 25
"""An .xls, .xlsb or .ods file: its bounds are not known before it is opened."""
OTHER_WORKBOOK_UNPACKED_MAX = 1 << 28
"""The same unpacked, of an .xlsb or .ods file."""
OTHER_WORKBOOK_MEMORY_MAX = 1 << 30
"""Bytes the process that reads such a file may take beyond its libraries, where the system bounds it."""

ARCHIVE_FILES_MAX = 10_000
"""Files of a known kind in one archive."""
UNPACKED_BYTES_MAX = 1 << 35
"""One file of an archive, unpacked; the largest registers take some 20 GB."""
UNPACKED_RATIO_MAX = 200
"""Bytes a packed one may unpack to, beyond `UNPACKED_RATIO_FROM`; tables and XML reach 50."""
UNPACKED_RATIO_FROM = 1 << 27
"""Small files may be of any ratio: they cost nothing."""

PARQUET_ROWS_FREE, PARQUET_ROWS_PER_BYTE = 100_000, 20
"""Rows that a Parquet file may declare, and how many more for each of its bytes: a constant column costs none."""
PARQUET_VALUES_PER_BYTE = 400
"""Values of one column, for each byte of the file, where cells hold lists."""
PARQUET_MEMORY_MAX = 1 << 29
"""Bytes the process that reads a Parquet file may take beyond its libraries; where the system does not bound it, twice that."""
PARQUET_COLUMNS_MAX = 10_000
"""Columns of a Parquet file: each has buffers of its own."""

YAML_BYTES_MAX = 1 << 20
"""A mapping or a rulebook; the largest that comes with kith has 40 kB."""
YAML_NODES_MAX = 30_000
"""Its keys, values and lists with all aliases and merges written out; the largest that comes with kith has 4,000."""
SMALL_FILE_BYTES_MAX = 1 << 26
"""Files that are read whole: supplier lists, records, models, lists of names."""

ID_LENGTH_MAX = 300  # Characters: an index entry of either store holds it, whatever the script.
DATASET_LENGTH_MAX = 80  # Characters: it stands before every id of its records, which has to leave room for their own.
NAME_LENGTH_MAX = 1000  # Characters of a name or an address; the longest known registered names have some 300.
NAMES_MAX = 1_000  # Of one record. Every name is compared with every one of another record: a million pairs, 100 MB.
IDENTIFIERS_MAX = 1_000  # Of one record: each is a key under which records meet.
ADDRESSES_MAX = 1_000  # Of one record, for the same reason.
CONTACTS_MAX = 1_000  # Of one record, for the same reason.
COUNTRIES_MAX = 300  # There are some 250.
ATTRIBUTES_MAX = 1_000  # Named facts of one record: shown one by one.

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


def unstorable_in(content: Any, field: str = "") -> Excess | None:
    """The first text of nested lists and objects that cannot be kept, keys among them; None where all can."""
    return next(_find_unstorable(content, field, 0), None)


def _find_unstorable(content: Any, field: str, depth: int) -> Iterator[Excess]:
    if depth > DEPTH_MAX:
        yield Excess(field.partition(".")[0], "lists or objects nested too deep", "Flatten it.")
    elif isinstance(content, str):
        if problem := unstorable(content):
            yield Excess(visible(field), problem, REMEDY)
    elif isinstance(content, dict):
        for name, value in content.items():
            if problem := unstorable(str(name)):
                yield Excess(visible(str(name)), f"the name of the field {problem}", REMEDY)
            yield from _find_unstorable(value, f"{field}.{name}" if field else str(name), depth + 1)
    elif isinstance(content, list | tuple):
        for position, value in enumerate(content):
            yield from _find_unstorable(value, f"{field}.{position}", depth + 1)


def excess_of(record: "Record") -> Excess | None:
    """The first list of a record that is longer than it may be; None where none is."""
    for field, count_max in LENGTHS.items():
        count = len(getattr(record, field))
        if count > count_max:
            return Excess(field, f"{count} {field} of one record; at most {count_max} can be compared", TOO_MANY_REMEDY)
    return None
