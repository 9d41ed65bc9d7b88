"""Ties and shared values as rows of the store, so that queries for neighbours need no computation."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from math import isnan

import numpy as np
import pydantic_core
from numpy.typing import NDArray

from graph.network.hubs import ADDRESS, CONTACT
from graph.network.network import Network, tie_id
from graph.network.successions import KIND as MAY_SUCCEED
from graph.network.successions import Succession
from ontology.entity import Tie
from ontology.rulebook_parts import TieClass
from store.port import Row
from store.rows import from_row, to_row

HUB = "hub:"
"""How ids of shared addresses, phones … begin: `hub:<what>:…`."""
FOR_REVIEW = "for_review"
YUAN = "CNY"
LINKS_MAX = 200  # A tie of thousands of invoices names the first ones; all are in the source.


def hub_rows(network: Network) -> Iterator[Row]:
    """Rows of `network/put_hubs`."""
    hubs = network.hubs
    for hub in range(len(hubs)):
        yield {"id": hubs.id(hub), "kind": hubs.value_kind(hub), "value": hubs.display_values[hub], "n": len(hubs.sharers(hub))}


def tie_rows(network: Network, successions: tuple[Succession, ...]) -> Iterator[Row]:
    """Rows of `network/put_ties`: ties between parties, ties to shared values, possible successions."""
    yield from _tie_rows(network, np.arange(len(network.ties)))
    for hub in range(len(network.hubs)):
        yield from _hub_ties(network, hub)
    for case in successions:
        yield to_row(succession_tie(network, case))


def ties_around(network: Network, successions: Mapping[int, tuple[Succession, ...]], ids: Iterable[str]) -> list[Tie]:
    """The ties of `tie_rows` that touch any of these parties or shared values, ordered by id."""
    wanted_ids = set(ids)
    places = [network.parties.index[id_] for id_ in wanted_ids if id_ in network.parties.index]
    hubs = network.hubs
    near = np.unique(np.concatenate([np.empty(0, np.int64), *(network.ties_at(place) for place in places)]))
    touching = [from_row(Tie, row) for row in _tie_rows(network, near)]
    shared = {hub for place in places for hub in network.hubs_at(place).tolist()}
    if any(id_.startswith(HUB) for id_ in wanted_ids):
        shared |= {hub for hub in range(len(hubs)) if hubs.id(hub) in wanted_ids}
    for hub in shared:
        rows = (from_row(Tie, row) for row in _hub_ties(network, hub))
        touching += [tie for tie in rows if tie.source_id in wanted_ids or tie.target_id in wanted_ids]
    cases = (succession_tie(network, case) for node_cases in successions.values() for case in node_cases)
    touching += [tie for tie in cases if tie.source_id in wanted_ids or tie.target_id in wanted_ids]
    return sorted(touching, key=lambda tie: tie.id)


def succession_tie(network: Network, case: Succession) -> Tie:
    """A possible succession as a tie for review, from the new firm to the old one."""
    ids, links = network.parties.ids, network.facts.links["id"]
    behind = tuple(links[row] for tie in case.ties for row in network.link_rows(tie).tolist())
    return Tie(
        id=tie_id(MAY_SUCCEED, ids[case.new], ids[case.old]),
        kind=MAY_SUCCEED,
        source_id=ids[case.new],
        target_id=ids[case.old],
        link_ids=behind,
        flags=(FOR_REVIEW, *(f"same_{sign}" for sign in case.signs)),
    )


def _tie_rows(network: Network, places: NDArray[np.int64]) -> Iterator[Row]:
    ties, ids, links, book = network.ties, network.parties.ids, network.facts.links, network.rulebook
    link_ids, amounts, currencies, roles = (links[name] for name in ("id", "amount", "currency", "role"))
    trade = [book.ties[kind].tie_class in (TieClass.TRADE, TieClass.AWARD) for kind in ties.kinds]
    tie_columns = (ties.kind, ties.source, ties.target, ties.share, ties.amount, ties.verified, ties.began, ties.ended)
    columns = [column[places].tolist() for column in (*tie_columns, ties.starts[:-1], ties.starts[1:])]
    for tie, kind, source, target, share, amount, verified, began, ended, start, end in zip(
        places.tolist(), *columns, strict=True
    ):
        rows = ties.links[start : min(end, start + LINKS_MAX)].tolist()
        best, counted = rows[0], trade[kind] and not isnan(amount)
        yield {
            "id": tie_id(ties.kinds[kind], ids[source], ids[target]),
            "kind": ties.kinds[kind],
            "source_id": ids[source],
            "target_id": ids[target],
            "share": None if isnan(share) else round(share, 6),
            "amount": round(amount, 2) if counted else amounts[best],
            "currency": YUAN if counted else currencies[best],
            "verified": verified,
            "role": roles[best],
            "began_on": _day(began),
            "ended_on": _day(ended),
            "link_ids": _json_list([link_ids[row] for row in rows]),
            "flags": _json_list(list(ties.flags.get(tie, ()))),
        }


def _hub_ties(network: Network, hub: int) -> Iterator[Row]:
    hubs, ids = network.hubs, network.parties.ids
    kind = ADDRESS if hubs.kind[hub] == ADDRESS else CONTACT
    target = hubs.id(hub)
    blank = to_row(Tie(id="T-", kind=kind, source_id="T-", target_id=target))
    for member in hubs.sharers(hub).tolist():
        yield blank | {"id": tie_id(kind, ids[member], target), "source_id": ids[member]}


@lru_cache(maxsize=65536)
def _day(number: int) -> str | None:
    return date.fromordinal(number).isoformat() if number else None


def _json_list(values: list[str]) -> str:
    return pydantic_core.to_json(values).decode() if values else "[]"
