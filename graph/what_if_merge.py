"""Scores of a network in which two parties are merged, computed from the same statements and never stored."""

from graph.network.facts import BULK, FactColumns, Facts
from graph.network.network import network_from
from graph.scores.scoring import Scoring
from graph.signals.signals import Signals

NAMING = ("entity_id", "source_id", "target_id", "reporter_id", "subject_id")
"""Columns that name a party."""


def merge_parties(scoring: Scoring, facts: Facts, *, surviving_id: str, absorbed_id: str, document: str) -> Scoring:
    """Scores as they would be with `absorbed_id` merged into `surviving_id`, whose entity would then be `document` (JSON).

    facts: all that the store states; a kept network holds a part of it.
    """
    network = scoring.network
    columns_by_fact = {name: _with_renamed_party(getattr(facts, name), absorbed_id, surviving_id) for name in BULK}
    entities = _without_absorbed(facts.entities, surviving_id, absorbed_id, document)
    merged_facts = Facts(**(columns_by_fact | {"entities": entities}))
    merged_network = network_from(merged_facts, rulebook=network.rulebook, as_of=network.as_of)
    return Scoring(
        merged_network,
        Signals(merged_network, tuple(surviving_id if seed_id == absorbed_id else seed_id for seed_id in scoring.signals.seeds)),
    )


def _with_renamed_party(columns: FactColumns, absorbed_id: str, surviving_id: str) -> FactColumns:
    return {
        name: [surviving_id if value == absorbed_id else value for value in values] if name in NAMING else values
        for name, values in columns.items()
    }


def _without_absorbed(columns: FactColumns, surviving_id: str, absorbed_id: str, document: str) -> FactColumns:
    rows = [row for row, id_ in enumerate(columns["id"]) if id_ != absorbed_id]
    merged_columns = {name: [values[row] for row in rows] for name, values in columns.items()}
    merged_columns["document"][merged_columns["id"].index(surviving_id)] = document
    return merged_columns
