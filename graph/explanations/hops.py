"""Hops of a path with their ends, labels, figures and the source rows behind them."""

from dataclasses import dataclass
from datetime import date
from math import isnan

from pydantic import Field

from graph.network.edges import Edges
from graph.network.hubs import ADDRESS
from graph.network.network import Network
from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.rulebook_parts import Language


class Party(ImmutableModel):
    """A party in a path, short."""

    id: Identity = Field(description="Id of the party.")
    name: str = Field(description="Its name.")
    kind: PartyKind = Field(description="What it is.")


class Via(ImmutableModel):
    """The person, or the shared value, that a derived tie runs through."""

    id: Identity
    name: str


class Hop(ImmutableModel):
    """One hop from `source` (nearer to the listed party) to `target`; `towards_source` where the tie itself points back.

    `share` 0..1; `part` is the tie's part of the target's whole trade, 0..1; `coefficient` 0..1 is what the hop lets pass.
    """

    source: Party
    target: Party
    kind: str
    label: str
    towards_source: bool
    tie_id: Identity
    coefficient: float
    via: Via | None = None
    roles: tuple[str, ...] = ()
    share: float | None = None
    part: float | None = None
    amount: float | None = None
    currency: str | None = None
    began_on: str | None = None
    ended_on: str | None = None
    flags: tuple[str, ...] = ()
    link_ids: tuple[Identity, ...] = ()
    row_ids: tuple[Identity, ...] = ()
    record_ids: tuple[Identity, ...] = ()
    datasets: tuple[str, ...] = ()


@dataclass(frozen=True)
class HopEdge:
    """One hop in numbers: nodes, coefficient, and where it comes from: a tie, a pair (origin < 0) or a shared value."""

    source: int
    target: int
    coefficient: float
    origin: int | None
    hub: int | None
    edges: Edges | None = None


ROWS_MAX = 20  # Enough to follow; the tie's own page has them all.


def hop(network: Network, hop_edge: HopEdge, *, language: Language) -> Hop:
    """The hop with its evidence."""
    if hop_edge.hub is not None:
        return _over_value(network, hop_edge, hop_edge.hub, language)
    if hop_edge.origin is not None and hop_edge.origin < 0:
        return _over_person(network, hop_edge, -1 - hop_edge.origin, language)
    return _over_tie(network, hop_edge, hop_edge.origin or 0, language)


def party(network: Network, place: int, language: Language) -> Party:
    """The party at a place of the network, for a path."""
    parties = network.parties
    return Party(id=parties.ids[place], name=parties.display_name(place, language), kind=parties.kind_of(place))


def _over_tie(network: Network, hop_edge: HopEdge, tie: int, language: Language) -> Hop:
    ties = network.ties
    back = hop_edge.target in (int(ties.source[tie]), int(network.nodes[ties.source[tie]]))
    kind = ties.kinds[ties.kind[tie]]
    source, target = int(ties.source[tie]), int(ties.target[tie])
    part = float((ties.part_of_source if back else ties.part_of_target)[tie])
    share = float(ties.share[tie])
    return Hop(
        source=party(network, target if back else source, language),
        target=party(network, source if back else target, language),
        kind=kind,
        label=network.rulebook.ties[kind].label(language, outward=not back),
        towards_source=back,
        tie_id=network.tie_id(tie),
        coefficient=hop_edge.coefficient,
        share=None if isnan(share) else round(share, 6),
        part=round(part, 6) if part else None,
        amount=_amount(network, tie),
        currency=_currency(network, tie),
        began_on=_iso(int(ties.began[tie])),
        ended_on=_iso(int(ties.ended[tie])),
        flags=ties.flags.get(tie, ()),
        **_evidence(network, [tie]),
    )


def _over_person(network: Network, hop_edge: HopEdge, pair: int, language: Language) -> Hop:
    pairs, ties = hop_edge.edges.pairs if hop_edge.edges else network.any_pairs, network.ties
    person = int(pairs.person[pair])
    legs = {int(pairs.left[pair]): int(pairs.tie1[pair]), int(pairs.right[pair]): int(pairs.tie2[pair])}
    ordered = [legs[hop_edge.source], legs[hop_edge.target]]
    return Hop(
        source=party(network, hop_edge.source, language),
        target=party(network, hop_edge.target, language),
        kind="CO_CONTROLLED",
        label=network.rulebook.ties["CO_CONTROLLED"].label(language),
        towards_source=False,
        tie_id=network.tie_id(ordered[0]),
        coefficient=hop_edge.coefficient,
        via=Via(id=network.parties.ids[person], name=network.parties.display_name(person, language)),
        roles=tuple(ties.kinds[ties.kind[tie]] for tie in ordered),
        **_evidence(network, ordered),
    )


def _over_value(network: Network, hop_edge: HopEdge, hub: int, language: Language) -> Hop:
    hubs = network.hubs
    kind = hubs.kind[hub]
    ends = [_sharer(network, hub, node) for node in (hop_edge.source, hop_edge.target)]
    return Hop(
        source=party(network, ends[0], language),
        target=party(network, ends[1], language),
        kind=kind,
        label=network.rulebook.ties[kind].label(language),
        towards_source=False,
        tie_id=hubs.id(hub),
        coefficient=hop_edge.coefficient,
        via=Via(id=hubs.id(hub), name=hubs.display_values[hub] if kind == ADDRESS else _masked(hubs.display_values[hub])),
        record_ids=tuple(_records(network, ends)),
    )


def _sharer(network: Network, hub: int, node: int) -> int:
    """The party of a node that has the value."""
    sharers: list[int] = network.hubs.sharers(hub).tolist()
    return next(sharer for sharer in sharers if node in (sharer, int(network.nodes[sharer])))


def _records(network: Network, ends: list[int]) -> list[str]:
    """A shared value is told by the parties' records, not by links."""
    return [record_id for end in ends for record_id in (network.parties.documents[end].get("record_ids") or ())[:ROWS_MAX]]


def _masked(contact: str) -> str:
    return (
        contact
        if len(contact) < 5
        else contact[: len(contact) // 2] + "*" * (len(contact) - len(contact) // 2 - 2) + contact[-2:]
    )


def _evidence(network: Network, ties: list[int]) -> dict[str, tuple[str, ...]]:
    rows = [row for tie in ties for row in network.link_rows(tie)[:ROWS_MAX].tolist()]
    links = network.facts.links
    return {
        "link_ids": tuple(links["id"][row] for row in rows),
        "row_ids": tuple(dict.fromkeys(links["row_id"][row] for row in rows)),
        "datasets": tuple(sorted({links["dataset"][row] for row in rows})),
    }


def _amount(network: Network, tie: int) -> float | None:
    amount = float(network.ties.amount[tie])
    return None if isnan(amount) else round(amount, 2)


def _currency(network: Network, tie: int) -> str | None:
    return None if _amount(network, tie) is None else "CNY"


def _iso(number: int) -> str | None:
    return date.fromordinal(number).isoformat() if number else None
