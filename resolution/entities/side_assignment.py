"""Assigns records of unknown kind, which were compared with firms and with persons, to one part each.

A part with a record of known kind gets the record, the firm's part before the person's. Where neither part has one, the larger
part gets it, of equals the firm's. So a firm and a person never become one party through a record between them, and the
assignment of a record depends only on its two parts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from resolution.judgements.verdicts import Verdicts, pair_of
from resolution.records.sides import as_person, is_person_side, record_of


class Paired(Protocol):
    """A pair of records and its weight in bits."""

    @property
    def left_id(self) -> str: ...  # noqa: D102
    @property
    def right_id(self) -> str: ...  # noqa: D102
    @property
    def bits(self) -> float: ...  # noqa: D102


P = TypeVar("P", bound=Paired)


@dataclass(frozen=True)
class SideAssignment:
    """parts: record ids of each party, both sorted. home: for each side that stays with its part, the number of the part."""

    parts: list[list[str]]
    home: Mapping[str, int]
    open: frozenset[str]

    def joined_pairs(self, pairs: Iterable[P]) -> list[P]:
        """The pairs whose ends are both in one part."""
        return [_of_records(pair) for pair in pairs if self._together(pair)]

    def possible_pairs(self, pairs: Iterable[P]) -> list[P]:
        """Pairs of two parts that may still be one, the strongest of any two records."""
        best: dict[tuple[str, str], P] = {}
        for pair in sorted(pairs, key=lambda pair: -pair.bits):
            if {pair.left_id, pair.right_id} <= self.open and not self._together(pair):
                record_pair = _of_records(pair)
                best.setdefault((record_pair.left_id, record_pair.right_id), record_pair)
        return list(best.values())

    def _together(self, pair: Paired) -> bool:
        left, right = self.home.get(pair.left_id), self.home.get(pair.right_id)
        return left is not None and left == right


def assign_sides(parts: Sequence[Sequence[str]]) -> SideAssignment:
    """Give every record of unknown kind to one of its parts. parts: side ids, as found among firms and among persons."""
    part_of = {side: number for number, part in enumerate(parts) for side in part}
    unknown_kind_ids = {record_of(side) for side in part_of if is_person_side(side)}
    has_known_kind = [any(record_of(side) not in unknown_kind_ids for side in part) for part in parts]
    side_of_record = {record_id: _choose_side(record_id, parts, part_of, has_known_kind) for record_id in unknown_kind_ids}
    home = {side: number for side, number in part_of.items() if side_of_record.get(record_of(side), side) == side}
    lost = {side for side in part_of if side not in home and has_known_kind[part_of[side_of_record[record_of(side)]]]}
    members: dict[int, list[str]] = {}
    for side, number in home.items():
        members.setdefault(number, []).append(record_of(side))
    return SideAssignment(sorted(map(sorted, members.values())), home, frozenset(part_of.keys() - lost))


def both_sides(verdicts: Verdicts) -> Verdicts:
    """The verdicts on records, repeated for both sides of each record."""
    return Verdicts(_pairs_of_sides(verdicts.same), _pairs_of_sides(verdicts.different))


def _choose_side(record: str, parts: Sequence[Sequence[str]], part_of: Mapping[str, int], has_known_kind: Sequence[bool]) -> str:
    def order(side: str) -> tuple[bool, int, bool]:
        number = part_of[side]
        return has_known_kind[number], 0 if has_known_kind[number] else len(parts[number]), side == record

    return max((side for side in (record, as_person(record)) if side in part_of), key=order)


def _of_records(pair: P) -> P:
    left, right = pair_of(record_of(pair.left_id), record_of(pair.right_id))
    return replace(pair, left_id=left, right_id=right)  # type: ignore[type-var]


def _pairs_of_sides(pairs: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(
        pair_of(left_side, right_side)
        for left, right in pairs
        for left_side in (left, as_person(left))
        for right_side in (right, as_person(right))
    )
