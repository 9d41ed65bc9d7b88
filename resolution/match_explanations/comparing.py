"""Pairs of records weighed once more, comparison by comparison, with the values that were compared."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ontology.base import PartyKind
from ontology.judgement import Verdict
from ontology.record import Record
from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.evidence import levels_of
from resolution.comparisons.kin_counts import SURE_MIN
from resolution.comparisons.persons import KIND_WORDS
from resolution.comparisons.run_statistics import RunStatistics
from resolution.comparisons.weights import NAMES_BY_SHARE
from resolution.entities.kin import freed
from resolution.judgements.weighed import Weighed, weigh_pairs
from resolution.live.memory import Memories, Memory
from resolution.live.parties import Parties
from resolution.records.analysed import BIRTH_PLACE, GENDER, OCCUPATION, OF_FIRM, RESIDENT_MASKED, Analysed
from resolution.records.identifiers import displayable_value
from resolution.records.sides import as_person, is_person_side, record_of
from store.port import Store

VALUES_MAX = 8  # Of one field and record: a record of 5,000 aliases is told in few words.


class ComparedFeature(BaseModel):
    """One comparison of a pair. level and bits are None where one of the two says nothing, or nothing that can be compared.

    bits:  weight: log2 of how much likelier this is between records of one party than of two.
    share: share of parties that bear the commoner of the two names, where the weight follows it.
    """

    model_config = ConfigDict(frozen=True)
    name: str
    level: str | None
    bits: float | None
    left: tuple[str, ...]
    right: tuple[str, ...]
    share: float | None = None


class Spoken(BaseModel):
    """What a person said of a pair."""

    model_config = ConfigDict(frozen=True)
    left_id: str
    right_id: str
    verdict: Verdict
    by: str
    reason: str
    decided_at: datetime


class Doubt(BaseModel):
    """A pair that only a contradiction keeps apart, and what the last full run counted of such pairs."""

    model_config = ConfigDict(frozen=True)
    joins: bool = Field(description="Whether the contradiction is passed over, because kin and look-alikes are rare.")
    alone: bool = Field(description="Whether that is so only where neither record has anybody else.")
    seen: int = Field(description="Such pairs that were counted.")
    sure: float = Field(description="Least chance that one of them is one person, 0..1.")
    sure_min: float = Field(description="What it has to reach.")


class Weights(BaseModel):
    """Where two records stand: the prior and all comparisons, their sum, and what the sum has to reach. All in bits."""

    model_config = ConfigDict(frozen=True)
    left_id: str
    right_id: str
    kind: PartyKind
    model: str
    prior_bits: float = Field(description="Odds that two records drawn at random are one party.")
    compared: tuple[ComparedFeature, ...]
    total_bits: float = Field(description="Prior and comparisons together; what the ledger keeps of a pair.")
    merge_bits: float = Field(description="From here on a pair may join.")
    possible_bits: float = Field(description="From here on a pair is a possible match.")
    allowed: bool = Field(description="Whether the evidence is of kinds that may join two records at all.")
    against: bool = Field(description="Whether something contradicts that only an identifier could overrule.")
    forbidden: bool = Field(description="Whether something keeps the two apart whatever else speaks for them.")
    doubt: Doubt | None = Field(None, description="Of a pair that weighs enough and that only a contradiction keeps apart.")


@dataclass
class Ground:
    """What the questions are asked of: a store, and what its last full run froze."""

    store: Store
    memory: Memory = field(init=False)
    parties: Parties = field(init=False)

    def __post_init__(self) -> None:
        self.memory = Memories().of(self.store)
        self.parties = Parties(self.store, self.memory.keys, self.memory.crowded)

    def frozen(self, kind: PartyKind) -> RunStatistics:
        """What the weights of a kind stand on."""
        return self.memory.grounds[kind].frozen

    def forms(self, record_ids: Collection[str]) -> dict[str, Analysed]:
        """These records as they are compared, as far as they are there; of unknown kind as what a told one among them is."""
        numbers = self.parties.numbers({side for id_ in record_ids for side in (id_, as_person(id_))})
        forms = self.parties.forms(numbers.values())
        sides = {id_: forms[number] for id_, number in numbers.items()}
        as_persons = any(form.kind is PartyKind.PERSON and not is_person_side(id_) for id_, form in sides.items())
        order = sorted(sides, key=lambda id_: is_person_side(id_) is not as_persons)
        return {record_of(id_): replace(sides[id_], id=record_of(id_)) for id_ in reversed(order)}

    def spoken(self, record_ids: Collection[str]) -> list[Spoken]:
        """What people said of pairs with one of these records, the latest first."""
        rows = self.store.read("judgements/said_of", ids=sorted(record_ids))
        return sorted((Spoken.model_validate(row) for row in rows), key=lambda one: one.decided_at, reverse=True)


def weigh(frozen: RunStatistics, forms: Sequence[Analysed], pairs: Sequence[tuple[int, int]]) -> Weighed:
    """Weigh pairs of positions."""
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return weigh_pairs(frozen.kind, forms, (ends[:, 0], ends[:, 1]), frozen)


def weights(ground: Ground, left: Analysed, right: Analysed) -> Weights:
    """One pair with every comparison. Both are of one kind."""
    frozen = ground.frozen(left.kind)
    weighed = weigh(frozen, [left, right], [(0, 1)])
    ground.parties.read_records([left.id, right.id])
    records = ground.parties.records
    share = float(frozen.shares([left, right]).max())
    return Weights(
        left_id=left.id,
        right_id=right.id,
        kind=left.kind,
        model=frozen.model.version,
        prior_bits=frozen.prior_bits,
        compared=tuple(_compared(weighed, told, (records[left.id], records[right.id]), share) for told in comparisons(left.kind)),
        total_bits=float(weighed.total[0]),
        merge_bits=frozen.model.merge_bits,
        possible_bits=frozen.model.possible_bits,
        allowed=bool(weighed.guards.allowed[0]),
        against=bool(weighed.guards.against[0]),
        forbidden=bool(weighed.guards.forbidden[0]),
        doubt=_doubt(weighed, [left, right], frozen),
    )


def _doubt(weighed: Weighed, forms: Sequence[Analysed], frozen: RunStatistics) -> Doubt | None:
    if not weighed.guards.doubtful[0] or weighed.total[0] < frozen.model.possible_bits:
        return None
    kin, (home, lone) = frozen.kin, (bool(flags[0]) for flags in freed(weighed, forms, frozen))
    sure, seen = (kin.sure_of_home, kin.of_home) if home else (kin.sure_of_lone, kin.lone)
    if weighed.guards.of_home[0] and not home and not lone:
        sure, seen = max((sure, seen), (kin.sure_of_home, kin.of_home))
    return Doubt(joins=home or lone, alone=not home, seen=seen, sure=sure, sure_min=SURE_MIN)


def _compared(weighed: Weighed, told: Comparison, records: tuple[Record, Record], share: float) -> ComparedFeature:
    level = int(levels_of(told, weighed.found.agreement[told.name])[0])
    label = _label(weighed, told, level)
    left, right = (_values(told.name, record) for record in records)
    bits = None if label is None else float(weighed.fields[told.name][0])
    by_share = told.name == "names" and weighed.found.kind is not PartyKind.PERSON and label in NAMES_BY_SHARE
    return ComparedFeature(name=told.name, level=label, bits=bits, left=left, right=right, share=share if by_share else None)


def _label(weighed: Weighed, told: Comparison, level: int) -> str | None:
    """The level's name; of the names of persons, whose levels are weights, the kind of agreement."""
    if level < 0:
        return None
    if told.name == "names" and weighed.found.kind is PartyKind.PERSON:
        return KIND_WORDS.get(float(weighed.found.names[0]), told.levels[level].label)
    return told.levels[level].label


