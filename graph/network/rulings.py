"""People's rulings on cases of circular trade, matched to the members as they are resolved today."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from graph.network.facts import FactColumns
from graph.network.links import Whole
from graph.network.parties import Parties
from ontology.ring import RingVerdict


@dataclass(frozen=True)
class Ruling:
    """The last ruling on one case. `nodes` are its members as they are resolved today, in order."""

    case_id: str
    verdict: RingVerdict
    by: str
    reason: str
    decided_at: datetime
    shape: str
    nodes: tuple[int, ...]


def rulings_from(columns: FactColumns, parties: Parties, nodes: Whole) -> tuple[Ruling, ...]:
    """The last ruling of every case, the oldest first; rows are one a ruling and party, in that order too."""
    members: dict[str, set[int]] = defaultdict(set)
    rows = {id_: row for row, id_ in enumerate(columns["id"])}
    for id_, entity in zip(columns["id"], columns["entity_id"], strict=True):
        if entity in parties.index:
            members[id_].add(int(nodes[parties.index[entity]]))
    last_ruling_ids = {columns["case_id"][row]: id_ for id_, row in rows.items()}
    in_order = sorted(last_ruling_ids.items(), key=lambda ruling: ruling[1])
    rulings = (
        Ruling(
            case_id=case_id,
            verdict=RingVerdict(columns["verdict"][rows[id_]]),
            by=columns["by"][rows[id_]],
            reason=columns["reason"][rows[id_]],
            decided_at=datetime.fromisoformat(columns["decided_at"][rows[id_]]),
            shape=columns["shape"][rows[id_]],
            nodes=tuple(sorted(members[id_])),
        )
        for case_id, id_ in in_order
    )
    return tuple(rulings)


def in_same_ring(
    rings: Iterable[tuple[int, ...]], left_nodes: NDArray[np.integer], right_nodes: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Per row whether both nodes are of one of these rings."""
    inside = np.zeros(len(left_nodes), np.bool_)
    for members in rings:
        inside |= np.isin(left_nodes, members) & np.isin(right_nodes, members)
    return inside
