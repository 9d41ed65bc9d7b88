"""Which column of a list holds which field: as the caller says, else by its heading, else by what stands in it."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from api.schemas.screenings import ColumnRead
from api.screenings.codes import parse_code
from ontology.documents import read_yaml
from ontology.errors import WrongCall
from ontology.personal_ids import mask
from resolution.sources.reading.header_detection import shape

FIELDS = ("id", "name", "code", "place", "country")
LOOKED_AT = 40  # Rows from the start in which a header may stand.
SAMPLE = 200  # Rows whose cells tell what a column holds.
PART_LENGTH_MIN, HAN_LENGTH_MIN = 4, 2  # Letters of a word that is looked for within a longer one.
END_LENGTH = 3  # Of a word that counts at the end of another, where that has a second word of ours: `Lieferantenort`.
CODES_MIN, NAMES_MIN = 0.5, 0.6  # Share of a column's cells that are codes with a right check digit, or may be names.
NAMES_COUNT_MIN = 5  # Cells without a legal form in any of them from which on they may be told to be names.
PHONE = re.compile(r"(\+|00)\d[\d ()/.-]{6,18}|\(?0\d{1,5}\)?[ /-]\d[\d -]{3,}|1[3-9]\d{9}|\(\d{2,5}\) ?\d[\d -]{4,}")
PHONES_MIN = 0.5
Say = Callable[..., str]


@dataclass(frozen=True)
class Header:
    """Where the table begins. at: place of its header among the rows, -1 without one; below: place of its first row of data."""

    at: int
    below: int
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Headings:
    """The words of headers.yaml, folded: by field, those of other things, of totals, and words that link."""

    fields: dict[str, str]
    other_words: tuple[str, ...]
    totals: frozenset[str]
    links: frozenset[str]


def folded_heading(text: str) -> str:
    """A heading without case, accents, spaces and punctuation.

    >>> folded_heading(" Ust-Id.Nr. "), folded_heading("Razón Social"), folded_heading("供应商 名称")
    ('ustidnr', 'razonsocial', '供应商名称')
    """
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in apart if letter.isalnum())


@cache
def heading_words() -> Headings:
    """The words, read once."""
    page = read_yaml(files("api.screenings").joinpath("headers.yaml").read_text("utf-8"))
    fields = {folded_heading(word): field for field in FIELDS for word in page[field]}
    other_words, totals, links = ([folded_heading(word) for word in page[name]] for name in ("others", "totals", "links"))
    return Headings(fields, tuple(other_words), frozenset(totals), frozenset(links))


def find_header(rows: Sequence[Sequence[str]], *, columns_set: Mapping[str, str]) -> Header:
    """The header of a list: the row that names most of our fields, below titles and above the first row of data.

    columns_set: headings by field, as the caller says; then it is the row that has them.
    """
    first = list(rows[:LOOKED_AT])
    wanted_headings = {folded_heading(heading) for heading in columns_set.values()}
    width = max((sum(map(bool, row)) for row in first), default=0)
    ranks = [_rank(row, wanted_headings, width) for row in first]
    best = max(range(len(first)), key=lambda place: (ranks[place], -place), default=-1)
    if best < 0 or not ranks[best]:
        best = _unnamed_header(first)
    if best < 0:
        return Header(-1, 0, tuple("" for _ in range(max(map(len, first), default=0))))
    below = best + 1
    if below < len(first) and is_second_line(first[below], first[best]):
        below += 1
    return Header(best, below, tuple(cell.strip() for cell in first[best]))


def _rank(row: Sequence[str], wanted_headings: set[str], width: int) -> int:
    """How many of our fields a row names; those that the caller named count first."""
    folded = [folded_heading(cell) for cell in row if cell.strip()]
    named_count = len({heading_words().fields[cell] for cell in folded if cell in heading_words().fields})
    likely = len({field for cell in row if (field := heading_part_field(cell))}) if _may_be_header(row, width) else 0
    return 100 * len(wanted_headings.intersection(folded)) + 2 * named_count + likely


def _may_be_header(row: Sequence[str], width: int) -> bool:
    """Whether a row of the table could be its header by the parts of its cells: a title fills one cell of many."""
    return 2 * sum(map(bool, row)) > width and not any(map(_is_data, row))


def _unnamed_header(rows: Sequence[Sequence[str]]) -> int:
    """The first row with words in most of its cells; -1 where the first row of more than one cell is data."""
    for place, row in enumerate(rows):
        filled = [cell for cell in row if cell.strip()]
        if len(filled) > 1 or (filled and len(row) == 1):
            return -1 if any(map(_is_data, filled)) else place
    return -1


def is_second_line(row: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row goes on with the header above it: words for columns, none of them data."""
    filled = [cell for cell in row if cell.strip()]
    if not filled or any(map(_is_data, filled)):
        return False
    words = heading_words()
    named_count = sum(folded_heading(cell) in words.fields or cell.strip().startswith(("(", "（", "[")) for cell in filled)
    return named_count * 2 >= len(filled) and (len(filled) > 1 or len(header) == 1)


