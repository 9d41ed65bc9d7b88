"""The neighbourhood of a party, the strongest ties first; shared addresses and phones are expanded only on request."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from api.context.explanations import exposure_paths
from api.context.kept_answers import ScoreSummary, exposures, score_summaries, tie_counts, ties_of
from api.context.request_context import RequestContext
from api.parties.path_lines import path_lines
from api.parties.summaries import parties_by_id, party_refs
from api.parties.ties import has_ended, label_of, rows_behind
from api.schemas.networks import Edge, More, Network, Node
from graph.network.stored_ties import HUB
from ontology.base import PartyKind
from ontology.entity import Tie
from ontology.score import Standing

NODES_MAX = 400
TIES_MAX = 1000
DEPTH_MAX = 3


@dataclass
class _Picture:
    """What has been taken into the picture so far, and what was seen but left out."""

    ids: list[str]
    seen_ids: set[str]
    ties: dict[str, Tie] = field(default_factory=dict)


def network(context: RequestContext, focus: str, *, depth: int = 1, limit: int = 100, kinds: Collection[str] = ()) -> Network:
    """At most `limit` nodes within `depth` steps of the party, ranked by exposure, then share, then id."""
    picture = _Picture([focus], {focus})
    edge = [focus]
    for _ in range(min(depth, DEPTH_MAX)):
        edge = _step(context, picture, edge, limit=min(limit, NODES_MAX), kinds=kinds)
    ties = _ties_in_picture(picture)
    paths = path_lines(context.store, exposure_paths(context, focus))
    return Network(
        focus=focus,
        nodes=_nodes(context, picture, ties),
        ties=_edges(context, ties),
        more=_left_out(picture),
        paths=paths,
        shown=len(picture.ids),
        total=len(picture.seen_ids),
    )


def _step(context: RequestContext, picture: _Picture, edge: list[str], *, limit: int, kinds: Collection[str]) -> list[str]:
    """Look one step further from `edge`; returns the parties newly shown that may be looked further from."""
    ties = [tie for tie in ties_of(context, edge) if not kinds or tie.kind in kinds] if edge else []
    picture.ties |= {tie.id: tie for tie in ties}
    new = {end for tie in ties for end in (tie.source_id, tie.target_id)} - picture.seen_ids
    picture.seen_ids |= new
    added_ids = _rank_neighbours(context, new, ties)[: max(0, limit - len(picture.ids))]
    picture.ids += added_ids
    return [id_ for id_ in added_ids if not id_.startswith(HUB)]


def _rank_neighbours(context: RequestContext, ids: Iterable[str], ties: Iterable[Tie]) -> list[str]:
    """Greatest exposure first, then greatest share, then id."""
    sorted_ids = sorted(ids)
    exposure = exposures(context, sorted_ids)
    share: dict[str, float] = {}
    for tie in ties:
        for end in (tie.source_id, tie.target_id):
            share[end] = max(share.get(end, 0.0), tie.share or 0.0)
    return sorted(sorted_ids, key=lambda id_: (-exposure.get(id_, 0.0), -share.get(id_, 0.0), id_))


def _ties_in_picture(picture: _Picture) -> list[Tie]:
    """Ties with both ends in the picture; beyond the cap the ones with the smallest share go."""
    shown_ids = set(picture.ids)
    inner_ties = [tie for tie in picture.ties.values() if tie.source_id in shown_ids and tie.target_id in shown_ids]
    widest_ties = sorted(inner_ties, key=lambda tie: (-(tie.share or 0.0), tie.id))[:TIES_MAX]
    return sorted(widest_ties, key=lambda tie: tie.id)


def _nodes(context: RequestContext, picture: _Picture, ties: list[Tie]) -> tuple[Node, ...]:
    refs = party_refs(context, picture.ids)
    parties = parties_by_id(context.store, picture.ids)
    scores = score_summaries(context, picture.ids)
    exposure = exposures(context, picture.ids)
    counts = tie_counts(context, picture.ids)
    drawn = _ends(ties)
    return tuple(
        _node(
            refs[id_].model_dump(),
            parties.get(id_, {}),
            scores.get(id_),
            exposure.get(id_, 0.0),
            (counts.get(id_, 0), drawn.get(id_, 0)),
        )
        for id_ in picture.ids
        if id_ in refs
    )


def _node(
    ref: Mapping[str, object], party: Mapping[str, str | None], score: ScoreSummary | None, exposure: float, ties: tuple[int, int]
) -> Node:
    person = ref["kind"] == PartyKind.PERSON
    is_listed = score is not None and score.standing is Standing.LISTED
    return Node.model_validate(
        {
            **ref,
            "name_other": party.get("name_other"),
            "state": score.state if score else None,
            "standing": score.standing if score and (is_listed or not person) else None,
            "listed": is_listed,
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


def _left_out(picture: _Picture) -> tuple[More, ...]:
    """Neighbours looked at and left out, by the shown party they hang on."""
    shown_ids = set(picture.ids)
    neighbours_by_party: dict[str, set[str]] = {}
    for tie in picture.ties.values():
        for end, neighbour in ((tie.source_id, tie.target_id), (tie.target_id, tie.source_id)):
            if end in shown_ids and neighbour not in shown_ids:
                neighbours_by_party.setdefault(end, set()).add(neighbour)
    return tuple(More(id=id_, count=len(neighbours)) for id_, neighbours in sorted(neighbours_by_party.items()))


def _ends(ties: Iterable[Tie]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for tie in ties:
        for end in {tie.source_id, tie.target_id}:
            counts[end] = counts.get(end, 0) + 1
    return counts
