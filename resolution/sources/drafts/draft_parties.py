"""Whom the rows of an unknown file name, and which column speaks of whom."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from resolution.records.text import is_han
from resolution.sources.drafts.draft_columns import Column
from resolution.sources.drafts.header_words import NUMBER, kind_in_header, words
from resolution.sources.statements.values import fold_text

MAIN = "party"
SCHEMES = {
    name: name for name in ("uscc", "org_code", "lei", "uei", "duns", "ein", "imo", "bic", "reg_no", "tax_no", "vat", "passport")
}
OF_FIRMS = ("uscc", "org_code", "tax_no", "reg_no", "vat", "lei", "duns", "uei", "ein", "imo", "bic")
OF_PERSONS = ("resident_id", "passport")
KEYS = ("uscc", "lei", "uei", "reg_no", "org_code", "tax_no", "vat", "duns")  # In this order one of them tells two parties apart.
FURTHER_MAX = 8  # Parties beside the main one; of more the page would be unreadable.
NOT_OF_A_PARTY = ("contact", "authority", "goods", "other")
PERSON = "person"
NEAR_ROWS = 0.8  # A list names another party in so many of its rows; else its numbers are those of documents.

Rows = list[dict[str, str]]
Owner = tuple[str | None, tuple[str, ...], int]
"""Whom a column speaks of: a subject by its words, else the words that its header shares with others; and a number."""


@dataclass
class DraftParty:
    """One party of a draft: the columns that name it and those that speak of it.

    alternatives: columns that name it whole where those of `names` are empty.
    also_named:  further columns with names of it, such as former ones.
    key_columns: codes that tell two of them apart; key_evidence: what was seen of them.
    list_name:   the column whose items each name one; empty where a row names one.
    """

    title: str
    kind: str
    names: list[Column]
    subject: dict[str, Any] | None = None
    columns: list[Column] = field(default_factory=list)
    alternatives: list[Column] = field(default_factory=list)
    left_out: list[Column] = field(default_factory=list)
    also_named: list[Column] = field(default_factory=list)
    key_columns: list[Column] = field(default_factory=list)
    key_evidence: str = ""
    list_name: str = ""

    @property
    def tie(self) -> dict[str, str] | None:
        """The tie to the main party that the header itself states."""
        return self.subject and self.subject.get("tie")

    def of(self, *topics: str) -> list[Column]:
        """Its columns that say one of these things."""
        return [column for column in self.columns if column.topic in topics]

    @property
    def list_of(self) -> str | None:
        """The header whose cells list the objects that name it; None where a row names one."""
        return self.names[0].list_of if self.names else None

    @property
    def given_and_family(self) -> tuple[Column, Column] | None:
        """The two columns of a name that is split in two: given, family."""
        given_name = next((column for column in self.names if column.meaning.topic == "given"), None)
        family_name = next((column for column in self.names if column.meaning.topic == "family"), None)
        return (given_name, family_name) if given_name and family_name else None


def parties_of(columns: list[Column], rows: Rows) -> list[DraftParty]:
    """The main party of the rows first, then others that columns name. Every column speaks of one of them.

    Where no column names anybody the main party has no names: its facts go to a party that another file names.
    """
    named_columns = _named_groups(columns)
    subjects = {subject["id"]: subject for subject in words()["subjects"]}
    if not named_columns:
        nameless = DraftParty(MAIN, "by_name", [])
        nameless.columns = [column for column in columns if column.cell_type != "empty"]
        _choose_key(nameless, rows)
        return [nameless]
    main = max(
        named_columns,
        key=lambda owner: (_main_score(owner, named_columns[owner], columns), -columns.index(named_columns[owner][0])),
    )
    parties = [_draft_party(MAIN, named_columns.pop(main), subjects.get(main[0] or ""), main=True)]
    owners = {main: parties[0]}
    for owner in [owner for owner, names in named_columns.items() if _stand_alike(names[0], parties[0].names[0], rows)]:
        owners[owner] = parties[0]
        parties[0].alternatives.append(named_columns.pop(owner)[0])
    for owner, names in sorted(named_columns.items(), key=lambda group: columns.index(group[1][0])):
        if len(parties) <= FURTHER_MAX and _may_be_further(owner, names, columns, main):
            title = _title(owner, {party.title for party in parties})
            owners[owner] = _draft_party(title, names, subjects.get(owner[0] or ""))
            parties.append(owners[owner])
    used_names = {id(column) for party in parties for column in (*party.names, *party.alternatives, *party.also_named)}
    for column in columns:
        if id(column) not in used_names and column.cell_type != "empty":
            _assign_column(column, parties, owners, main)
    for party in parties:
        _choose_key(party, rows)
        if party is not parties[0] and party.list_of is not None:
            _read_from_items(party)
    return parties


def _stand_alike(column: Column, other_column: Column, rows: Rows) -> bool:
    """Whether two columns hold the same of rows of two kinds: paths but for one step, and no row fills both."""
    steps, other_steps = (header.split(".") for header in (column.header, other_column.header))
    if len(steps) != len(other_steps) or len(steps) < 2 or column.topic != other_column.topic:
        return False
    differing = sum(step != other for step, other in zip(steps, other_steps, strict=True))
    return differing == 1 and not any(column.header in row and other_column.header in row for row in rows)


def _read_from_items(party: DraftParty) -> None:
    """What a party of a list is read from stands in the items of the list; what stands elsewhere is not of one of them."""
    header = party.list_of or ""
    party.list_name = re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_") or "items"
    party.columns = [column for column in party.columns if column.list_of == header]
    party.also_named = [column for column in party.also_named if column.list_of == header]
    party.alternatives = []
    for column in (*party.names, *party.columns, *party.also_named):
        part = column.header.removeprefix(header).strip(".") or "text"
        column.item = f"{party.list_name}.{re.sub(r'[^a-z0-9]+', '_', part.lower()).strip('_') or 'text'}"


def _owner(column: Column) -> Owner:
    meaning = column.meaning
    if meaning.subject:
        return meaning.subject, (meaning.within,) if meaning.within else (), meaning.place
    person = (PERSON,) if column.is_name and kind_in_header(column.header) == PERSON else ()
    return None, (*meaning.stem, *person), 0


def _named_groups(columns: list[Column]) -> dict[Owner, list[Column]]:
    """The columns that may name somebody, by whom they speak of; parts of a name go with those that hold it whole."""
    whole: dict[Owner, list[Column]] = defaultdict(list)
    split: dict[Owner, list[Column]] = defaultdict(list)
    for column in columns:
        if column.is_name:
            whole[_owner(column)].append(column)
        elif column.is_part_of_name:
            split[_owner(column)].append(column)
    groups = {owner: _best_name_columns(listed) for owner, listed in whole.items()}
    for owner, listed in split.items():
        known_columns = groups.get(owner, [])
        is_person = {"family", "given"} & {column.meaning.topic for column in listed}
        if is_person and max((column.fill for column in known_columns), default=0.0) < 1 and not _are_numbered(known_columns):
            before = max((column.fill for column in known_columns), default=0.0) < max(column.fill for column in listed)
            groups[owner] = [*listed, *known_columns] if before else [*known_columns, *listed]
    return groups


def _best_name_columns(listed: list[Column]) -> list[Column]:
    """The columns of one name: parts numbered in the header, or else the one that is most a name, with its variants behind it."""
    parts = [column for column in listed if column.header.rstrip("0123456789") != column.header]
    stems = {column.header.rstrip("0123456789").strip(" _") for column in parts}
    if len(parts) > 1 and len(stems) == 1 and min(column.fill for column in parts) < 1:
        return sorted(parts, key=lambda column: int(column.header[len(column.header.rstrip("0123456789")) :]))
    best = max(listed, key=lambda column: (column.fill > 0.5, column.naming, column.fill, -len(column.header)))
    return [best, *(column for column in listed if column is not best)]


def _main_score(owner: Owner, names: list[Column], columns: list[Column]) -> float:
    """How much speaks for a party being the one that the rows are about."""
    first_person = owner[1] == (PERSON,)
    tied_parties = owner[0] in {subject["id"] for subject in words()["subjects"] if "tie" in subject}
    beside = owner[0] in ("counterparty", "creditor", "guarantor")
    column_words = sum(_owner(column) == owner for column in columns if column.cell_type != "empty")
    fill = min(sum(column.fill for column in names if not column.meaning.variant) or names[0].fill, 1.0)
    listed = names[0].list_of is not None
    best = max(column.naming for column in names) or 1.0
    plain = owner[0] is None and (not owner[1] or first_person or not "".join(owner[1]).isascii())
    return (
        best * fill
        + (0.25 if first_person else 0.3) * plain
        + min(column_words, 8) * 0.03
        - 0.6 * tied_parties
        - 0.5 * beside
        - 0.3 * listed
    )


def _may_be_further(owner: Owner, names: list[Column], columns: list[Column], main: Owner) -> bool:
    """Whether others than the main party are named there: by a word for them, or by more columns that speak of them alone."""
    if names[0].meaning.topic in NOT_OF_A_PARTY or all(column.meaning.variant for column in names):
        return False
    if owner[0] or owner[1] == (PERSON,):
        return True
    beside = [column for column in columns if _owner(column) == owner and column not in names and column.cell_type != "empty"]
    return len(owner[1]) > 0 and owner != main and len(beside) > 0


def _title(owner: Owner, taken_columns: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", "_".join(owner[1]).lower()).strip("_")
    title = owner[0] or (plain if re.match(r"[a-z]", plain) else "other_party")
    title = f"{title}_{owner[2]}" if owner[2] > 1 else title
    return next(name for name in (title, *(f"{title}_{number}" for number in range(2, 99))) if name not in taken_columns)


def _draft_party(title: str, names: list[Column], subject: dict[str, Any] | None, *, main: bool = False) -> DraftParty:
    plain = [column for column in names if not column.meaning.variant] or names[:1]
    parts = [column for column in plain if not column.is_name]
    wholes = [column for column in plain if column.is_name]
    name_columns = wholes if _are_numbered(wholes) else _in_order(parts) or wholes[:1]
    alternatives = [column for column in wholes if column not in name_columns and _is_needed(column, name_columns)]
    first = name_columns[0]
    parts_fill = max((column.fill for column in parts), default=0.0)
    if parts and wholes and wholes[0].fill > parts_fill and wholes[0].fill + parts_fill > 1:  # No rows that only parts name.
        name_columns, alternatives, first = wholes[:1], [], wholes[0]
    cell_types = {column.cell_type for column in (*name_columns, *alternatives)}
    kind = "by_name"
    if subject and subject["kind"] != "by_name":
        kind = "by_name" if cell_types == {"firm"} else subject["kind"]
    elif name_columns[0] in parts:
        kind = "by_name" if alternatives else PERSON
    elif cell_types == {"firm"} or (cell_types == {PERSON} and all(map(is_han, first.cells))):
        kind = first.cell_type  # Latin names of two words are those of persons and of firms alike.
    elif header_kind := kind_in_header(first.header):
        kind = header_kind
    also_named = [column for column in names if column.meaning.variant and column not in name_columns]
    party = DraftParty(title, kind, name_columns, None if main else subject, also_named=also_named, alternatives=alternatives)
    party.columns = [column for column in names if column not in (*name_columns, *alternatives, *also_named)]
    return party


def _is_needed(column: Column, names: list[Column]) -> bool:
    """Whether another column of names fills rows that these leave empty, as far as their shares of all rows tell."""
    return max(name.fill for name in names) < 1 and column.list_of is None


def _are_numbered(names: list[Column]) -> bool:
    return len(names) > 1 and names[0].is_name and len({column.header.rstrip("0123456789") for column in names}) == 1


def _in_order(names: list[Column]) -> list[Column]:
    """Parts of a name as people write them: given, middle, family."""
    order = {"given": 0, "middle": 1, "family": 2}
    return sorted(names, key=lambda column: order.get(column.meaning.topic or "", 0))


def _assign_column(column: Column, parties: list[DraftParty], owners: dict[Owner, DraftParty], main: Owner) -> None:
    """Give a column to the party it speaks of; a personal id to the one person there is, never to a firm."""
    owner = _owner(column)
    party = _party_of(owner, owners) or parties[0]
    unclaimed = owner[0] is not None and owner[0] != main[0] and party is parties[0]
    if column.topic in OF_PERSONS:
        persons = [candidate for candidate in parties if candidate.kind == "person"]
        if not unclaimed and party.kind == "firm" and len(persons) == 1:
            party = persons[0]
        (party.left_out if party.kind == "firm" or unclaimed else party.columns).append(column)
    elif column.topic in OF_FIRMS and (party.kind == "person" or unclaimed):
        party.left_out.append(column)
    else:
        party.columns.append(column)


def _party_of(owner: Owner, owners: dict[Owner, DraftParty]) -> DraftParty | None:
    """The party of exactly this owner; else one of its subject, or one with whose words it begins."""
    if owner in owners:
        return owners[owner]
    if owner[0]:
        return next((party for (subject, _, _), party in owners.items() if subject == owner[0]), None)
    beginning = [
        known_columns
        for known_columns in owners
        if not known_columns[0] and known_columns[1] and owner[1][: len(known_columns[1])] == known_columns[1]
    ]
    return owners[max(beginning, key=lambda known_columns: len(known_columns[1]))] if beginning else None


# --- keys --------------------------------------------------------------------------------------------------------------
def _choose_key(party: DraftParty, rows: Rows) -> None:
    """The columns of codes that tell two parties apart in these rows, the best first, with what was seen of them."""
    name_columns = (*party.names, *party.alternatives)
    named_columns = [" ".join(filter(None, (column.text_in(row) for column in name_columns))) for row in rows]
    candidates = [column for topic in KEYS for column in party.of(topic)] + _own_numbers(party, rows, named_columns)
    for column in candidates if party.list_of is None else []:
        names_by_code: dict[str, set[str]] = defaultdict(set)
        for row, name in zip(rows, named_columns, strict=True):
            if column.header in row:
                names_by_code[row[column.header]].add(fold_text(name))
        if all(len(names) == 1 for names in names_by_code.values()) and not any(";" in code for code in names_by_code):
            party.key_columns.append(column)
    party.key_columns = party.key_columns or _code_of_many_names(party, rows, named_columns)
    if party.key_columns:
        first = party.key_columns[0]
        distinct = len({row[first.header] for row in rows if first.header in row})
        party.key_evidence = f"{first.name}: {distinct} codes in {len(first.cells)} of {len(rows)} rows, no two names under one"
    elif party.names:
        party.key_evidence = "no code was found that tells them apart: the name"


def _code_of_many_names(party: DraftParty, rows: Rows, named_columns: list[str]) -> list[Column]:
    """Where rows without a name go in by their code: the column that every row fills, and under which each name always stands."""
    if all(named_columns) or party.subject:
        return []
    for column in [column for column in party.of(NUMBER) if column.fill >= 1 and column.list_of is None]:
        codes_by_name: dict[str, set[str]] = defaultdict(set)
        for row, name in zip(rows, named_columns, strict=True):
            if name:
                codes_by_name[fold_text(name)].add(row[column.header])
        if all(len(codes) == 1 for codes in codes_by_name.values()) and len({row[column.header] for row in rows}) > 1:
            return [column]
    return []


def _own_numbers(party: DraftParty, rows: Rows, named_columns: list[str]) -> list[Column]:
    """The column that numbers the parties of a list: another number in each row, in a file that tells no deals."""
    filled = [name for name in named_columns if name]
    if party.subject or (filled and len(set(filled)) < NEAR_ROWS * len(rows)) or len(rows) < 2:
        return []
    if any(column.cell_type == "amount" and column.topic == "amount" for column in party.columns):
        return []
    numbers = [
        column
        for column in party.of(NUMBER)
        if column.list_of is None and len(column.cells) == len(rows) == len(set(column.cells)) and column.cell_type != "date"
    ]
    return numbers[:1]
