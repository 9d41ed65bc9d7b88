"""Agreement of many pairs, as columns: one number a pair and comparison, NaN where it cannot be compared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ontology.words import PartyKind
from resolution.comparisons import persons
from resolution.comparisons.declared import Comparison, comparisons
from resolution.comparisons.fields import Busy
from resolution.comparisons.frozen import Frozen
from resolution.comparisons.learned import with_aliases
from resolution.comparisons.packed import Packed, pack
from resolution.records.analysed import Analysed

Pairs = NDArray[np.int64]


@dataclass(frozen=True)
class Evidence:
    """Agreement of the pairs (left[i], right[i]); `agreement[name][i]` is a float, NaN where not comparable.

    names: the kind of agreement of the names, which the guards read; what it weighs stands in `agreement`.
    """

    kind: PartyKind
    left: Pairs
    right: Pairs
    agreement: dict[str, NDArray[np.float64]]
    names: NDArray[np.float64]


@dataclass(frozen=True)
class Prepared:
    """Records made ready to be compared, once for any number of pairs."""

    kind: PartyKind
    records: Sequence[Analysed]
    frozen: Frozen
    packed: Packed | None
    shares: NDArray[np.float64]


def prepare(kind: PartyKind, records: Sequence[Analysed], frozen: Frozen) -> Prepared:
    """Persons become columns; firms are compared as they are."""
    packed = pack(records, frozen) if kind is PartyKind.PERSON else None
    records = records if packed else with_aliases(records, frozen.aliases)
    return Prepared(kind, records, frozen, packed, frozen.shares(records))


def evidence(prepared: Prepared, pairs: tuple[Pairs, Pairs]) -> Evidence:
    """Compare every pair in every comparison of its kind. Pairs are positions in the prepared records."""
    if prepared.packed is not None:
        return _of_persons(prepared.packed, pairs)
    columns = {told.name: _column(told, prepared.records, pairs, prepared.frozen.is_busy) for told in comparisons(prepared.kind)}
    return Evidence(prepared.kind, *pairs, columns, columns["names"])


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
    return Evidence(PartyKind.PERSON, *pairs, columns, kinds)


def _column(told: Comparison, records: Sequence[Analysed], pairs: tuple[Pairs, Pairs], busy: Busy) -> NDArray[np.float64]:
    assert told.agree is not None and told.has is not None  # noqa: S101, PT018  # Comparisons of firms have both.
    agree = told.agree
    has = np.fromiter((told.has(record) for record in records), np.bool_, len(records))
    rows = np.flatnonzero(has[pairs[0]] & has[pairs[1]])
    column = np.full(len(pairs[0]), np.nan)
    ends = zip(pairs[0][rows].tolist(), pairs[1][rows].tolist(), strict=True)
    column[rows] = np.array([agree(records[i], records[j], busy) for i, j in ends], dtype=np.float64)  # None becomes NaN.
    return column


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