def _values(name: str, record: Record) -> tuple[str, ...]:
    """What a record says in one comparison, as it may be shown."""
    told = FIELDS[name](record) if name in FIELDS else [record.attributes.get(name)]
    return tuple(dict.fromkeys(value for value in told if value))[:VALUES_MAX]


def _attributes(record: Record, names: Sequence[str]) -> list[str | None]:
    return [record.attributes.get(name) for name in names]


def _masked(record: Record) -> list[str]:
    told = record.attributes.get(RESIDENT_MASKED)
    return [f"resident_id {told}"] if told else []


FIELDS: Mapping[str, Callable[[Record], Sequence[str | None]]] = {
    "names": lambda record: [name.text for name in record.names],
    "ids": lambda record: [*(f"{one.scheme} {displayable_value(one)}" for one in record.identifiers), *_masked(record)],
    "days": lambda record: [record.born_on or record.founded_on],
    "contacts": lambda record: [one.value for one in record.contacts],
    "places": lambda record: [*(one.text for one in record.addresses), *_attributes(record, BIRTH_PLACE)],
    "of_firms": lambda record: _attributes(record, OF_FIRM),
    "occupations": lambda record: _attributes(record, OCCUPATION),
    "genders": lambda record: _attributes(record, GENDER),
}
"""What is compared under each name; any other comparison is of the attribute of that name."""
