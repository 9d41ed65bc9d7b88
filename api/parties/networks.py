"""The surroundings of a party: the strongest first, shared addresses and phones never opened unasked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from api.context.explaining import explained
from api.context.kept_answers import exposures, scores_for, tie_counts, ties_of
from api.context.request_context import RequestContext
from api.parties.path_lines import path_lines
from api.parties.summaries import parties_by_id, party_refs
from api.parties.ties import has_ended, label_of, rows_behind
from api.schemas.networks import Edge, More, Network, Node
from graph.network.stored_ties import HUB
from ontology.base import PartyKind
from ontology.entity import Tie
from ontology.score import Score, Standing

NODES_MAX = 400
TIES_MAX = 1000
DEPTH_MAX = 3


@dataclass
class _Shown:
    """What has been taken into the picture so far, and what was seen but left out."""

    ids: list[str]
    seen: set[str]
    ties: dict[str, Tie] = field(default_factory=dict)


def network(context: RequestContext, focus: str, *, depth: int = 1, limit: int = 100, kinds: Collection[str] = ()) -> Network:
    """At most `limit` nodes within `depth` steps of the party, ranked by exposure, then share, then id."""
    shown = _Shown([focus], {focus})
    edge = [focus]
    for _ in range(min(depth, DEPTH_MAX)):
        edge = _step(context, shown, edge, limit=min(limit, NODES_MAX), kinds=kinds)
    ties = _among(shown)
    paths = path_lines(context.store, explained(context, focus).paths)
    return Network(
        focus=focus,
        nodes=_nodes(context, shown, ties),
        ties=_edges(context, ties),
        more=_more(shown),
        paths=paths,
        shown=len(shown.ids),
        total=len(shown.seen),
    )


def _step(context: RequestContext, shown: _Shown, edge: list[str], *, limit: int, kinds: Collection[str]) -> list[str]:
    """Look one step further from `edge`; returns the parties newly shown that may be looked further from."""
    found = [tie for tie in ties_of(context, edge) if not kinds or tie.kind in kinds] if edge else []
    shown.ties |= {tie.id: tie for tie in found}
    new = {end for tie in found for end in (tie.source_id, tie.target_id)} - shown.seen
    shown.seen |= new
    taken = _ranked(context, new, found)[: max(0, limit - len(shown.ids))]
    shown.ids += taken
    return [id_ for id_ in taken if not id_.startswith(HUB)]


def _ranked(context: RequestContext, ids: Iterable[str], ties: Iterable[Tie]) -> list[str]:
    """Greatest exposure first, then greatest share, then id."""
    wanted = sorted(ids)
    exposure = exposures(context, wanted)
    share: dict[str, float] = {}
    for tie in ties:
        for end in (tie.source_id, tie.target_id):
            share[end] = max(share.get(end, 0.0), tie.share or 0.0)
    return sorted(wanted, key=lambda id_: (-exposure.get(id_, 0.0), -share.get(id_, 0.0), id_))


def _among(shown: _Shown) -> list[Tie]:
    """Ties with both ends in the picture; beyond the cap the ones with the smallest share go."""
    held = set(shown.ids)
    both = [tie for tie in shown.ties.values() if tie.source_id in held and tie.target_id in held]
    kept = sorted(both, key=lambda tie: (-(tie.share or 0.0), tie.id))[:TIES_MAX]
    return sorted(kept, key=lambda tie: tie.id)


def _nodes(context: RequestContext, shown: _Shown, ties: list[Tie]) -> tuple[Node, ...]:
    refs = party_refs(context, shown.ids)
    parties = parties_by_id(context.store, shown.ids)
    scores = scores_for(context, shown.ids)
    exposure = exposures(context, shown.ids)
    counts = tie_counts(context, shown.ids)
    drawn = _ends(ties)
    return tuple(
        _node(
            refs[id_].model_dump(),
            parties.get(id_, {}),
            scores.get(id_),
            exposure.get(id_, 0.0),
            (counts.get(id_, 0), drawn.get(id_, 0)),
        )
        for id_ in shown.ids
        if id_ in refs
    )


def _node(
    ref: Mapping[str, object], party: Mapping[str, str | None], score: Score | None, exposure: float, ties: tuple[int, int]
) -> Node:
    person = ref["kind"] == PartyKind.PERSON
    own = score is not None and score.standing is Standing.LISTED
    return Node.model_validate(
        {
            **ref,
            "name_other": party.get("name_other"),
            "state": score.state if score else None,
            "standing": score.standing if score and (own or not person) else None,
            "listed": own,
            "exposure": 0.0 if person else min(1.0, exposure),
            "ties": ties[0],
            "shown_ties": ties[1],
        }
    )


def _edges(context: RequestContext, ties: list[Tie]) -> tuple[Edge, ...]:
    rows = rows_behind(context.store, ties)
    return tuple(
        Edge(
            **tie.model_dump(include={"id", "kind", "share", "amount", "currency", "began_on", "ended_on"}),
            label=label_of(context, tie),
            source=tie.source_id,
            target=tie.target_id,
            ended=has_ended(tie.ended_on, context),
            row_ids=rows[tie.id],
        )
        for tie in ties
    )


def _more(shown: _Shown) -> tuple[More, ...]:
    """Neighbours looked at and left out, by the shown party they hang on."""
    held = set(shown.ids)
    beyond: dict[str, set[str]] = {}
    for tie in shown.ties.values():
        for end, other in ((tie.source_id, tie.target_id), (tie.target_id, tie.source_id)):
            if end in held and other not in held:
                beyond.setdefault(end, set()).add(other)
    return tuple(More(id=id_, count=len(others)) for id_, others in sorted(beyond.items()))


def _ends(ties: Iterable[Tie]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for tie in ties:
        for end in {tie.source_id, tie.target_id}:
            counts[end] = counts.get(end, 0) + 1
    return counts
