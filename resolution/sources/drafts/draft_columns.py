"""Columns of an unknown file: what their cells look like, what their headers say, and the names they get in a draft."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from ontology.base import PartyKind
from ontology.personal_ids import hash_resident_id
from resolution.records.country_names import country_code
from resolution.records.identifiers import identifier, is_uscc, normal
from resolution.records.kinds import kind_by_name
from resolution.sources.drafts.header_words import NAME, Meaning, header_meaning
from resolution.sources.packs.pack_library import known_mappings
from resolution.sources.reading.header_detection import shape
from resolution.sources.statements.spellings import squeeze_header
from resolution.sources.statements.values import ValueRefused, day, money, partial_day

LOOKS_LIKE_SHARE_MIN = 0.7  # A column is what this share of its filled cells looks like.
LONG_NUMBER = 8  # Digits from which a whole number is rather somebody's number than an amount.
LONGEST_NAME = 120  # Characters on average; beyond it stands a text.
TAKEN_BY_YAML = ("true", "false", "null")
EXAMPLES_MAX = 3  # Example values in a comment.
PHONE = re.compile(r"[+(]?\d[\d\s()+-]{6,19}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
WEBSITE = re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.(com|cn|net|org|example)(/\S*)?", re.IGNORECASE)
ADDRESS = re.compile(r"[省市区县镇乡路街道号室]|\b(street|road|avenue|lane|district|building)\b", re.IGNORECASE)


@dataclass
class Column:
    """One column of the file: the name it gets in the mapping, what its cells look like, and what its header says."""

    header: str
    name: str
    cell_type: str
    meaning: Meaning
    cells: list[str] = field(default_factory=list)

    @property
    def examples(self) -> list[str]:
        """A few of its values."""
        return self.cells[:EXAMPLES_MAX]

    @property
    def topic(self) -> str | None:
        """What its cells say of somebody, whichever of header and cells tells."""
        return self.cell_type if self.cell_type in ("resident_id", "uscc", "lei", "email", "website") else self.meaning.topic

    @property
    def is_name(self) -> bool:
        """Whether it may name a party."""
        return self.cell_type in ("firm", "person", "party") or (self.cell_type == "text" and self.meaning.topic == NAME)


def columns_of(values: Mapping[str, list[str]], *, has_header_names: bool = True) -> list[Column]:
    """The columns of a file by their filled cells. Without `has_header_names` headers say nothing, and only cells count."""
    taken_names: set[str] = set()
    columns = []
    for place, (header, cells) in enumerate(values.items(), 1):
        meaning = header_meaning(header) if has_header_names else Meaning(None, None)
        columns.append(Column(header, column_name(header, place, taken_names), looks_like(cells, meaning), meaning, cells))
    if not any(column.is_name or column.meaning.topic in ("given", "family") for column in columns):
        texts = [column for column in columns if column.cell_type == "text"] or columns
        max(texts, key=lambda column: len(set(column.cells))).cell_type = "party"
    return columns


def column_name(header: str, place: int, taken_names: set[str]) -> str:
    """A short name: the header's own letters, else what built-in mappings call such a header, else its place."""
    ascii_name = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", header).lower()).strip("_")
    name = (
        ascii_name
        if re.match(r"[a-z]", ascii_name) and header.isascii()
        else _columns_by_spelling().get(squeeze_header(header), f"column_{place}")
    )
    while name in taken_names or name in TAKEN_BY_YAML:
        name = f"{name}_{place}"
    taken_names.add(name)
    return name


def looks_like(cells: list[str], meaning: Meaning) -> str:
    """What most filled cells look like: one of `TESTS`, or firm, person, party, text, empty."""
    if not cells:
        return "empty"
    for cell_type, test in TESTS:
        if sum(map(test, cells)) >= LOOKS_LIKE_SHARE_MIN * len(cells):
            return cell_type
    if meaning.topic in ("born", "founded") and sum(map(_can_convert(partial_day), cells)) >= LOOKS_LIKE_SHARE_MIN * len(cells):
        return "date"
    if meaning.topic not in (None, NAME) or sum(map(len, cells)) > LONGEST_NAME * len(cells):
        return "text"
    kinds = [kind_by_name(cell) for cell in cells]
    forms = sum(shape(cell) == "firm" for cell in cells)
    if meaning.topic == NAME:
        firms, persons = kinds.count(PartyKind.FIRM), kinds.count(PartyKind.PERSON)
        return (
            "firm"
            if firms >= LOOKS_LIKE_SHARE_MIN * len(cells)
            else "person"
            if persons >= LOOKS_LIKE_SHARE_MIN * len(cells)
            else "party"
        )
    return "firm" if forms >= LOOKS_LIKE_SHARE_MIN * len(cells) else "text"


@cache
def _columns_by_spelling() -> dict[str, str]:
    spelled: dict[str, str] = {}
    for mapping in known_mappings().values():
        for column, spellings in mapping.columns.items():
            for spelling in spellings:
                spelled.setdefault(squeeze_header(spelling), column)
    return spelled


def _can_convert(convert: Callable[[str], object]) -> Callable[[str], bool]:
    def test(cell: str) -> bool:
        try:
            return convert(cell) is not None
        except ValueRefused:
            return False

    return test


_is_money = _can_convert(money)


def _is_phone(cell: str) -> bool:
    digits = sum(map(str.isdigit, cell))
    return bool(PHONE.fullmatch(cell)) and 7 <= digits <= 15 and ("-" in cell or "+" in cell or len(cell) == 11)


def _is_country(cell: str) -> bool:
    return country_code(cell) is not None


TESTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("resident_id", lambda cell: hash_resident_id(cell, b"") is not None),
    ("uscc", lambda cell: is_uscc(normal(cell))),
    ("lei", lambda cell: len(cell) == 20 and identifier("lei", cell).valid),
    ("date", _can_convert(day)),
    ("share", lambda cell: cell.endswith(("%", "％"))),
    ("email", lambda cell: bool(EMAIL.fullmatch(cell))),
    ("website", lambda cell: bool(WEBSITE.fullmatch(cell))),
    ("phone", _is_phone),
    ("amount", lambda cell: _is_money(cell) and not (cell.isdigit() and len(cell) >= LONG_NUMBER)),
    ("address", lambda cell: len(cell) >= 8 and len(ADDRESS.findall(cell)) >= 2),
    ("country", _is_country),
)
