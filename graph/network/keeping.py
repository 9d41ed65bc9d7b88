"""Ties and shared values as the store keeps them, so that questions about neighbours need no computing."""

import hashlib
from collections.abc import Iterator
from datetime import date
from math import isnan

import pydantic_core

from graph.network.hubs import ADDRESS, CONTACT
from graph.network.network import Network
from graph.network.successions import KIND as MAY_SUCCEED
from graph.network.successions import Succession
from ontology.entity import Tie
from ontology.rulebook_parts import TieClass
from store.port import Row
from store.rows import from_row, to_row

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
    for tie in range(len(network.ties)):
        yield _tie_row(network, tie)
    for hub in range(len(network.hubs)):
        yield from _hub_ties(network, hub)
    for case in successions:
        yield to_row(succession_tie(network, case))


def tie_of(network: Network, tie: int) -> Tie:
    """One tie as a word."""

    return from_row(Tie, _tie_row(network, tie))


def succession_tie(network: Network, case: Succession) -> Tie:
    """A possible succession as a tie for review, from the new firm to the old one."""
    ids, links = network.parties.ids, network.facts.links["id"]
    told = f"{MAY_SUCCEED}|{ids[case.new]}|{ids[case.old]}"
    behind = tuple(links[row] for tie in case.ties for row in network.link_rows(tie).tolist())
    return Tie(
        id=f"T-{hashlib.blake2b(told.encode(), digest_size=8).hexdigest()}",
        kind=MAY_SUCCEED,
        source_id=ids[case.new],
        target_id=ids[case.old],
        link_ids=behind,
        flags=(FOR_REVIEW, *(f"same_{sign}" for sign in case.signs)),
    )


def _tie_row(network: Network, tie: int) -> Row:
    ties, ids, columns = network.ties, network.parties.ids, network.facts.links
    rows = network.link_rows(tie)
    best, kind = int(rows[0]), ties.kinds[ties.kind[tie]]
    trade = network.rulebook.ties[kind].tie_class in (TieClass.TRADE, TieClass.AWARD)
    amount = float(ties.amount[tie])
    counted = trade and not isnan(amount)
    return {
        "id": network.tie_id(tie),
        "kind": kind,
        "source_id": ids[ties.source[tie]],
        "target_id": ids[ties.target[tie]],
        "share": None if isnan(ties.share[tie]) else round(float(ties.share[tie]), 6),
        "amount": round(amount, 2) if counted else columns["amount"][best],
        "currency": YUAN if counted else columns["currency"][best],
        "verified": bool(ties.verified[tie]),
        "role": columns["role"][best],
        "began_on": _day(int(ties.began[tie])),
        "ended_on": _day(int(ties.ended[tie])),
        "link_ids": _listed([columns["id"][row] for row in rows[:LINKS_MAX].tolist()]),
        "flags": _listed(list(ties.flags.get(tie, ()))),
    }


def _hub_ties(network: Network, hub: int) -> Iterator[Row]:
    hubs, ids = network.hubs, network.parties.ids
    kind = ADDRESS if hubs.kind[hub] == ADDRESS else CONTACT
    target = hubs.id(hub)
    for member in hubs.sharers(hub).tolist():
        told = f"{kind}|{ids[member]}|{target}".encode()
        id_ = f"T-{hashlib.blake2b(told, digest_size=8).hexdigest()}"
        yield to_row(Tie(id=id_, kind=kind, source_id=ids[member], target_id=target))


def _day(number: int) -> str | None:
    return date.fromordinal(number).isoformat() if number else None


def _listed(values: list[str]) -> str:

    return pydantic_core.to_json(values).decode() if values else "[]"
