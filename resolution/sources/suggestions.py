"""Drafts a mapping for an unknown file from its headers and first values: a page that loads as it is, and says what to check."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import yaml

from ontology.errors import SourceUnreadable
from ontology.words import PartyKind
from resolution.records.identifiers import is_uscc, normal
from resolution.records.kinds import kind_by_name
from resolution.sources.mappings.library import library
from resolution.sources.reading import Reading, read_rows
from resolution.sources.seals import mask, sealed
from resolution.sources.statements.headers import squeezed
from resolution.sources.statements.values import ValueRefused, day, money, says_nothing

LOOKED_AT_ROWS = 200
MOST = 0.7  # A column is what this share of its filled cells looks like.
LONG_NUMBER = 8  # Digits from which a whole number is rather somebody's number than an amount.
TAKEN_BY_YAML = ("true", "false", "null")
SHOWN = 3  # Example values in a comment.
NAME_WORDS = (
    "name",
    "名称",
    "姓名",
    "企业",
    "公司",
    "单位",
    "供应商",
    "客户",
    "supplier",
    "customer",
    "vendor",
    "buyer",
    "seller",
)
PHONE = re.compile(r"[+(]?\d[\d\s()+-]{6,19}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
WEBSITE = re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.(com|cn|net|org|example)(/\S*)?", re.IGNORECASE)
ADDRESS = re.compile(r"[省市区县镇乡路街道号室]|\b(street|road|avenue|lane|district|building)\b", re.IGNORECASE)


@dataclass
class Column:
    """One column of the file: the name it gets in the mapping, what it looks like, and how certain that is."""

    header: str
    name: str
    looks: str
    examples: list[str] = field(default_factory=list)


def suggest(path: Path, reading: Reading | None = None) -> str:
    """A mapping for the file at `path` as YAML text, commented. Raises SourceUnreadable where no row can be read.

    The draft loads and ingests as it stands. Examples in its comments are masked.
    """
    values: dict[str, list[str]] = {}
    for row in islice(read_rows(path, reading or Reading()), LOOKED_AT_ROWS):
        for header, text in row.values.items() if row.trouble is None else ():
            values.setdefault(header, []).extend([] if says_nothing(text) else [text.strip()])
    if not values:
        raise SourceUnreadable(file=mask(path.name), problem="no row could be read", remedy="Check format, encoding and content.")
    columns = _columns(values)
    return "\n".join([*_head(path), *_column_lines(columns), *_party_lines(columns), *_tail(columns)]) + "\n"


def _columns(values: dict[str, list[str]]) -> list[Column]:
    taken: set[str] = set()
    found = [
        Column(header, _name(header, place, taken), _looks(header, cells), cells[:SHOWN])
        for place, (header, cells) in enumerate(values.items(), 1)
    ]
    if not any(column.looks in ("firm", "person", "party") for column in found):
        texts = [column for column in found if column.looks == "text"] or found
        max(texts, key=lambda column: len(set(values[column.header]))).looks = "party"
    return found


def _name(header: str, place: int, taken: set[str]) -> str:
    """A short name: the header's own letters, else what built-in mappings call such a header, else its place."""
    own = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", header).lower()).strip("_")
    name = own if re.match(r"[a-z]", own) and header.isascii() else _known().get(squeezed(header), f"column_{place}")
    while name in taken or name in TAKEN_BY_YAML:
        name = f"{name}_{place}"
    taken.add(name)
    return name


def _known() -> dict[str, str]:
    spelled: dict[str, str] = {}
    for mapping in library().values():
        for column, spellings in mapping.columns.items():
            for spelling in spellings:
                spelled.setdefault(squeezed(spelling), column)
    return spelled


def _looks(header: str, cells: list[str]) -> str:
    """What most filled cells look like: one of `TESTS`, or firm, person, party, text, empty."""
    if not cells:
        return "empty"
    for looks, test in TESTS:
        if sum(map(test, cells)) >= MOST * len(cells):
            return looks
    named = any(word in header.lower() for word in NAME_WORDS)
    kinds = Counter(map(kind_by_name, cells))
    if kinds[PartyKind.FIRM] >= MOST * len(cells) or (named and kinds[PartyKind.FIRM]):
        return "firm"
    if named and kinds[PartyKind.PERSON] >= MOST * len(cells):
        return "person"
    return "party" if named else "text"


def _reads(convert: Callable[[str], object]) -> Callable[[str], bool]:
    def test(cell: str) -> bool:
        try:
            return convert(cell) is not None
        except ValueRefused:
            return False

    return test


_is_money = _reads(money)


TESTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("resident_id", lambda cell: sealed(cell, b"") is not None),
    ("code", lambda cell: is_uscc(normal(cell))),
    ("date", _reads(day)),
    ("share", lambda cell: cell.endswith(("%", "％"))),
    ("email", lambda cell: bool(EMAIL.fullmatch(cell))),
    ("website", lambda cell: bool(WEBSITE.fullmatch(cell))),
    (
        "phone",
        lambda cell: (
            bool(PHONE.fullmatch(cell))
            and 7 <= sum(map(str.isdigit, cell)) <= 15
            and ("-" in cell or "+" in cell or len(cell) == 11)
        ),
    ),
    ("amount", lambda cell: _is_money(cell) and not (cell.isdigit() and len(cell) >= LONG_NUMBER)),
    ("address", lambda cell: len(cell) >= 8 and len(ADDRESS.findall(cell)) >= 2),
)


def _head(path: Path) -> Iterator[str]:
    stem = re.sub(r"[^a-z0-9_]+", "_", mask(path.stem).lower()).strip("_")
    yield "# A draft from headers and first values. Go through the lines marked CHECK, then: kith ingest FILE --mapping THIS"
    yield f"mapping: {stem if re.match(r'[a-z].', stem) else 'my_' + (stem or 'file')}"[:60]
    yield 'version: "1"'
    yield f"title: {_quoted(mask(path.stem))}"
    yield "source_class: 1   # CHECK: 1 a platform or your own files, 2 released by the party itself, 3 a public body"


def _column_lines(columns: list[Column]) -> Iterator[str]:
    yield "columns:           # our name: how the header may be spelled; add other spellings"
    for column in columns:
        shown = " | ".join(_on_one_line(mask(cell)[:40]) for cell in column.examples)
        yield f"  {column.name}: [{_quoted(column.header)}]   # {column.looks}: {shown}".rstrip(" :")


def _party_lines(columns: list[Column]) -> Iterator[str]:
    named = [column for column in columns if column.looks in ("firm", "person", "party")][:2]
    others = [column for column in columns if column not in named]
    yield f"required: [{named[0].name}]"
    yield "parties:"
    for place, party in enumerate(named):
        codes = [column.name for column in others if column.looks == "code"][place : place + 1]
        kind = party.looks if party.looks != "party" else "by_name"
        yield f"  {'party' if place == 0 else 'other'}:   # CHECK: a better name"
        yield f"    kind: {kind}   # CHECK: firm, person, agency or by_name (by the words of the name)"
        yield f'    key: "{{{"|".join([*codes, party.name])}}}"   # CHECK: what tells two of them apart'
        yield f"    names: [{party.name}]"
        yield from _details(others, codes) if place == 0 else _codes(codes)


def _details(columns: list[Column], codes: list[str]) -> Iterator[str]:
    people = [f"{{value: {column.name}, scheme: resident_id}}" for column in columns if column.looks == "resident_id"]
    yield from _codes(codes, people)
    addresses = [column.name for column in columns if column.looks == "address"]
    contacts = [
        f"{{value: {column.name}, kind: {column.looks}}}" for column in columns if column.looks in ("phone", "email", "website")
    ]
    kept = [f"{column.name}: {column.name}" for column in columns if column.looks in ("text", "amount", "date", "share")]
    yield from (f"    {title}: {text}" for title, text in _filled(addresses, contacts, kept))


def _filled(addresses: list[str], contacts: list[str], kept: list[str]) -> Iterator[tuple[str, str]]:
    if addresses:
        yield "addresses", f"[{', '.join(addresses)}]"
    if contacts:
        yield "contacts", f"[{', '.join(contacts)}]"
    if kept:
        yield "attributes", f"{{{', '.join(kept)}}}   # CHECK: keep what somebody will want to see"


def _codes(codes: list[str], people: list[str] | None = None) -> Iterator[str]:
    told = [f"{{value: {code}, scheme: uscc}}" for code in codes] + (people or [])
    if told:
        yield f"    identifiers: [{', '.join(told)}]"


def _tail(columns: list[Column]) -> Iterator[str]:
    days = [column.name for column in columns if column.looks == "date"]
    amounts = [column.name for column in columns if column.looks == "amount"]
    shares = [column.name for column in columns if column.looks == "share"]
    parties = [column for column in columns if column.looks in ("firm", "person", "party")]
    if len(parties) > 1:
        known = (("share", shares), ("amount", amounts), ("began_on", days))
        facts = "".join(f", {title}: {found[0]}" for title, found in known if found)
        yield "# CHECK: a tie between the two, such as OWNS, SUPPLIES (seller to buyer), GUARANTEES; take the # away to use it"
        yield "# links:"
        yield f"#   - {{kind: {{text: SUPPLIES}}, source: party, target: other{facts}}}"
    if days:
        yield "# CHECK: does the file list parties for something? Then say which list, who lists, and since when"
        yield "# listings:"
        yield f"#   - {{list_type: {{text: abnormal_operations}}, party: party, issuer: {{text: WHO}}, listed_on: {days[0]}}}"


def _quoted(text: str) -> str:
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10_000)).rstrip("\n")


def _on_one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
