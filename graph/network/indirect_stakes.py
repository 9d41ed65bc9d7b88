"""Indirect stakes: the part that a stated chain of direct stakes already carries is not counted a second time."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from graph.network.facts import FactColumns
from graph.network.links import day_number
from graph.network.stakes import ALIKE

OWNS = "OWNS"
LEAST = 0.001  # A chain that carries less than a thousandth is followed no further.
Owners = Mapping[str, Mapping[str, float]]


def subtract_chained_stakes(links: FactColumns, *, as_of: date) -> FactColumns:
    """The links with each indirect stake reduced by the share that chains of direct stakes carry on the day.

    Where no source states such a chain, or none gives its shares, the disclosed share stays. `role` keeps the source's text.
    """
    if not any(links["indirect"]):
        return links
    owners, share = _direct_owners(links, as_of), list(links["share"])
    for row, indirect in enumerate(links["indirect"]):
        if indirect and share[row] and links["kind"][row] == OWNS and _in_force(links, row, as_of.toordinal()):
            beyond = share[row] - _chained_share(owners, links["source_id"][row], links["target_id"][row])
            share[row] = round(beyond, 10) if beyond > ALIKE else None
    return {**links, "share": share}


def _direct_owners(links: FactColumns, as_of: date) -> Owners:
    """Direct shares 0..1 in force on the day, by party owned and owner."""
    shares_by_owned: dict[str, dict[str, float]] = defaultdict(dict)
    columns = (links["kind"], links["indirect"], links["source_id"], links["target_id"], links["share"])
    for row, (kind, indirect, owner, owned, share) in enumerate(zip(*columns, strict=True)):
        if kind == OWNS and not indirect and share and owner != owned and _in_force(links, row, as_of.toordinal()):
            shares_by_owned[owned][owner] = max(share, shares_by_owned[owned].get(owner, 0.0))
    return shares_by_owned


def _chained_share(owners: Owners, owner: str, owned: str) -> float:
    """Share 0..1 of `owned` that chains over at least one party in between lead to `owner`."""
    total, waiting = (
        0.0,
        [(holder, share, frozenset((owned, holder))) for holder, share in owners.get(owned, {}).items() if holder != owner],
    )
    while waiting:
        holder, part, visited = waiting.pop()
        for above, share in owners.get(holder, {}).items():
            if above == owner:
                total += part * share
            elif above not in visited and part * share >= LEAST:
                waiting.append((above, part * share, visited | {above}))
    return min(total, 1.0)


def _in_force(links: FactColumns, row: int, day: int) -> bool:
    ended = day_number(links["ended_on"][row])
    return day_number(links["began_on"][row]) <= day and (not ended or ended > day)
