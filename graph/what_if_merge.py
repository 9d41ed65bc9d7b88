"""What a network would be if two parties were one: the same statements under one name, computed and never kept."""

from graph.network.facts import BULK, Facts
from graph.network.network import network_from
from graph.scores.scoring import Scoring
from graph.signals.signals import Signals
from store.port import Columns

NAMING = ("entity_id", "source_id", "target_id", "reporter_id", "subject_id")
"""Columns that name a party."""


def joined(opened: Scoring, *, kept_id: str, gone_id: str, document: str) -> Scoring:
    """Scores as they would be with `gone_id` joined into `kept_id`, whose entity would then be `document` (JSON)."""
    network = opened.network
    told = {name: _renamed(getattr(network.facts, name), gone_id, kept_id) for name in BULK}
    facts = Facts(**(told | {"entities": _entities(network.facts.entities, kept_id, gone_id, document)}))
    merged = network_from(facts, rulebook=network.rulebook, as_of=network.as_of)
    return Scoring(merged, Signals(merged, tuple(kept_id if one == gone_id else one for one in opened.signals.seeds)))


def _renamed(columns: Columns, gone: str, kept: str) -> Columns:
    return {
        name: [kept if value == gone else value for value in values] if name in NAMING else values
        for name, values in columns.items()
    }


def _entities(columns: Columns, kept: str, gone: str, document: str) -> Columns:
    rows = [row for row, id_ in enumerate(columns["id"]) if id_ != gone]
    found = {name: [values[row] for row in rows] for name, values in columns.items()}
    found["document"][found["id"].index(kept)] = document
    return found
