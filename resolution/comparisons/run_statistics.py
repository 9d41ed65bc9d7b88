"""Everything a pair's weight depends on beside its two records, as one document: the statistics of a run, frozen until the next.

A batch makes it from all records (`freeze`) and weighs with it; a record that comes later is weighed with the same document, so
that nothing it changes elsewhere changes the weight of a pair it is not in.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, repeat
from math import log2

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from ontology.base import PartyKind
from resolution.comparisons.crowds import CrowdedValues
from resolution.comparisons.households import Households, shipped_households
from resolution.comparisons.kin_counts import KinCounts
from resolution.comparisons.model import Model
from resolution.comparisons.model_choice import SHIPPED_MODELS, ModelChoice
from resolution.comparisons.name_shares import (
    busy_values,
    count_bearers,
    expected_share,
    name_key,
    person_key,
    person_share,
    word_share,
)
from resolution.records.analysed import Analysed
from resolution.records.persons import PersonName

COUNTRIES_ASSUMED = 20  # As RECORDS_ASSUMED, of countries: a store of one country is one, however small.
RECORDS_ASSUMED = 2000  # A small file is a sample of a large world: as if so many more had been seen, of the shares below.
COMMON_SHARE = {
    "day": 1 / 20_000,
    "postcode": 1 / 10_000,
    "birth_place": 1 / 1_000,
    "occupation": 1 / 150,
    "gender": 1 / 2,
    "email": 1 / 100_000,
    "country": 1 / 20,
}
COUNTRY = "country"
NO_CROWDS: CrowdedValues = {}
COUNTED_MIN = 3  # A value fewer records have is as rare as can be told.


class RunStatistics(BaseModel):
    """One kind's statistics of one run; JSON by `model_dump_json`, and back by `model_validate_json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: PartyKind
    model: Model
    records: int = Field(description="Records of the kind: the prior follows it.")
    learned_from: int = Field(
        0, description="Records that the model's weights were learned from; 0 where it was shipped or chosen."
    )
    partners: float | None = Field(None, description="Expected true partners a record, where estimated; else the model's.")
    bearers: dict[str, int] = Field(description="Name -> parties told apart that bear it, where two or more do.")
    bearers_seen: int = Field(description="Parties told apart, over all names.")
    busy: tuple[str, ...] = Field(description="Phones, mailboxes, sites and doors that too many differently named parties share.")
    crowded: dict[str, dict[str, int]] = Field(default={}, description="Kind -> value -> parties, of values that carry nothing.")
    counts: dict[str, dict[str, int]] = Field(default={}, description="Field -> value -> records, where COUNTED_MIN have it.")
    seen: dict[str, int] = Field(default={}, description="Field -> records that have any value of it.")
    aliases: tuple[tuple[str, str], ...] = Field((), description="Names that a person accepted as one another's.")
    stopped_keys: tuple[str, ...] = Field((), description="Keys held by too many records: no pair comes from them.")
    kin: KinCounts = Field(KinCounts(), description="What the records said of kin.")
    households: Households = Field(default_factory=shipped_households, description="Of persons who meet at one place.")

    @property
    def prior_bits(self) -> float:
        """log2 odds that two records drawn at random are one party."""
        return self.model.prior_bits(self.records, self.partners)

    def is_busy(self, value: str) -> bool:
        """Whether a phone, mailbox, site or door is shared by too many to tell one party from another."""
        return value in self._busy

    def shares(self, records: Sequence[Analysed]) -> NDArray[np.float64]:
        """Share of all parties expected to bear each record's name, 0..1."""
        return self._shares([name_key(record) for record in records], [expected_share(record) for record in records])

    def names_bits(self, names: Sequence[PersonName]) -> NDArray[np.float64]:
        """How rare each person's whole name is: log2 of one over the share of all who bear it."""
        shares = self._shares([person_key(name) for name in names], [person_share(name) for name in names])
        distinct, position = np.unique(shares, return_inverse=True)
        return np.array([-log2(share) for share in distinct.tolist()], dtype=np.float64)[position]

    def word_bits(self, word: str) -> float:
        """How rare one word of a person's name is."""
        return self.rarity("word", word)

    def rarity(self, field: str, value: str) -> float:
        """log2 of one over the share of records that have this value, among those that have the field."""
        common = COMMON_SHARE[field] if field != "word" else word_share(value)
        return self._rarity(field, self.counts.get(field, {}).get(value, 1), common)

    def rarities(self, field: str, values: Iterable[str | None]) -> list[float]:
        """`rarity` of many values of one field other than words; worked out once for all that equally many records have."""
        counts, bits_by_count = self.counts.get(field, {}), dict[int, float]()
        bits = []
        for value in values:
            count = counts.get(value, 1) if value else 1
            if count not in bits_by_count:
                bits_by_count[count] = self._rarity(field, count, COMMON_SHARE[field])
            bits.append(bits_by_count[count])
        return bits

    def _rarity(self, field: str, count: int, common: float) -> float:
        filled = self.seen.get(field, 0)
        assumed = COUNTRIES_ASSUMED if field == COUNTRY else RECORDS_ASSUMED
        return log2((filled + assumed) / (max(count - 1, 0) + assumed * common))

    def _shares(self, keys: Sequence[str], expected_shares: Sequence[float]) -> NDArray[np.float64]:
        """Share of all parties expected to bear each name, by its key and the share that the name itself tells."""
        smoothing = self.model.name_shares
        bearers = np.fromiter(map(self.bearers.get, keys, repeat(0)), np.int64, len(keys))
        other_parties = max(self.bearers_seen, 1) - 1
        shares = np.maximum(bearers - 1, 0) + smoothing.records_assumed * np.array(expected_shares, dtype=np.float64)
        return np.maximum(shares / (other_parties + smoothing.records_assumed), smoothing.share_min)

    def with_stopped_keys(self, keys: Sequence[str]) -> "RunStatistics":
        """The same with these keys stopped."""
        return self.model_copy(update={"stopped_keys": tuple(sorted(keys))})

    def with_learned(self, model: Model, records: int) -> "RunStatistics":
        """The same with weights learned from so many records."""
        return self.model_copy(update={"model": model, "learned_from": records})

    @property
    def without_partners(self) -> "RunStatistics":
        """The same before it was estimated how many partners a record has: records that say the same become units by it."""
        return self.model_copy(update={"partners": None})

    def with_thresholds_moved(self, bits: float) -> "RunStatistics":
        """The same with `merge_bits` and `group_bits` higher by so many bits: records and groups join later (below 0: sooner)."""
        model = self.model
        moved_bits = {"merge_bits": model.merge_bits + bits, "group_bits": model.group_bits + bits}
        return self.model_copy(update={"model": model.model_copy(update=moved_bits)})

    @cached_property
    def _busy(self) -> frozenset[str]:
        return frozenset(self.busy)


