"""Whom the rows of an unknown file name, and which column speaks of whom."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from resolution.records.text import is_han
from resolution.sources.drafts.draft_columns import Column
from resolution.sources.drafts.header_words import kind_in_header, words

MAIN = "party"
SCHEMES = {"uscc": "uscc", "tax_no": "tax_no", "reg_no": "reg_no", "vat": "vat", "lei": "lei", "passport": "passport"}
OF_FIRMS = ("uscc", "tax_no", "reg_no", "vat", "lei")
OF_PERSONS = ("resident_id", "passport")
KEYS = ("uscc", "lei", "reg_no", "tax_no", "vat")  # In this order one of them tells two parties apart.


@dataclass
class DraftParty:
    """One party of a draft: the columns that name it and those that speak of it."""

    title: str
    kind: str
    names: list[Column]
    subject: dict[str, Any] | None = None
    columns: list[Column] = field(default_factory=list)
    left_out: list[Column] = field(default_factory=list)

    @property
    def tie(self) -> dict[str, str] | None:
        """The tie to the main party that the header itself states."""
        return self.subject and self.subject.get("tie")

    def of(self, *topics: str) -> list[Column]:
        """Its columns that say one of these things."""
        return [column for column in self.columns if column.topic in topics]

    @property
    def given_and_family(self) -> tuple[Column, Column] | None:
        """The two columns of a name that is split in two: given, family."""
        given_name = next((column for column in self.names if column.meaning.topic == "given"), None)
        family_name = next((column for column in self.names if column.meaning.topic == "family"), None)
        return (given_name, family_name) if given_name and family_name and len(self.names) == 2 else None


def parties_of(columns: list[Column]) -> list[DraftParty]:
    """The main party of the rows first, then others that columns name. Every column speaks of one of them."""
    names_by_subject: dict[str | None, list[Column]] = defaultdict(list)
    for column in columns:
        if column.is_name:
            names_by_subject[column.meaning.subject].append(column)
    _join_split_names(columns, names_by_subject)
    subjects = {subject["id"]: subject for subject in words()["subjects"]}
    main = _main_subject(names_by_subject)
    parties = [_draft_party(MAIN, names_by_subject.pop(main), subjects.get(main or ""), main=True)]
    if {"given", "family"} <= {column.meaning.topic for column in columns if column.meaning.subject == main}:
        parties[0].kind = "person"
    parties += [
        _draft_party(title, name_columns[:1], subjects[title])
        for title, name_columns in names_by_subject.items()
        if title and _may_be_named(name_columns)
    ]
    used_ids = {id(column) for party in parties for column in party.names}
    for column in columns:
        if id(column) not in used_ids and column.cell_type != "empty":
            _assign_column(column, parties, main)
    return parties


def _join_split_names(columns: list[Column], names_by_subject: dict[str | None, list[Column]]) -> None:
    """A given and a family name are the name of somebody whom no column names whole."""
    for name_part in ("given", "family"):
        for column in columns:
            subject = column.meaning.subject
            if column.meaning.topic == name_part and not any(
                column_of_name.meaning.topic not in ("given", "family") for column_of_name in names_by_subject[subject]
            ):
                names_by_subject[subject].append(column)
    for subject in [subject for subject, name_columns in names_by_subject.items() if not name_columns]:
        del names_by_subject[subject]


def _main_subject(names_by_subject: dict[str | None, list[Column]]) -> str | None:
    """Who the rows are about: a name that no other party claims, else one without a tie, else the first there is."""
    if None in names_by_subject:
        names_by_subject[None] = _best_name_columns(names_by_subject[None])
        return None
    tied_ids = {subject["id"] for subject in words()["subjects"] if "tie" in subject}
    return min(names_by_subject, key=lambda subject: (subject in tied_ids, list(names_by_subject).index(subject)))


def _best_name_columns(name_columns: list[Column]) -> list[Column]:
    """The columns of one name: given and family, parts numbered in the header, or else the one that looks most like a name."""
    if all(column.meaning.topic in ("given", "family") for column in name_columns):
        return name_columns
    parts = [column for column in name_columns if column.header.rstrip("0123456789") != column.header]
    stems = {column.header.rstrip("0123456789").strip(" _") for column in parts}
    if len(parts) > 1 and len(stems) == 1:
        return sorted(parts, key=lambda column: int(column.header[len(column.header.rstrip("0123456789")) :]))
    order = ("firm", "party", "person", "text")
    return [min(name_columns, key=lambda column: (column.meaning.topic != "name", order.index(column.cell_type)))]


def _may_be_named(name_columns: list[Column]) -> bool:
    return name_columns[0].cell_type != "text" or name_columns[0].meaning.topic == "name"


def _draft_party(title: str, names: list[Column], subject: dict[str, Any] | None, *, main: bool = False) -> DraftParty:
    cell_types = {column.cell_type for column in names}
    kind = "by_name"
    if subject and subject["kind"] != "by_name":
        kind = subject["kind"]
    elif all(column.meaning.topic in ("given", "family") for column in names):
        kind = "person"
    elif cell_types == {"firm"} or (cell_types == {"person"} and all(map(is_han, names[0].cells))):
        kind = names[0].cell_type  # Latin names of two words are those of persons and of firms alike.
    elif header_kind := kind_in_header(names[0].header):
        kind = header_kind
    return DraftParty(title, kind, names, None if main else subject)


def _assign_column(column: Column, parties: list[DraftParty], main: str | None) -> None:
    """Give a column to the party it speaks of; a personal id to the one person there is, never to a firm."""
    subject = column.meaning.subject
    party = next((candidate for candidate in parties if candidate.title == subject), parties[0])
    unclaimed = subject is not None and subject not in (main, party.title)
    if column.topic in OF_PERSONS:
        persons = [candidate for candidate in parties if candidate.kind == "person"]
        if not unclaimed and party.kind == "firm" and len(persons) == 1:
            party = persons[0]
        (party.left_out if party.kind == "firm" or unclaimed else party.columns).append(column)
    elif column.topic in OF_FIRMS and (party.kind == "person" or unclaimed):
        party.left_out.append(column)
    else:
        party.columns.append(column)
