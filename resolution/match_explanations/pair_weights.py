"""Pairs of records weighed once more, comparison by comparison, with the values that were compared."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from ontology.base import PartyKind
from ontology.judgement import Verdict
from ontology.record import Record
from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.evidence import levels_of
from resolution.comparisons.households import ONE_PERSON_SHARE_MIN
from resolution.comparisons.kin_counts import SURE_MIN
from resolution.comparisons.person_names import KIND_WORDS
from resolution.comparisons.run_statistics import RunStatistics
from resolution.comparisons.weights import NAMES_BY_SHARE
from resolution.entities.kin_counts import find_freed_pairs
from resolution.judgements.household_counts import patterns_of
from resolution.judgements.rules import LISTED_BITS_MORE, guard_pairs
from resolution.judgements.weighed_pairs import WeighedPairs, weigh_pairs
from resolution.live.memory import Memories, Memory
from resolution.live.record_cache import RecordCache
from resolution.records.analysed import (
    BIRTH_PLACE,
    GENDER,
    JURISDICTION,
    NATIONALITY,
    OCCUPATION,
    OF_FIRM,
    RESIDENT_MASKED,
    Analysed,
)
from resolution.records.identifiers import displayable_value
from resolution.records.several_days import days_of
from resolution.records.sides import as_person, is_person_side, record_of
from store.port import Store

VALUES_MAX = 8  # Of one field and record: a record of 5,000 aliases is told in few words.


class ComparedFeature(BaseModel):
    """One comparison of a pair. level and bits are None where one of the two says nothing, or nothing that can be compared.

    bits:  weight: log2 of how much likelier this is between records of one party than of two.
    share: share of parties that bear the commoner of the two names, where the weight follows it.
    """

    model_config = ConfigDict(frozen=True)
    name: str = Field(description="Name of the comparison.")
    level: str | None = Field(description="Level of agreement; null where one side says nothing.")
    bits: float | None = Field(
        description="Match weight of this comparison in bits: log2 of how much likelier it is between records of one party."
    )
    left: tuple[str, ...] = Field(description="Values of the one record, at most eight; personal ids masked.")
    right: tuple[str, ...] = Field(description="Values of the other record.")
    share: float | None = Field(
        None, description="Share of parties that bear the commoner of the two names, 0..1; only where the weight follows it."
    )


class Spoken(BaseModel):
    """What a person said of a pair."""

    model_config = ConfigDict(frozen=True)
    left_id: str = Field(description="Id of the one record.")
    right_id: str = Field(description="Id of the other record.")
    verdict: Verdict = Field(description="The verdict.")
    by: str = Field(description="Who gave it.")
    reason: str = Field(description="Why, in the person's own words.")
    decided_at: datetime = Field(description="When it was given, in UTC.")


class Doubt(BaseModel):
    """A pair that only a contradiction keeps apart, and what the last full run counted of such pairs."""

    model_config = ConfigDict(frozen=True)
    joins: bool = Field(description="Whether the contradiction is passed over, because kin and look-alikes are rare.")
    at_home: bool = Field(description="Whether the two meet at one place: then kin are what they may be else.")
    alone: bool = Field(description="Whether that is so only where neither record has anybody else.")
    seen: int = Field(description="Such pairs that were counted; at home all pairs that meet at one place.")
    sure: float = Field(description="Chance that they are one person, 0..1; of pairs that do not meet the least chance.")
    sure_min: float = Field(description="What it has to reach.")


class Weights(BaseModel):
    """Where two records stand: the prior and all comparisons, their sum, and what the sum has to reach. All in bits."""

    model_config = ConfigDict(frozen=True)
    left_id: str = Field(description="Id of the one record.")
    right_id: str = Field(description="Id of the other record.")
    kind: PartyKind = Field(description="What both are.")
    model: str = Field(description="Version of the model.")
    prior_bits: float = Field(description="Odds that two records drawn at random are one party.")
    compared: tuple[ComparedFeature, ...] = Field(description="The comparisons.")
    total_bits: float = Field(description="Prior and comparisons together; what the ledger keeps of a pair.")
    merge_bits: float = Field(description="From here on a pair may join.")
    possible_bits: float = Field(description="From here on a pair is a possible match.")
    allowed: bool = Field(description="Whether the evidence is of kinds that may join two records at all.")
    listed_bits: float | None = Field(
        None, description="What the sum has to reach where joining would bring a listing over a record it does not name."
    )
    against: bool = Field(description="Whether something contradicts that only an identifier could overrule.")
    forbidden: bool = Field(description="Whether something keeps the two apart whatever else speaks for them.")
    doubt: Doubt | None = Field(None, description="Of a pair that weighs enough and that only a contradiction keeps apart.")


@dataclass
class ExplanationContext:
    """What explanations are made from: a store, what its last full run counted, and the records read so far."""

    store: Store
    memory: Memory = field(init=False)
    record_cache: RecordCache = field(init=False)

    def __post_init__(self) -> None:
        self.memory = Memories().of(self.store)
        self.record_cache = RecordCache(self.store, self.memory.keys, self.memory.crowded)

    def statistics(self, kind: PartyKind) -> RunStatistics:
        """The statistics that the weights of a kind depend on."""
        return self.memory.bases[kind].statistics

    def forms(self, record_ids: Collection[str]) -> dict[str, Analysed]:
        """These records as they are compared, as far as they are there; of unknown kind as what a told one among them is."""
        numbers = self.record_cache.numbers_of({side for id_ in record_ids for side in (id_, as_person(id_))})
        forms = self.record_cache.forms(numbers.values())
        sides = {id_: forms[number] for id_, number in numbers.items()}
        as_persons = any(form.kind is PartyKind.PERSON and not is_person_side(id_) for id_, form in sides.items())
        order = sorted(sides, key=lambda id_: is_person_side(id_) is not as_persons)
        return {record_of(id_): replace(sides[id_], id=record_of(id_)) for id_ in reversed(order)}

    def spoken(self, record_ids: Collection[str]) -> list[Spoken]:
        """What people said of pairs with one of these records, the latest first."""
        rows = self.store.read("judgements/said_of", ids=sorted(record_ids))
        return sorted((Spoken.model_validate(row) for row in rows), key=lambda spoken: spoken.decided_at, reverse=True)


def weigh(statistics: RunStatistics, forms: Sequence[Analysed], pairs: Sequence[tuple[int, int]]) -> WeighedPairs:
    """Weigh pairs, given as positions in `forms`."""
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return weigh_pairs(statistics.kind, forms, (ends[:, 0], ends[:, 1]), statistics)


def explain_weights(context: ExplanationContext, left: Analysed, right: Analysed) -> Weights:
    """The weight of one pair, comparison by comparison. Both records are of one kind."""
    statistics = context.statistics(left.kind)
    weighed_pairs = weigh(statistics, [left, right], [(0, 1)])
    context.record_cache.read_records([left.id, right.id])
    records = context.record_cache.records
    share = float(statistics.shares([left, right]).max())
    return Weights(
        left_id=left.id,
        right_id=right.id,
        kind=left.kind,
        model=statistics.model.version,
        prior_bits=statistics.prior_bits,
        compared=tuple(
            _compared(weighed_pairs, comparison, (records[left.id], records[right.id]), share)
            for comparison in comparisons(left.kind)
        ),
        total_bits=float(weighed_pairs.total[0]),
        merge_bits=statistics.model.merge_bits,
        possible_bits=statistics.model.possible_bits,
        allowed=bool(weighed_pairs.guards.allowed[0] | (weighed_pairs.guards.held[0] & _are_of_kind(weighed_pairs, share)[0])),
        listed_bits=statistics.model.merge_bits + LISTED_BITS_MORE if weighed_pairs.guards.held[0] else None,
        against=bool(weighed_pairs.guards.against[0]),
        forbidden=bool(weighed_pairs.guards.forbidden[0]),
        doubt=_doubt(weighed_pairs, [left, right], statistics),
    )


def _are_of_kind(weighed_pairs: WeighedPairs, share: float) -> NDArray[np.bool_]:
    """Which pairs are of kinds of evidence that may join, whoever is listed."""
    return guard_pairs(weighed_pairs.evidence, weighed_pairs.fields, weighed_pairs.total, np.array([share, share])).allowed


def _doubt(weighed_pairs: WeighedPairs, forms: Sequence[Analysed], statistics: RunStatistics) -> Doubt | None:
    guards, total = weighed_pairs.guards, weighed_pairs.total[0]
    is_barred = bool(guards.meets[0] and (guards.against[0] or not guards.allowed[0]) and total >= statistics.model.merge_bits)
    if not is_barred and (not guards.doubtful[0] or total < statistics.model.possible_bits):
        return None
    home, lone = (bool(flags[0]) for flags in find_freed_pairs(weighed_pairs, forms, statistics))
    if is_barred and not lone:
        households = statistics.households
        odds = 2.0 ** float(households.bits(patterns_of(weighed_pairs, np.array([0])))[0])
        return Doubt(
            joins=home, at_home=True, alone=False, seen=households.pairs, sure=odds / (1.0 + odds), sure_min=ONE_PERSON_SHARE_MIN
        )
    kin = statistics.kin
    return Doubt(joins=lone, at_home=False, alone=True, seen=kin.lone, sure=kin.sure_of_lone, sure_min=SURE_MIN)


def _compared(
    weighed_pairs: WeighedPairs, comparison: Comparison, records: tuple[Record, Record], share: float
) -> ComparedFeature:
    level = int(levels_of(comparison, weighed_pairs.evidence.agreement[comparison.name])[0])
    label = _label(weighed_pairs, comparison, level)
    left, right = (_values(comparison.name, record) for record in records)
    bits = None if label is None else float(weighed_pairs.fields[comparison.name][0])
    by_share = comparison.name == "names" and weighed_pairs.evidence.kind is not PartyKind.PERSON and label in NAMES_BY_SHARE
    return ComparedFeature(
        name=comparison.name, level=label, bits=bits, left=left, right=right, share=share if by_share else None
    )


def _label(weighed_pairs: WeighedPairs, comparison: Comparison, level: int) -> str | None:
    """The level's name; of the names of persons, whose levels are weights, the kind of agreement."""
    if level < 0:
        return None
    if comparison.name == "names" and weighed_pairs.evidence.kind is PartyKind.PERSON:
        return KIND_WORDS.get(float(weighed_pairs.evidence.names[0]), comparison.levels[level].label)
    return comparison.levels[level].label


