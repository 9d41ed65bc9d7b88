"""Stakes told as held through others: where the chain itself is told they are its sum, and add nothing to it."""

from collections import defaultdict, deque
from collections.abc import Mapping
from datetime import date

from graph.network.links import day_number
from store.port import Columns

OWNS = "OWNS"


def without_chained(links: Columns, *, as_of: date) -> Columns:
    """The same links, without the share of indirect stakes whose chain of direct ones is told on the day.

    Where no such chain is told the disclosed share is all there is, and counts. The source's own word stays in `role`.
    """
    if not any(links["indirect"]):
        return links
    owners, day = _direct_owners(links, as_of), as_of.toordinal()
    rows = [row for row, indirect in enumerate(links["indirect"]) if indirect and _stands(links, row, day)]
    ends = {row: (links["source_id"][row], links["target_id"][row]) for row in rows if links["kind"][row] == OWNS}
    chained = {row for row, (owner, owned) in ends.items() if _leads(owners, owner, owned)}
    share = [None if row in chained else told for row, told in enumerate(links["share"])]
    return links | {"share": share}


def _direct_owners(links: Columns, as_of: date) -> Mapping[str, set[str]]:
    """Who holds a stake in whom directly, by the party owned."""
    found: dict[str, set[str]] = defaultdict(set)
    columns = (links["kind"], links["indirect"], links["source_id"], links["target_id"])
    for row, (kind, indirect, owner, owned) in enumerate(zip(*columns, strict=True)):
        if kind == OWNS and not indirect and owner != owned and _stands(links, row, as_of.toordinal()):
            found[owned].add(owner)
    return found


def _leads(owners: Mapping[str, set[str]], owner: str, owned: str) -> bool:
    """Whether direct stakes lead from one party to another over at least one in between."""
    seen = owners.get(owned, set()) - {owner}
    waiting = deque(seen)
    while waiting:
        for above in owners.get(waiting.popleft(), ()):
            if above == owner:
                return True
            if above not in seen and above != owned:
                seen = seen | {above}
                waiting.append(above)
    return False


def _stands(links: Columns, row: int, day: int) -> bool:
    ended = day_number(links["ended_on"][row])
    return day_number(links["began_on"][row]) <= day and (not ended or ended > day)
