"""Agreement of many pairs, as columns: one number a pair and comparison, NaN where it cannot be compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons import persons
from resolution.comparisons.columnar import MANY, Many
from resolution.comparisons.columnar.asked import pair_by_pair
from resolution.comparisons.declared import Comparison, comparisons
from resolution.comparisons.learned import with_aliases
from resolution.comparisons.person_columns import Packed, pack
from resolution.comparisons.run_statistics import RunStatistics
from resolution.records.analysed import Analysed, are_tied

Pairs = NDArray[np.int64]
FEW = 1_000  # Pairs that are compared one by one before the columns of all records are made.


@dataclass(frozen=True)
class Evidence:
    """Agreement of the pairs (left[i], right[i]); `agreement[name][i]` is a float, NaN where not comparable.

    names: the kind of agreement of the names, which the guards read; what it weighs stands in `agreement`.
    tied:  pairs of firms that a source ties to one another.
    common: of persons, whether both names are of words that many bear, however few the store has seen; empty of firms.
    """

    kind: PartyKind
    left: Pairs
    right: Pairs
    agreement: dict[str, NDArray[np.float64]]
    names: NDArray[np.float64]
    tied: NDArray[np.bool_]
    common: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))


@dataclass(frozen=True)
class Prepared:
    """Records made ready to be compared, once for any number of pairs."""

    kind: PartyKind
    records: Sequence[Analysed]
    frozen: RunStatistics
    packed: Packed | None
    shares: NDArray[np.float64]
    many: dict[str, Many] = field(default_factory=dict)
    having: dict[str, NDArray[np.bool_]] = field(default_factory=dict)

    def has(self, told: Comparison) -> NDArray[np.bool_]:
        """Which records have the field of a comparison of firms."""
        if told.name not in self.having:
            assert told.has is not None  # noqa: S101  # Comparisons of firms tell.
            self.having[told.name] = np.fromiter(map(told.has, self.records), np.bool_, len(self.records))
        return self.having[told.name]

    @cached_property
    def has_ties(self) -> NDArray[np.bool_]:
        """Which records of firms are tied to another."""
        return np.fromiter((bool(record.of_firms) for record in self.records), np.bool_, len(self.records))

    def columns(self, name: str) -> Many:
        """The columns of one comparison of firms, made when they are first asked for."""
        if name not in self.many:
            self.many[name] = MANY[name](self.records, self.frozen.is_busy)
        return self.many[name]


def prepare(kind: PartyKind, records: Sequence[Analysed], frozen: RunStatistics) -> Prepared:
    """Persons become columns; firms are compared as they are."""
    packed = pack(records, frozen) if kind is PartyKind.PERSON else None
    records = records if packed else with_aliases(records, frozen.aliases)
    return Prepared(kind, records, frozen, packed, frozen.shares(records))


def evidence(prepared: Prepared, pairs: tuple[Pairs, Pairs]) -> Evidence:
    """Compare every pair in every comparison of its kind. Pairs are positions in the prepared records."""
    if prepared.packed is not None:
        return _of_persons(prepared.packed, pairs)
    columns = {told.name: _column(told, prepared, pairs) for told in comparisons(prepared.kind)}
    return Evidence(prepared.kind, *pairs, columns, columns["names"], _tied(prepared, pairs))


def _tied(prepared: Prepared, pairs: tuple[Pairs, Pairs]) -> NDArray[np.bool_]:
    """Which pairs of firms a source ties to one another."""
    found = np.zeros(len(pairs[0]), dtype=np.bool_)
    has = prepared.has_ties
    rows = np.flatnonzero(has[pairs[0]] | has[pairs[1]])
    records = prepared.records
    ends = zip(pairs[0][rows].tolist(), pairs[1][rows].tolist(), strict=True)
    found[rows] = np.fromiter((are_tied(records[one], records[other]) for one, other in ends), np.bool_, len(rows))
    return found


def _of_persons(packed: Packed, pairs: tuple[Pairs, Pairs]) -> Evidence:
    kinds, names = persons.names_agree(packed, pairs)
    columns = {
        "names": names,
        "ids": persons.ids_agree(packed, pairs),
        "days": persons.days_agree(packed, pairs),
        "contacts": persons.contacts_agree(packed, pairs),
        "places": persons.places_agree(packed, pairs),
        "of_firms": persons.of_firms_agree(packed, pairs),
        "occupations": persons.occupations_agree(packed, pairs),
        "genders": persons.genders_agree(packed, pairs),
    }
    common = packed.has_common_name[pairs[0]] & packed.has_common_name[pairs[1]]
    return Evidence(PartyKind.PERSON, *pairs, columns, kinds, np.zeros(len(kinds), dtype=np.bool_), common)


def _column(told: Comparison, prepared: Prepared, pairs: tuple[Pairs, Pairs]) -> NDArray[np.float64]:
    has = prepared.has(told)
    rows = np.flatnonzero(has[pairs[0]] & has[pairs[1]])
    left, right = pairs[0][rows], pairs[1][rows]
    column = np.full(len(pairs[0]), np.nan)
    column[rows] = _one_by_one(told, prepared, left, right) if len(rows) < FEW else prepared.columns(told.name).agree(left, right)
    return column


def _one_by_one(told: Comparison, prepared: Prepared, left: Pairs, right: Pairs) -> NDArray[np.float64]:
    assert told.agree is not None  # noqa: S101  # Comparisons of firms can.
    agree, busy = told.agree, prepared.frozen.is_busy
    return pair_by_pair(lambda one, other: agree(one, other, busy), prepared.records, left, right)


def levels_of(told: Comparison, agreement: NDArray[np.float64]) -> NDArray[np.int64]:
    """Position of the level each agreement falls into, -1 where it cannot be compared."""
    at_least = np.array([level.at_least for level in told.levels])
    found: NDArray[np.int64] = np.argmax(agreement[:, None] >= at_least[None, :], axis=1)
    found[agreement < at_least[-1]] = len(at_least) - 1
    found[np.isnan(agreement)] = -1
    return found


def explained(found: Evidence, rows: NDArray[np.int64]) -> list[str]:
    """What agrees in each of these pairs, in words: `names same, days exact`. What cannot be compared is left out."""
    columns = [_words(told, found, rows) for told in comparisons(found.kind)]
    return [", ".join(filter(None, words)) for words in zip(*columns, strict=True)]


def _words(told: Comparison, found: Evidence, rows: NDArray[np.int64]) -> list[str]:
    """The comparison and the level of each agreement; "" where it cannot be compared."""
    if found.kind is PartyKind.PERSON and told.name == "names":
        return [f"names {persons.KIND_WORDS[kind]}" if kind in persons.KIND_WORDS else "" for kind in found.names[rows].tolist()]
    words = [*(f"{told.name} {level.label}" for level in told.levels), ""]
    return [words[level] for level in levels_of(told, found.agreement[told.name][rows]).tolist()]
