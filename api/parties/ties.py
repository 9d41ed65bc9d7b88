"""The ties of a party, each with its source rows."""

from collections.abc import Iterable

from api.context.kept_answers import ties_of
from api.context.pages import WHOLE_LIST, PageRequest, page_of
from api.context.request_context import RequestContext
from api.parties.summaries import party_refs
from api.schemas.parties import Direction, PartyRef, ShownTie, Ties
from api.words import percent, words
from graph.network.stored_ties import HUB
from ontology.entity import Tie
from store.port import Store


def party_ties(context: RequestContext, entity_id: str, page: PageRequest = WHOLE_LIST) -> Ties:
    """Ties of the party: in force first, then by kind and the other's name. Raises CursorInvalid."""
    ties = ties_of(context, [entity_id])
    refs = party_refs(context, (_other_end(tie, entity_id) for tie in ties))
    rows = rows_behind(context.store, ties)
    shown_ties = [
        _shown_tie(tie, entity_id, context, refs[_other_end(tie, entity_id)], rows)
        for tie in ties
        if _other_end(tie, entity_id) in refs
    ]
    tie_page = page_of(
        shown_ties,
        page,
        place=lambda tie: (int(has_ended(tie.ended_on, context)), tie.kind, tie.other.name, tie.id),
        question=f"ties {entity_id} {context.as_of}",
    )
    return Ties(ties=tie_page.lines, next=tie_page.next)


def rows_behind(store: Store, ties: Iterable[Tie]) -> dict[str, tuple[str, ...]]:
    """Source row ids by tie id."""
    listed_ties = list(ties)
    link_ids = sorted({link_id for tie in listed_ties for link_id in tie.link_ids})
    rows = {row["id"]: row["row_id"] for row in store.read("network/links_by_ids", ids=link_ids)}
    return {tie.id: tuple(dict.fromkeys(rows[id_] for id_ in tie.link_ids if id_ in rows)) for tie in listed_ties}


def label_of(context: RequestContext, tie: Tie, *, outward: bool = True) -> str:
    """The label of a tie, read from its source or from its target; a tie to a shared value names what is shared."""
    if tie.target_id.startswith(HUB):
        return words(context.lang)(f"shared.{tie.target_id.split(':')[1]}")
    rule = context.rulebook.ties.get(tie.kind)
    return rule.label(context.lang, outward=outward) if rule else tie.kind.lower().replace("_", " ")


def has_ended(ended_on: object, context: RequestContext) -> bool:
    """Whether a tie no longer holds on the day asked for."""
    return ended_on is not None and str(ended_on) <= context.as_of.isoformat()


def stake_text(tie: ShownTie) -> str:
    """The stake of a tie as text after a name: the share that counts, and the source's wording where it says more."""
    share = [percent(tie.share)] if tie.share is not None else []
    source_wording = [tie.role] if tie.role and "%" in tie.role else []
    return f" ({'; '.join(share + source_wording)})" if share or source_wording else ""


def _other_end(tie: Tie, entity_id: str) -> str:
    return tie.target_id if tie.source_id == entity_id else tie.source_id


def _shown_tie(
    tie: Tie, entity_id: str, context: RequestContext, other_ref: PartyRef, rows: dict[str, tuple[str, ...]]
) -> ShownTie:
    outward = tie.source_id == entity_id
    rule = context.rulebook.ties.get(tie.kind)
    is_symmetric = rule is not None and rule.symmetric
    direction = Direction.BOTH if is_symmetric else Direction.OUT if outward else Direction.IN
    copied = tie.model_dump(include={"id", "kind", "share", "amount", "currency", "role", "began_on", "ended_on", "flags"})
    label = label_of(context, tie, outward=outward)
    return ShownTie(**copied, label=label, direction=direction, other=other_ref, row_ids=rows[tie.id])
