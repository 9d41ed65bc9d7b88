"""Ties and shared values as the store keeps them, so that questions about neighbours need no computing."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from math import isnan

import pydantic_core

from graph.network.hubs import ADDRESS, CONTACT
from graph.network.network import Network, tie_id
from graph.network.successions import KIND as MAY_SUCCEED
from graph.network.successions import Succession
from ontology.entity import Tie
from ontology.rulebook_parts import TieClass
from store.port import Row
from store.rows import to_row

FOR_REVIEW = "for_review"
YUAN = "CNY"
LINKS_MAX = 200  # A tie of thousands of invoices names the first ones; all are in the source.


def hub_rows(network: Network) -> Iterator[Row]:
    """Rows of `network/put_hubs`."""
    hubs = network.hubs
    for hub in range(len(hubs)):
        yield {"id": hubs.id(hub), "kind": hubs.what(hub), "value": hubs.shown[hub], "n": len(hubs.sharers(hub))}


def tie_rows(network: Network, successions: tuple[Succession, ...]) -> Iterator[Row]:
    """Rows of `network/put_ties`: ties between parties, ties to shared values, possible successions."""
    yield from _tie_rows(network)
    for hub in range(len(network.hubs)):
        yield from _hub_ties(network, hub)
    for case in successions:
        yield to_row(succession_tie(network, case))


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


def _tie_rows(network: Network) -> Iterator[Row]:
    ties, ids, links, book = network.ties, network.parties.ids, network.facts.links, network.rulebook
    link_ids, amounts, currencies, roles = (links[name] for name in ("id", "amount", "currency", "role"))
    trade = [book.ties[kind].tie_class in (TieClass.TRADE, TieClass.AWARD) for kind in ties.kinds]
    told = (ties.kind, ties.source, ties.target, ties.share, ties.amount, ties.verified, ties.began, ties.ended)
    columns = [column.tolist() for column in (*told, ties.starts[:-1], ties.starts[1:])]
    behind = ties.links.tolist()
    for tie, (kind, source, target, share, amount, verified, began, ended, start, end) in enumerate(zip(*columns, strict=True)):
        rows = behind[start : min(end, start + LINKS_MAX)]
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
            "link_ids": _listed([link_ids[row] for row in rows]),
            "flags": _listed(list(ties.flags.get(tie, ()))),
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


def _listed(values: list[str]) -> str:
    return pydantic_core.to_json(values).decode() if values else "[]"