def _is_data(cell: str) -> bool:
    return shape(cell.strip()) is not None or bool(PHONE.fullmatch(cell.strip()))


def read_columns(
    header: Header, rows: Sequence[Sequence[str]], *, columns_set: Mapping[str, str], say: Say
) -> dict[str, ColumnRead]:
    """The column of each field that the list has, with what is in doubt of it. Raises WrongCall where the caller names none."""
    sample = rows[header.below : header.below + SAMPLE]
    columns = {field: _chosen_column(field, text, header) for field, text in columns_set.items()}
    for find in (heading_field, heading_part_field):
        for place, heading in enumerate(header.headings):
            field = find(heading)
            if field and field not in columns and place not in _places(columns):
                columns[field] = _column(field, place, heading, by="heading", doubt="" if find is heading_field else "part")
    unfit = {place for place, heading in enumerate(header.headings) if _is_of_other(heading)}
    for field, place in _by_content(sample, taken_places=_places(columns) | unfit, known_fields=tuple(columns)):
        columns[field] = _column(field, place, _heading(header, place), by="content", doubt="content")
    return {field: _with_doubt(columns[field], sample, say) for field in FIELDS if field in columns}


def letters_of(place: int) -> str:
    """The letters of a column as a spreadsheet has them.

    >>> letters_of(0), letters_of(25), letters_of(26)
    ('A', 'Z', 'AA')
    """
    letters, number = "", place + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def place_of(column: ColumnRead) -> int:
    """Where a column stands, counted from 0."""
    place = 0
    for letter in column.column:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1


def _places(columns: Mapping[str, ColumnRead]) -> set[int]:
    return {place_of(column) for column in columns.values()}


def _column(field: str, place: int, heading: str, *, by: str, doubt: str = "") -> ColumnRead:
    return ColumnRead(field=field, column=letters_of(place), heading=mask(heading), by=by, doubt=doubt or None)


def _heading(header: Header, place: int) -> str:
    return header.headings[place] if place < len(header.headings) else ""


def _chosen_column(field: str, text: str, header: Header) -> ColumnRead:
    """The column of that heading, or of those letters (A, B, …)."""
    if field not in FIELDS:
        raise WrongCall(field=f"columns.{mask(field)[:50]}", problem="no such field", remedy=f"Fields are {', '.join(FIELDS)}.")
    wanted_headings = folded_heading(text)
    place = next((place for place, heading in enumerate(header.headings) if folded_heading(heading) == wanted_headings), None)
    if place is None and re.fullmatch(r"[A-Za-z]{1,2}", text.strip()):
        letters = text.strip().upper()
        place = next((place for place in range(len(header.headings)) if letters_of(place) == letters), None)
    if place is None:
        headings = ", ".join(mask(heading) for heading in header.headings if heading) or "none"
        raise WrongCall(
            field=f"columns.{field}",
            problem=f"the list has no column “{mask(text)[:100]}”",
            headings=headings[:1000],
            remedy="Name a column as its heading is written, or by its letter (A, B, …).",
        )
    return _column(field, place, _heading(header, place), by="set")


def heading_field(heading: str) -> str | None:
    """The field that a heading names in any language of headers.yaml; None where it names none."""
    return heading_words().fields.get(folded_heading(heading))


@cache
def heading_part_field(heading: str) -> str | None:
    """The field that a longer heading names: `Ort der Firma` a place, `Supplier country` a country, `供应商地址` a place.

    Before a word such as `of` the first part tells, else the last. A heading with a word of something else names none.
    """
    words = heading_words()
    tokens = [token for part in re.split(r"[\W_]+", heading) if (token := folded_heading(part))]
    if _is_of_other(heading):
        return None
    link = next((place for place, token in enumerate(tokens) if place and token in words.links), len(tokens))
    joined = "".join(tokens[:link])
    if end := max((word for word in words.fields if len(word) > PART_LENGTH_MIN and joined.endswith(word)), key=len, default=""):
        return words.fields[end]
    fields = [field for token in tokens[:link] if (field := _field_of_word(token))]
    if not fields:
        return None
    return fields[0] if link < len(tokens) else fields[-1]