def _count_values(kind: PartyKind, records: Sequence[Analysed]) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """How many records have each value of the fields of which rarity counts; of firms that is their country."""
    rows_by_field: dict[str, list[Iterable[str]]] = {COUNTRY: [record.countries for record in records if record.countries]}
    if kind is PartyKind.PERSON:
        rows_by_field |= _personal_values(records)
    counts, filled_by_field = {}, {}
    for field, rows in rows_by_field.items():
        count_by_value = Counter(chain.from_iterable(rows))
        filled_by_field[field] = len(rows)
        counts[field] = {value: count for value, count in sorted(count_by_value.items()) if count >= COUNTED_MIN}
    return counts, filled_by_field


def _personal_values(records: Sequence[Analysed]) -> dict[str, list[Iterable[str]]]:
    """Of each person who tells any, the values of the fields of which rarity counts."""
    return {
        "word": [words for record in records if (words := _words(record))],
        "day": [(record.day, *record.other_days) for record in records if record.day],
        "postcode": [postcodes for record in records if record.places and (postcodes := _postcodes(record))],
        "birth_place": [(record.birth_place,) for record in records if record.birth_place],
        "occupation": [(record.occupation,) for record in records if record.occupation],
    }


def _words(record: Analysed) -> Iterable[str]:
    """Each word of a person's names once."""
    if len(record.persons) == 1 and len(tokens := record.persons[0].tokens) == 2 and tokens[0] != tokens[1]:
        return tokens
    return {token for name in record.persons for token in name.tokens}


def _postcodes(record: Analysed) -> Iterable[str]:
    """Each postcode once."""
    if len(record.places) == 1:
        return (record.places[0].postcode,) if record.places[0].postcode else ()
    return {place.postcode for place in record.places if place.postcode}


def freeze(
    kind: PartyKind, records: Sequence[Analysed], choice: ModelChoice = SHIPPED_MODELS, *, crowded: CrowdedValues = NO_CROWDS
) -> RunStatistics:
    """The statistics of all records of one kind, with the model and aliases of the choice. The order has no influence.

    crowded: values that were taken out of the records before.
    """
    bearers_by_name, parties = count_bearers(records)
    counts, filled_by_field = _count_values(kind, records)
    return RunStatistics(
        kind=kind,
        model=choice.model(kind).for_size(len(records)),
        records=len(records),
        bearers={name: count for name, count in sorted(bearers_by_name.items()) if count > 1},
        bearers_seen=parties,
        busy=tuple(sorted(busy_values(records))),
        crowded={field: dict(values) for field, values in crowded.items()},
        counts=counts,
        seen=filled_by_field,
        aliases=choice.aliases_of(kind),
    )
