"""Columns of an unknown file: what their cells look like, what their headers say, and the names they get in a draft."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from stdnum import iban
from stdnum.eu import vat

from ontology.base import PartyKind
from ontology.personal_ids import hash_resident_id
from resolution.records.country_names import country_code
from resolution.records.identifiers import identifier, is_uscc, normal
from resolution.records.kinds import kind_by_name, may_be_person
from resolution.records.text import is_han
from resolution.sources.drafts.header_words import NAME, Meaning, header_meaning, words
from resolution.sources.drafts.samples import Sample
from resolution.sources.packs.pack_library import known_mappings
from resolution.sources.reading.header_detection import shape
from resolution.sources.statements.json_cells import SEVERAL
from resolution.sources.statements.spellings import squeeze_header
from resolution.sources.statements.values import ValueRefused, day, fold_text, money, partial_day

LOOKS_LIKE_SHARE_MIN = 0.7  # A column is what this share of its filled cells looks like.
LONG_NUMBER = 8  # Digits from which a whole number is rather somebody's number than an amount.
LONGEST_NAME = 120  # Characters on average; beyond it stands a text.
LOOKED_AT_CELLS = 80
WORDS_OF_A_SENTENCE, LETTERS_OF_A_SENTENCE = 11, 40  # As many words, or letters of a script without blanks, name nobody.
TAKEN_BY_YAML = ("true", "false", "null")
EXAMPLES_MAX = 3  # Example values in a comment.
SURE_MIN = 0.9  # Of cells under a header that speaks of goods, so many must be names of firms, bodies or persons all the same.
TOLD = {NAME: 0.5, "title": 0.3, "goods": 0.2}  # How much a header says for names; a title may be one, or how one is addressed.
UNTOLD_MIN = 0.3  # Of cells that nothing else tells of, as much must read as names.
NAMING = 0.6  # From this score on a column may name a party.
PHONE = re.compile(r"[+(]?\d[\d\s()+-]{6,19}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
WEBSITE = re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.(com|cn|net|org|example)(/\S*)?", re.IGNORECASE)
ADDRESS = re.compile(r"[省市区县镇乡路街道号室]|\b(street|road|avenue|lane|district|building)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.。!?！？;；]\s*$")
LETTER = re.compile(r"[^\W\d_]")
SAID_BY_CELLS = ("resident_id", "uscc", "lei", "vat", "iban", "email", "website")
PARTS_OF_NAME = ("given", "middle", "family")


@dataclass
class Column:
    """One column of the file: the name it gets in the mapping, what its cells look like, and what its header says.

    list_of: the header whose cells list the objects that it is a part of; None of a column of its own.
    naming:  how much speaks for its cells being names of parties, by header and cells; 0 where something speaks against.
    fill:    share of the rows in which it is filled.
    item:    `list.part`, where a party is read from the items of the list.
    spellings: further headers under which other rows have the same.
    """

    header: str
    name: str
    cell_type: str
    meaning: Meaning
    cells: list[str] = field(default_factory=list)
    list_of: str | None = None
    naming: float = 0.0
    fill: float = 1.0
    item: str = ""
    spellings: list[str] = field(default_factory=list)

    def text_in(self, row: dict[str, str]) -> str:
        """Its text in a row, under whichever header it stands there."""
        return next((row[header] for header in (self.header, *self.spellings) if header in row), "")

    @property
    def reference(self) -> str:
        """How a value names it: by its name, or as a part of the items that a party is read from."""
        return self.item or self.name

    @property
    def texts(self) -> list[str]:
        """Its first texts. A cell of a list holds several, and so may one whose header says that it holds names."""
        return texts_of(self.cells, several=self.list_of is not None or self.meaning.topic == NAME)

    @property
    def examples(self) -> list[str]:
        """A few of its values."""
        return self.cells[:EXAMPLES_MAX]

    @property
    def topic(self) -> str | None:
        """What its cells say of somebody, whichever of header and cells tells."""
        return {"iban": "account"}.get(self.cell_type, self.cell_type) if self.cell_type in SAID_BY_CELLS else self.meaning.topic

    @property
    def is_name(self) -> bool:
        """Whether it may name a party."""
        return self.naming >= NAMING

    @property
    def is_part_of_name(self) -> bool:
        """Whether it holds a given or a family name."""
        return self.meaning.topic in PARTS_OF_NAME and self.cell_type in ("text", "party", "person", "firm", "country")

    @property
    def evidence(self) -> str:
        """Why it is taken for a name, in a few words."""
        kinds = Counter(map(kind_by_name, self.texts))
        count = sum(map(kinds.__getitem__, (PartyKind.FIRM, PartyKind.AGENCY, PartyKind.PERSON)))
        said_words = "its header says so" if self.meaning.topic == NAME or self.is_part_of_name else "its header does not say so"
        return f"{said_words}; {count} of {kinds.total()} read as a firm, a public body or a person"


def texts_of(cells: list[str], *, several: bool) -> list[str]:
    """The first texts of a column; where a cell may hold several, each by itself."""
    return [text for cell in cells[:LOOKED_AT_CELLS] for text in (cell.split(SEVERAL) if several else [cell]) if text.strip()]


def columns_of(sample: Sample) -> list[Column]:
    """The columns of a file by their filled cells. Of one without names of headers only cells count."""
    taken_names: set[str] = set()
    columns = []
    parent_of = {f"{header}.{part}" if part else header: header for header, parts in sample.lists.items() for part in parts}
    for place, (header, cells) in enumerate(sample.values.items(), 1):
        meaning = header_meaning(header) if sample.has_header_names else Meaning(None, None)
        name = column_name(header, place, taken_names)
        several = header in parent_of or meaning.topic == NAME
        cell_type = looks_like(texts_of(cells, several=several), meaning)
        column = Column(header, name, cell_type, meaning, cells, parent_of.get(header))
        column.fill = len(cells) / max(len(sample.rows), 1)
        column.naming = _naming(column)
        columns.append(column)
    columns = _with_spellings(columns, sample.rows)
    if not any(column.is_name or column.is_part_of_name for column in columns):
        _take_the_best_text(columns)
    return columns


def _with_spellings(columns: list[Column], rows: list[dict[str, str]]) -> list[Column]:
    """Columns of names whose headers say the same and that no row fills both are one, under several headers."""
    kept_words: list[Column] = []
    for column in columns:
        same_columns = [
            one_column
            for one_column in kept_words
            if (column.is_name or column.is_part_of_name) and _say_the_same(one_column.meaning, column.meaning)
        ]
        alike = [
            one_column
            for one_column in same_columns
            if one_column.list_of is None is column.list_of
            and not any(one_column.text_in(row) and column.header in row for row in rows)
        ]
        if not alike:
            kept_words.append(column)
            continue
        first = alike[0]
        first.spellings.append(column.header)
        first.cells += column.cells
        first.fill, first.naming = min(first.fill + column.fill, 1.0), max(first.naming, column.naming)
        first.cell_type = first.cell_type if first.cell_type == column.cell_type else "party"
    return kept_words


def _say_the_same(meaning: Meaning, other_meaning: Meaning) -> bool:
    """Whether two headers differ at most in the word for the kind of those they name: individual.name, entity.name."""
    plain = [
        one_meaning._replace(stem=tuple(word for word in one_meaning.stem if word not in _words_for_kinds()))
        for one_meaning in (meaning, other_meaning)
    ]
    return tuple(plain[0]) == tuple(plain[1])


def _take_the_best_text(columns: list[Column]) -> None:
    """Where nothing says that a column holds names, the one whose texts could best be names is one; none where none could."""
    texts = [
        column
        for column in columns
        if column.cell_type == "text" and column.meaning.topic in (None, NAME, "other") and column.cells
    ]
    fitting = [
        column
        for column in texts
        if _content_score(column) > UNTOLD_MIN and (len(column.cells) < 3 or len(set(column.cells)) > 1)
    ]
    best = max(fitting, key=lambda column: (_content_score(column), len(set(column.cells))), default=None)
    if best is not None:
        best.cell_type, best.naming = "party", NAMING


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
    """What most filled cells look like: one of `TESTS`, or firm, person, party, text, sentence, empty."""
    if not cells:
        return "empty"
    for cell_type, test in TESTS:
        if sum(map(test, cells)) >= LOOKS_LIKE_SHARE_MIN * len(cells):
            return cell_type
    if meaning.topic in ("born", "founded") and sum(map(_can_convert(partial_day), cells)) >= LOOKS_LIKE_SHARE_MIN * len(cells):
        return "date"
    if sum(map(is_sentence, cells)) > (1 - LOOKS_LIKE_SHARE_MIN) * len(cells) or sum(map(len, cells)) > LONGEST_NAME * len(cells):
        return "text" if meaning.topic == "address" else "sentence"
    if meaning.topic not in (None, NAME):
        return "text"
    return _kind_of_names(cells) if meaning.topic == NAME else _firm_or_text(cells)


def _kind_of_names(cells: list[str]) -> str:
    """What a column of names holds by most of them; `party` where they are of several kinds, or no word tells."""
    kinds = [kind_by_name(cell) for cell in cells]
    names = (("firm", PartyKind.FIRM), ("person", PartyKind.PERSON))
    return next((name for name, kind in names if kinds.count(kind) >= LOOKS_LIKE_SHARE_MIN * len(cells)), "party")


def _firm_or_text(cells: list[str]) -> str:
    return "firm" if sum(shape(cell) == "firm" for cell in cells) >= LOOKS_LIKE_SHARE_MIN * len(cells) else "text"


def is_sentence(text: str) -> bool:
    """Whether a text says something rather than names somebody: too long for a name, or closed as a sentence is.

    >>> is_sentence("Moves goods for the port; see the resolution."), is_sentence("Harbour Freight Co. Ltd.")
    (True, False)
    """
    if is_han(re.sub(r"[\W\d]", "", text)):
        return len(text) > LETTERS_OF_A_SENTENCE or "。" in text
    parts = text.split()
    if len(parts) > WORDS_OF_A_SENTENCE:
        return kind_by_name(text) not in (PartyKind.FIRM, PartyKind.AGENCY) or len(parts) > 2 * WORDS_OF_A_SENTENCE
    small = sum(word[:1].islower() for word in parts)
    return len(parts) > 3 and small > len(parts) / 2 and bool(SENTENCE_END.search(text))


def _naming(column: Column) -> float:
    """How much speaks for a column naming parties: its header, its cells, and how often it is filled."""
    if column.cell_type not in ("firm", "person", "party", "text") or column.meaning.topic not in (None, NAME, "title", "goods"):
        return 0.0
    content = _content_score(column)
    if content < (SURE_MIN if column.meaning.topic == "goods" else 0):
        return 0.0
    meaning_words = TOLD.get(column.meaning.topic or "", 0.0)
    if column.meaning.topic == "title" and content < LOOKS_LIKE_SHARE_MIN:
        return 0.0
    if not meaning_words and (content < LOOKS_LIKE_SHARE_MIN or len(set(column.cells)) < min(3, len(column.cells))):
        return 0.0  # A header that says nothing needs cells that do, and other ones from row to row.
    return round(meaning_words + 0.8 * content + 0.1 * column.fill - (0.25 if column.meaning.variant else 0.0), 3)


def _content_score(column: Column) -> float:
    """Share of the cells that read as names of somebody; below 0 where they cannot be names: codes, sentences, single letters."""
    texts = column.texts
    if not texts:
        return -1.0
    lettered = [text for text in texts if len(LETTER.findall(text)) >= 2 and not is_sentence(text)]
    likely = sum(map(_likelihood, lettered))
    codes = sum(map(_is_code, texts))
    cased = sum(text != text.lower() or not text.isascii() or " " in text for text in lettered)
    if len(lettered) < LOOKS_LIKE_SHARE_MIN * len(texts) or codes > (1 - LOOKS_LIKE_SHARE_MIN) * len(texts):
        return -1.0
    if column.meaning.topic != NAME and cased < LOOKS_LIKE_SHARE_MIN * len(lettered):
        return -1.0  # Single words in small letters are words of a list.
    return likely / len(texts)


def _likelihood(text: str) -> float:
    """How likely a text names somebody: digits, and marks between facts, speak against what no word speaks for."""
    if kind_by_name(text) is not PartyKind.UNKNOWN:
        return 1.0
    if any(map(str.isdigit, text)) or any(mark in text for mark in ":;=|"):
        return 0.1
    return 0.7 if may_be_person(text) else 0.4


def _is_code(text: str) -> bool:
    """Whether a text is rather a code: one word with digits, or in capitals with marks, or a word for yes and no."""
    if " " in text or not text.isascii():
        return False
    return (
        any(map(str.isdigit, text))
        or "_" in text
        or "/" in text
        or len(text) < 3
        or fold_text(text) in ("true", "false", "yes", "no")
    )


@cache
def _words_for_kinds() -> frozenset[str]:
    """Words that say of what kind somebody is, and name nobody: Individual, Entity, 企业."""
    return frozenset(fold_text(word) for title in ("firms", "persons", "names") for word in words()[title])


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


def _is_vat(cell: str) -> bool:
    return cell[:2].isalpha() and vat.is_valid(cell)


def _is_address(cell: str) -> bool:
    return len(cell) >= 8 and len(ADDRESS.findall(cell)) >= 2 and kind_by_name(cell) not in (PartyKind.FIRM, PartyKind.AGENCY)


TESTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("resident_id", lambda cell: hash_resident_id(cell, b"") is not None),
    ("uscc", lambda cell: is_uscc(normal(cell))),
    ("lei", lambda cell: len(cell) == 20 and identifier("lei", cell).valid),
    ("iban", lambda cell: len(cell) > 14 and cell[:2].isalpha() and bool(iban.is_valid(cell))),
    ("vat", _is_vat),
    ("date", _can_convert(day)),
    ("share", lambda cell: cell.endswith(("%", "％"))),
    ("email", lambda cell: bool(EMAIL.fullmatch(cell))),
    ("website", lambda cell: bool(WEBSITE.fullmatch(cell))),
    ("phone", _is_phone),
    ("amount", lambda cell: _is_money(cell) and not (cell.isdigit() and len(cell) >= LONG_NUMBER)),
    ("address", _is_address),
    ("country", _is_country),
)
"""Tests of one cell each, the surest first."""
