"""Agreement of many pairs, as columns: one number a pair and comparison, NaN where it cannot be compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons import fields, firm_names, home_levels, person_names, persons
from resolution.comparisons.columnar import FIELD_COLUMNS, FieldColumns
from resolution.comparisons.columnar.distinct_pairs import compare_pairs
from resolution.comparisons.countries import CountryColumns
from resolution.comparisons.declarations import RARITY, Comparison, comparisons
from resolution.comparisons.firm_aliases import with_aliases
from resolution.comparisons.model import LevelBits
from resolution.comparisons.name_shares import RARE_SHARE_MAX
from resolution.comparisons.person_columns import PersonColumns, build_columns
from resolution.comparisons.person_names import KIND_WORDS
from resolution.comparisons.run_statistics import COUNTRY, RunStatistics
from resolution.comparisons.whole_names import has_long_names_only, share_long_name
from resolution.records.analysed import Analysed, are_tied

Pairs = NDArray[np.int64]
WHOLE_NAME_BITS_MIN = 16.0  # Of the words that agree of a person's name.
COLUMN_PAIRS_MIN = 1_000  # Fewer pairs (of names) are compared one by one: to make the columns of all records would take longer.


@dataclass(frozen=True)
class Evidence:
    """Agreement of the pairs (left[i], right[i]); `agreement[name][i]` is a float, NaN where not comparable.

    names: the kind of agreement of the names, which the guards read; what it weighs stands in `agreement`.
    tied_by_source: whether a source ties the two firms of a pair to one another.
    whole_name: whether a name is shared in full that is long enough to stand by itself (whole_names.py).
    common: of persons, whether both names are of words that many bear, however few the store has seen; empty of firms.
    """

    kind: PartyKind
    left: Pairs
    right: Pairs
    agreement: dict[str, NDArray[np.float64]]
    names: NDArray[np.float64]
    tied_by_source: NDArray[np.bool_]
    common: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    whole_name: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))


@dataclass(frozen=True)
class Prepared:
    """Records made ready to be compared, once for any number of pairs.

    shares:     share of parties that bear each record's name, 0..1.
    level_bits: the weight of every level: as the model of the statistics has it, or as Splink has it of that model.
    """

    kind: PartyKind
    records: Sequence[Analysed]
    frozen: RunStatistics
    person_columns: PersonColumns | None
    shares: NDArray[np.float64]
    level_bits: LevelBits
    columns_by_field: dict[str, FieldColumns] = field(default_factory=dict)
    has_by_field: dict[str, NDArray[np.bool_]] = field(default_factory=dict)

    def with_statistics(self, statistics: RunStatistics, level_bits: LevelBits | None = None) -> "Prepared":
        """The same records under another model; what was counted of them must be the same."""
        return replace(self, frozen=statistics, level_bits=level_bits or statistics.model.level_bits())

    def has(self, comparison: Comparison) -> NDArray[np.bool_]:
        """Which records have the field of a comparison of firms."""
        if comparison.name not in self.has_by_field:
            assert comparison.has is not None  # noqa: S101  # Comparisons of firms tell.
            self.has_by_field[comparison.name] = np.fromiter(map(comparison.has, self.records), np.bool_, len(self.records))
        return self.has_by_field[comparison.name]

    @cached_property
    def has_ties(self) -> NDArray[np.bool_]:
        """Which records of firms are tied to another."""
        return np.fromiter((bool(record.of_firms) for record in self.records), np.bool_, len(self.records))

    @cached_property
    def has_listings(self) -> NDArray[np.bool_]:
        """Which records a listing names."""
        return np.fromiter((bool(record.listings) for record in self.records), np.bool_, len(self.records))

    def accuses(self, left: Pairs, right: Pairs) -> NDArray[np.bool_]:
        """Which pairs would bring a listing over a record that it does not name: one of the two is listed, or both by others."""
        accuses = self.has_listings[left] | self.has_listings[right]
        rows = np.flatnonzero(accuses)
        ends = zip(left[rows].tolist(), right[rows].tolist(), strict=True)
        accuses[rows] = [self.records[a].listings.isdisjoint(self.records[b].listings) for a, b in ends]
        return accuses

    @cached_property
    def countries(self) -> CountryColumns:
        """Countries of the records."""
        return CountryColumns(self.records, partial(self.frozen.rarity, COUNTRY))

    @cached_property
    def name_counts(self) -> Pairs:
        """How many names each record of firms has."""
        return np.fromiter((len(record.firms) for record in self.records), np.int64, len(self.records))

    def columns(self, name: str) -> FieldColumns:
        """The columns of one comparison of firms, made when they are first asked for."""
        if name not in self.columns_by_field:
            self.columns_by_field[name] = FIELD_COLUMNS[name](self.records, self.frozen.is_busy)
        return self.columns_by_field[name]


def prepare(kind: PartyKind, records: Sequence[Analysed], frozen: RunStatistics, level_bits: LevelBits | None = None) -> Prepared:
    """Persons become columns; firms are compared as they are. level_bits: other weights than the model's own."""
    columns = build_columns(records, frozen) if kind is PartyKind.PERSON else None
    records = records if columns else with_aliases(records, frozen.aliases)
    return Prepared(kind, records, frozen, columns, frozen.shares(records), level_bits or frozen.model.level_bits())


