"""Descriptions of parties -> the parties of a store that they may mean, each with its score and what it is made of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ontology.base import PartyKind
from ontology.entity import Entity
from ontology.record import Record
from resolution.live.memory import Memory
from resolution.records.analysed import Analysed
from resolution.screening.calibration import Calibration, feature_odds, probability
from resolution.screening.candidates import CANDIDATES_MAX, propose_parties
from resolution.screening.comparison import ComparedPairs, compare_forms
from resolution.screening.forms import SIDES, party_form, party_sides
from store.port import Store


@dataclass(frozen=True)
class ScoredParty:
    """A party that a description may mean.

    odds:   log odds by feature, 0.0 where it cannot be compared; `names` holds what speaks against any two being one.
    levels: by feature how well it agrees, in the words of the comparisons; "" where it cannot be compared.
    score:  the chance that the party is meant, 0..1, that the odds come to.
    """

    entity: Entity
    side: PartyKind
    odds: Mapping[str, float]
    levels: Mapping[str, str]
    score: float


@dataclass(frozen=True)
class SidePair:
    """A description and a party on one side: positions among the forms of the side."""

    query: int
    left: int
    right: int
    entity: Entity


def screen_records(
    store: Store,
    memory: Memory,
    records: Sequence[Record],
    *,
    limit: int = CANDIDATES_MAX,
    calibrated: Calibration | None = None,
) -> list[list[ScoredParty]]:
    """For each description the parties compared with it, the highest score first, of equal ones by id; at most `limit` a side.

    A description of unknown kind is compared with persons and firms; a party of unknown kind under both, the better one counts.
    """
    best: list[dict[str, ScoredParty]] = [{} for _ in records]
    for side, forms, pairs in pairs_by_side(store, memory, records, limit):
        compared = compare_forms(
            side, forms, ([pair.left for pair in pairs], [pair.right for pair in pairs]), memory.bases[side].statistics
        )
        for pair, scored in zip(pairs, score_pairs(compared, [pair.entity for pair in pairs], calibrated), strict=True):
            other_side = best[pair.query].get(pair.entity.id)
            if other_side is None or scored.score > other_side.score:
                best[pair.query][pair.entity.id] = scored
    return [sorted(parties.values(), key=lambda party: (-party.score, party.entity.id)) for parties in best]


def score_pairs(compared: ComparedPairs, entities: Sequence[Entity], calibrated: Calibration | None = None) -> list[ScoredParty]:
    """The score of each compared pair, whose party stands at its place in `entities`."""
    odds = feature_odds(compared, calibrated)
    scores = probability(np.sum(list(odds.values()), axis=0)).tolist()
    columns = {feature: column.tolist() for feature, column in odds.items()}
    return [
        ScoredParty(
            entity,
            compared.side,
            {feature: column[row] for feature, column in columns.items()},
            {feature: compared.levels[feature][row] for feature in columns},
            scores[row],
        )
        for row, entity in enumerate(entities)
    ]


def pairs_by_side(
    store: Store, memory: Memory, records: Sequence[Record], limit: int = CANDIDATES_MAX
) -> list[tuple[PartyKind, list[Analysed], list[SidePair]]]:
    """The forms of each side, and the pairs of them that are compared; a side without any is left out."""
    described: dict[PartyKind, list[tuple[int, Analysed]]] = defaultdict(list)
    for query, record in enumerate(records):
        for side in party_sides(record.kind):
            described[side].append((query, party_form(record, side, memory.crowded[side])))
    flat = [(side, query, form) for side in SIDES for query, form in described[side]]
    proposed = propose_parties(store, memory, [form for _, _, form in flat], limit=limit)
    entities = read_parties(store, {party for parties in proposed for party in parties})
    sides: dict[PartyKind, tuple[list[Analysed], list[SidePair], dict[str, int]]] = {side: ([], [], {}) for side in SIDES}
    for (side, query, form), parties in zip(flat, proposed, strict=True):
        forms, pairs, place_of = sides[side]
        left = len(forms)
        forms.append(form)
        for entity in (entities[party] for party in parties if party in entities and side in party_sides(entities[party].kind)):
            if entity.id not in place_of:
                place_of[entity.id] = len(forms)
                forms.append(party_form(entity, side, memory.crowded[side]))
            pairs.append(SidePair(query, left, place_of[entity.id], entity))
    return [(side, forms, pairs) for side, (forms, pairs, _) in sides.items() if pairs]


def read_parties(store: Store, ids: set[str]) -> dict[str, Entity]:
    """These parties by id, as far as they are there."""
    rows = store.read("entities/entities_by_ids", ids=sorted(ids)) if ids else []
    return {row["id"]: Entity.model_validate_json(row["document"]) for row in rows}