def _values(name: str, record: Record) -> tuple[str, ...]:
    """What a record says in one comparison, as it may be shown."""
    values = FIELDS[name](record) if name in FIELDS else [record.attributes.get(name)]
    return tuple(dict.fromkeys(value for value in values if value))[:VALUES_MAX]


def _attributes(record: Record, names: Sequence[str]) -> list[str | None]:
    return [record.attributes.get(name) for name in names]


def _masked(record: Record) -> list[str]:
    masked_id = record.attributes.get(RESIDENT_MASKED)
    return [f"resident_id {masked_id}"] if masked_id else []


FIELDS: Mapping[str, Callable[[Record], Sequence[str | None]]] = {
    "names": lambda record: [name.text for name in record.names],
    "ids": lambda record: [
        *(f"{code.scheme} {displayable_value(code)}" for code in record.identifiers),
        *_masked(record),
    ],
    "days": days_of,
    "contacts": lambda record: [contact.value for contact in record.contacts],
    "places": lambda record: [*(address.text for address in record.addresses), *_attributes(record, BIRTH_PLACE)],
    "of_firms": lambda record: _attributes(record, OF_FIRM),
    "occupations": lambda record: _attributes(record, OCCUPATION),
    "genders": lambda record: _attributes(record, GENDER),
    "countries": lambda record: [*record.countries, *_attributes(record, (*NATIONALITY, JURISDICTION))],
}
"""What is compared under each name; any other comparison is of the attribute of that name."""
