"""Ties between parties as edge entities, each under its own id; what kith derives by itself is no fact and is not among them."""

from collections.abc import Iterable, Mapping

from api.context.request_context import RequestContext
from api.contract.ftm_model import schemata
from api.contract.ftm_properties import collect
from api.contract.ftm_tables import EdgeEnds, ftm_tables
from api.schemas.ftm_entities import FtmEntity
from graph.network.stored_ties import HUB
from ontology.entity import Tie
from store.rows import from_row

TIES_MAX = 10_000  # Of one party; the most that the store is asked for at once.


def stated_ties(context: RequestContext, ids: Iterable[str], limit: int = TIES_MAX) -> list[Tie]:
    """Ties with an end among these parties that sources state, by id, as the last run kept them; no network is loaded."""
    rows = context.store.read("contract/stated_ties", ids=list(ids), not_stated=sorted(ftm_tables().not_stated), limit=limit)
    return [from_row(Tie, row) for row in rows if not row["target_id"].startswith(HUB)]


def ends_of(tie: Tie, schema_by_party: Mapping[str, str]) -> EdgeEnds:
    """Schema and end properties of a tie: those of its kind, or of any tie where an end is of a schema that they do not take."""
    edge = ftm_tables().ties.get(tie.kind)
    if edge is None:
        return ftm_tables().any_tie
    by_role = (ends for word, ends in edge.roles.items() if word in (tie.role or "").lower())
    ends = next(by_role, edge)
    return ends if _takes(ends, tie, schema_by_party) else ftm_tables().any_tie


def edge_entity(context: RequestContext, tie: Tie, schema_by_party: Mapping[str, str]) -> FtmEntity:
    """A tie as an entity that names both its ends by id."""
    ends, rule = ends_of(tie, schema_by_party), context.rulebook.ties.get(tie.kind)
    label = rule.label(context.lang, outward=True) if rule else tie.kind.lower().replace("_", " ")
    role = tie.role or label
    pairs = [
        (ends.source, tie.source_id),
        (ends.target, tie.target_id),
        ("role", role),
        ("relationship", role),
        ("percentage", f"{100 * tie.share:g}" if tie.share is not None else ""),
        ("amount", f"{tie.amount:.2f}" if tie.amount is not None else ""),
        ("currency", tie.currency or ""),
        ("startDate", tie.began_on.isoformat() if tie.began_on else ""),
        ("endDate", tie.ended_on.isoformat() if tie.ended_on else ""),
        ("summary", label),
    ]
    properties = collect(ends.schema_name, pairs)
    return FtmEntity(id=tie.id, caption=label, schema_=ends.schema_name, properties=properties)


def _takes(ends: EdgeEnds, tie: Tie, schema_by_party: Mapping[str, str]) -> bool:
    declared = schemata()[ends.schema_name].properties
    sides = ((ends.source, tie.source_id), (ends.target, tie.target_id))
    return all(_is_in_range(schema_by_party.get(party), declared[prop].range) for prop, party in sides)


def _is_in_range(schema: str | None, range_: str | None) -> bool:
    return schema is not None and range_ is not None and schemata()[schema].is_a(range_)
