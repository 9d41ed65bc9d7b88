"""Rows of a list that are the same: given twice, or one party in other words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from api.schemas.screenings import Duplicate, DuplicateKind, ScreenedRow
from api.screenings.codes import parse_code
from resolution.records.text import fold


def find_duplicates(rows: Iterable[ScreenedRow]) -> tuple[Duplicate, ...]:
    """Groups of rows that say the same, then of those that mean the same party; each by its first row."""
    ordered = sorted(rows, key=lambda row: row.row)
    groups = [*_given_twice(ordered), *_same_party(ordered)]
    return tuple(sorted(groups, key=lambda group: (group.kind is DuplicateKind.SAME_PARTY, group.rows)))


def _given_twice(rows: Iterable[ScreenedRow]) -> Iterator[Duplicate]:
    groups: dict[tuple[str, ...], list[ScreenedRow]] = defaultdict(list)
    for row in rows:
        groups[_what_is_given(row)].append(row)
    for group in groups.values():
        if len(group) > 1:
            yield _duplicate(DuplicateKind.GIVEN_TWICE, group, name=group[0].given.get("name") or group[0].given.get("code", ""))


def _same_party(rows: Iterable[ScreenedRow]) -> Iterator[Duplicate]:
    """Rows that mean one party; where all of them say the same, that was told already."""
    groups: dict[str, list[ScreenedRow]] = defaultdict(list)
    for row in rows:
        if row.party is not None:
            groups[row.party.id].append(row)
    for group in groups.values():
        if len(set(map(_what_is_given, group))) > 1:
            party = group[0].party
            yield _duplicate(DuplicateKind.SAME_PARTY, group, name=party.name if party else "")


def _duplicate(kind: DuplicateKind, group: list[ScreenedRow], *, name: str) -> Duplicate:
    party = group[0].party
    return Duplicate(kind=kind, rows=tuple(row.row for row in group), party=party.id if party else None, name=name)


def _what_is_given(row: ScreenedRow) -> tuple[str, ...]:
    """What a row says, but for its own id, case, spaces and marks."""
    code = parse_code(row.given.get("code", ""))
    return (*(fold(row.given.get(field, "")) for field in ("name", "place", "country")), code.value if code else "")
