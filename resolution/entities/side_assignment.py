"""Records of unknown kind were compared with firms and with persons: each belongs to one part in the end.

A part with a record of a told kind has it, the firm's before the person's; where neither has one, the larger part, the firm's of
equals. So a firm and a person are never one, nor by way of a record between them; and what becomes of a record hangs on its two
parts alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from resolution.judgements.verdicts import Verdicts, pair_of
from resolution.records.sides import as_person, is_person_side, record_of


class Paired(Protocol):
    """A pair of records and what it weighs."""

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
        """Pairs of which both ends stayed in one part."""
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
    """What people said of records, said of either side of each."""
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