def _is_of_other(heading: str) -> bool:
    """Whether a heading is of something else than a supplier's fields."""
    return any(_names_other(folded_heading(part)) for part in re.split(r"[\W_]+", heading) if part)


def _names_other(token: str) -> bool:
    """Whether a word of a heading is of something else than a supplier's fields."""
    words = heading_words()
    if token in words.fields:
        return False
    return any(other == token or (len(other) >= _length_min(other) and other in token) for other in words.other_words)


def _field_of_word(token: str) -> str | None:
    """The field of one word, by its end first: in compounds the end says what it is (`Lieferantenort`, `公司地址`)."""
    fields = heading_words().fields
    if token in fields:
        return fields[token]
    within = [word for word in fields if len(word) >= _length_min(word) and word in token]
    ends = [word for word in fields if token.endswith(word) and (word in within or (len(word) == END_LENGTH and within))]
    best = max(ends or within, key=len, default="")
    return fields[best] if best else None


def _length_min(word: str) -> int:
    return PART_LENGTH_MIN if word.isascii() else HAN_LENGTH_MIN


def _by_content(
    sample: Sequence[Sequence[str]], *, taken_places: set[int], known_fields: Collection[str]
) -> list[tuple[str, int]]:
    """Columns that no heading tells, by their cells: codes with a right check digit, and the likeliest names."""
    width = max(map(len, sample), default=0)
    free = [place for place in range(width) if place not in taken_places]
    guesses: list[tuple[str, int]] = []
    if "code" not in known_fields:
        code = max(free, key=lambda place: _share(sample, place, _is_code), default=-1)
        if code >= 0 and _share(sample, code, _is_code) >= CODES_MIN:
            guesses.append(("code", code))
            free.remove(code)
    if "name" not in known_fields:
        name = max(free, key=lambda place: _name_weight(sample, place), default=-1)
        if name >= 0 and _name_weight(sample, name) > 0:
            guesses.append(("name", name))
    return guesses


def _cells(sample: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() for row in sample if place < len(row) and row[place].strip()]


def _share(sample: Sequence[Sequence[str]], place: int, holds: Callable[[str], bool]) -> float:
    cells = _cells(sample, place)
    return sum(map(holds, cells)) / len(cells) if cells else 0.0


def _is_code(cell: str) -> bool:
    code = parse_code(cell)
    return code is not None and code.verified


def _is_phone(cell: str) -> bool:
    return bool(PHONE.fullmatch(cell))


def _name_weight(sample: Sequence[Sequence[str]], place: int) -> float:
    """How well a column may be one of names: words, seldom twice, best with the legal forms of firms; 0 where it is none."""
    cells = _cells(sample, place)
    worded = _share(sample, place, lambda cell: any(map(str.isalpha, cell)) and shape(cell) in (None, "firm"))
    if not cells or worded < NAMES_MIN:
        return 0.0
    firms, distinct = _share(sample, place, lambda cell: shape(cell) == "firm"), len(set(cells)) / len(cells)
    longer = sum(len(cell) for cell in cells) / len(cells) / 40
    likely = firms or (distinct > NAMES_MIN and len(cells) >= NAMES_COUNT_MIN)
    return (2 * firms + min(1.0, longer)) * distinct if likely else 0.0


def _with_doubt(column: ColumnRead, sample: Sequence[Sequence[str]], say: Say) -> ColumnRead:
    """What is in doubt of a column, as a sentence."""
    place, facts = place_of(column), {"heading": column.heading, "column": column.column, "field": column.field}
    key = f"check.column.{column.doubt}" + ("" if column.heading else ".unnamed")
    doubts = [say(key, **facts)] if column.doubt else []
    if column.field == "code" and _share(sample, place, _is_phone) >= PHONES_MIN:
        doubts.append(say("check.column.phones", **facts))
    if column.field == "name" and _share(sample, place, lambda cell: not any(map(str.isalpha, cell))) > NAMES_MIN:
        doubts.append(say("check.column.no_names", **facts))
    return column.model_copy(update={"doubt": " ".join(doubts) or None})