def evidence(prepared: Prepared, pairs: tuple[Pairs, Pairs]) -> Evidence:
    """Compare every pair in every comparison of its kind. Pairs are positions in the prepared records."""
    if prepared.person_columns is not None:
        return _of_persons(prepared, prepared.person_columns, pairs)
    columns = {
        comparison.name: _column(comparison, prepared, pairs)
        for comparison in comparisons(prepared.kind)
        if comparison.agree is not None
    }
    columns["countries"] = prepared.countries.agree(*pairs, columns["places"] >= fields.PLACE_POSTCODE)
    columns[RARITY.name] = _share_what_few_bear(prepared, pairs, columns)
    tied, names = _are_tied_by_source(prepared, pairs), columns["names"]
    is_same = np.isin(names, (firm_names.SAME_IN_REGION, firm_names.SAME))
    return Evidence(prepared.kind, *pairs, columns, names, tied, whole_name=_share_whole_name(prepared, pairs, is_same))


def _share_what_few_bear(
    prepared: Prepared, pairs: tuple[Pairs, Pairs], columns: dict[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    """1 where two firms share a whole name (or its translation), door, phone, mailbox or site few bear; 0: many do; else NaN."""
    contacts, places = columns["contacts"], columns["places"]
    whole = (firm_names.SAME_IN_REGION, firm_names.SAME, firm_names.TRANSLATION)
    same_name = np.isin(columns["names"], whole) | _are_translations(prepared.records, pairs, columns["names"])
    rare_name = np.maximum(prepared.shares[pairs[0]], prepared.shares[pairs[1]]) <= RARE_SHARE_MAX
    few = (same_name & rare_name) | (contacts >= fields.CONTACT_ONE) | (places >= fields.PLACE_DOOR)
    return np.where(
        few, 1.0, np.where(same_name | (contacts >= fields.CONTACT_BUSY) | (places == fields.PLACE_BUSY), 0.0, np.nan)
    )


def _are_translations(records: Sequence[Analysed], pairs: tuple[Pairs, Pairs], names: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which pairs of firms have a Chinese and an English name that mean the same in whole, beyond a brand that sounds alike."""
    are_so = np.zeros(len(names), dtype=np.bool_)
    rows = np.flatnonzero(names == firm_names.SOUND)
    ends = zip(pairs[0][rows].tolist(), pairs[1][rows].tolist(), strict=True)
    are_so[rows] = np.fromiter(
        (firm_names.mean_the_same(records[left], records[right]) for left, right in ends), np.bool_, len(rows)
    )
    return are_so


def _are_tied_by_source(prepared: Prepared, pairs: tuple[Pairs, Pairs]) -> NDArray[np.bool_]:
    """Which pairs of firms a source ties to one another."""
    is_tied = np.zeros(len(pairs[0]), dtype=np.bool_)
    has = prepared.has_ties
    rows = np.flatnonzero(has[pairs[0]] | has[pairs[1]])
    records = prepared.records
    ends = zip(pairs[0][rows].tolist(), pairs[1][rows].tolist(), strict=True)
    is_tied[rows] = np.fromiter((are_tied(records[left], records[right]) for left, right in ends), np.bool_, len(rows))
    return is_tied


def _of_persons(prepared: Prepared, columns: PersonColumns, pairs: tuple[Pairs, Pairs]) -> Evidence:
    kinds, names = persons.names_agree(columns, pairs)
    places = persons.places_agree(columns, pairs)
    agreement = {
        "names": names,
        "ids": persons.ids_agree(columns, pairs),
        "days": persons.days_agree(columns, pairs),
        "contacts": persons.contacts_agree(columns, pairs),
        "places": places,
        "of_firms": persons.of_firms_agree(columns, pairs),
        "occupations": persons.occupations_agree(columns, pairs),
        "genders": persons.genders_agree(columns, pairs),
        "countries": prepared.countries.agree(*pairs, home_levels.is_place_shared(places)),
    }
    common = columns.has_common_name[pairs[0]] & columns.has_common_name[pairs[1]]
    rare = names >= WHOLE_NAME_BITS_MIN
    whole_name = _share_whole_name(prepared, pairs, rare & (kinds == person_names.SAME), rare & (kinds == person_names.ALIKE))
    never = np.zeros(len(kinds), dtype=np.bool_)
    return Evidence(PartyKind.PERSON, *pairs, agreement, kinds, never, common, whole_name)


def _share_whole_name(
    prepared: Prepared, pairs: tuple[Pairs, Pairs], is_same: NDArray[np.bool_], is_alike: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """Which pairs share a long name, of those marked to be the same, or to be alike: then both must have long names only."""
    shares, records = np.zeros(len(pairs[0]), dtype=np.bool_), prepared.records
    for row in np.flatnonzero(is_same).tolist():
        shares[row] = share_long_name(records[pairs[0][row]], records[pairs[1][row]])
    for row in np.flatnonzero(is_alike).tolist() if is_alike is not None else ():
        shares[row] = has_long_names_only(records[pairs[0][row]]) and has_long_names_only(records[pairs[1][row]])
    return shares


def _column(comparison: Comparison, prepared: Prepared, pairs: tuple[Pairs, Pairs]) -> NDArray[np.float64]:
    has = prepared.has(comparison)
    rows = np.flatnonzero(has[pairs[0]] & has[pairs[1]])
    left, right = pairs[0][rows], pairs[1][rows]
    column = np.full(len(pairs[0]), np.nan)
    if _count_comparisons(comparison, prepared, left, right) < COLUMN_PAIRS_MIN:
        column[rows] = _compare_each(comparison, prepared, left, right)
    else:
        column[rows] = prepared.columns(comparison.name).agree(left, right)
    return column


def _count_comparisons(comparison: Comparison, prepared: Prepared, left: Pairs, right: Pairs) -> int:
    """How many values are compared one by one, less what making columns of them would take: of names every one with every one."""
    if comparison.name != "names" or len(left) >= COLUMN_PAIRS_MIN:
        return len(left)
    counts = prepared.name_counts
    return int((counts[left] * counts[right]).sum() - counts.sum())


def _compare_each(comparison: Comparison, prepared: Prepared, left: Pairs, right: Pairs) -> NDArray[np.float64]:
    assert comparison.agree is not None  # noqa: S101  # Comparisons of firms can.
    agree, busy = comparison.agree, prepared.frozen.is_busy
    return compare_pairs(lambda first, second: agree(first, second, busy), prepared.records, left, right)


def levels_of(comparison: Comparison, agreement: NDArray[np.float64]) -> NDArray[np.int64]:
    """Position of the level each agreement falls into, -1 where it cannot be compared."""
    at_least = np.array([level.at_least for level in reversed(comparison.levels)])  # Ascending.
    levels = len(at_least) - np.searchsorted(at_least, agreement, side="right")
    levels[levels == len(at_least)] = len(at_least) - 1  # The last level takes everything.
    levels[np.isnan(agreement)] = -1
    return np.asarray(levels, dtype=np.int64)


def explain_pairs(evidence: Evidence, rows: NDArray[np.int64]) -> list[str]:
    """What agrees in each of these pairs, in words: `names same, days exact`. What cannot be compared is left out."""
    columns = [_level_words(comparison, evidence, rows) for comparison in comparisons(evidence.kind)]
    return [", ".join(filter(None, words)) for words in zip(*columns, strict=True)]


def _level_words(comparison: Comparison, evidence: Evidence, rows: NDArray[np.int64]) -> list[str]:
    """The comparison and the level of each agreement; "" where it cannot be compared."""
    if evidence.kind is PartyKind.PERSON and comparison.name == "names":
        return [f"names {KIND_WORDS[kind]}" if kind in KIND_WORDS else "" for kind in evidence.names[rows].tolist()]
    words = [*(f"{comparison.name} {level.label}" for level in comparison.levels), ""]
    return [words[level] for level in levels_of(comparison, evidence.agreement[comparison.name][rows]).tolist()]
