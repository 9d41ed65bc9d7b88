"""What a verdict would change: records, listings and scores that would be another party's, tried out without writing."""

from collections.abc import Collection, Sequence

from api.context.request_context import RequestContext
from api.parties.summaries import parties_by_id, party_refs
from api.schemas.reviews import Effects, ShownConflict
from api.words import Words, words
from graph.network.listings import listings_on_day
from graph.scores.scoring import Scoring
from graph.what_if_merge import merge_parties
from ontology.base import PartyKind
from ontology.entity import Entity
from ontology.judgement import Verdict
from ontology.listing import Listing
from ontology.record import Record
from resolution.entities.assembly import assemble
from resolution.judgements.record_parties import parties_of
from resolution.judgements.verdicts import Pair
from store.port import Store
from store.rows import from_row

TRIED_PARTIES_MAX = 20_000
"""Up to so many parties the whole network is scored anew to try a verdict out (about a second); beyond, scores follow."""


def effects(
    context: RequestContext, verdict: Verdict, pairs: Sequence[Pair], *, contradicted: tuple[ShownConflict, ...] = ()
) -> Effects:
    """What a verdict on these pairs of records, the first of them the strongest, would change for their parties."""
    say = words(context.lang)
    party = parties_of(context.store, pairs[0])
    left, right = (party.get(one) for one in pairs[0])
    if left is None or right is None:
        return Effects(sentences=(say("effects.unresolved"),), conflicts=contradicted)
    if verdict is Verdict.SAME and contradicted:
        return Effects(sentences=(say("effects.contradicted"),), conflicts=contradicted)
    if verdict is Verdict.SAME and left != right:
        return _joined(context, (left, right), frozenset(one for pair in pairs for one in pair))
    return Effects(sentences=(_unchanged(context, say, verdict, left, right),), conflicts=contradicted)


def _unchanged(context: RequestContext, say: Words, verdict: Verdict, left: str, right: str) -> str:
    if verdict is Verdict.UNSURE:
        return say("effects.unsure")
    if verdict is Verdict.SAME:
        return say("effects.same_already")
    if left != right:
        return say("effects.different_already")
    row = parties_by_id(context.store, [left])[left]
    return say("effects.parted", name=row["name"], records=len(Entity.model_validate_json(row["document"]).record_ids))


def _joined(context: RequestContext, ends: Pair, judged: Collection[str]) -> Effects:
    """Two parties of which every record is judged become one; where only some are, the others may go either way."""
    store, say = context.store, words(context.lang)
    parties = [Entity.model_validate_json(row["document"]) for row in parties_by_id(store, ends).values()]
    kept, gone = sorted(parties, key=lambda one: (-len(one.record_ids), one.id))
    refs = party_refs(context, ends)
    own, others = _in_force(context, kept.id), _in_force(context, gone.id)
    if rest := {*kept.record_ids, *gone.record_ids} - set(judged):
        open_ = say("effects.records_only", records=len(rest), name=kept.name, other=gone.name)
        return Effects(second_person=bool(own or others), sentences=(open_,))
    before, after, told = _scores(context, kept, gone, say)
    names = {"name": kept.name, "other": gone.name}
    sentences = [say("effects.joined", records=len(gone.record_ids), kept=kept.id, gone=gone.id, **names)]
    sentences += [say("effects.listings", count=len(others), **names)] if others else []
    sentences += [say("effects.comes_under", count=len(own), **names)] if own else []
    sentences += [say("effects.no_listing")] if not own and not others else []
    return Effects(
        kept=refs[kept.id],
        gone=refs[gone.id],
        records=len(gone.record_ids),
        listings=len(own) + len(others),
        score_before=before,
        score_after=after,
        second_person=bool(own or others),
        sentences=(*sentences, *told),
    )


def _scores(context: RequestContext, kept: Entity, gone: Entity, say: Words) -> tuple[int | None, int | None, tuple[str, ...]]:
    """Score of the kept party today and joined, and that in words; nothing for persons, who are not scored."""
    if kept.kind is PartyKind.PERSON:
        return None, None, ()
    opened = context.scoring()
    network = opened.network
    if kept.id not in network.parties.index or gone.id not in network.parties.index:
        return None, None, (say("effects.score_later"),)
    before = opened.score(network.parties.index[kept.id]).value
    if len(network) > TRIED_PARTIES_MAX:
        return before, None, (say("effects.score_later"),)
    after = _tried(context.store, opened, kept, gone)
    return before, after, (_told(say, before, after, kept.name),)


def _tried(store: Store, opened: Scoring, kept: Entity, gone: Entity) -> int | None:
    rows = store.read("entities/records_by_ids", ids=[*kept.record_ids, *gone.record_ids])
    whole = assemble(kept.id, [from_row(Record, row) for row in rows])
    merged = merge_parties(
        opened, surviving_id=kept.id, absorbed_id=gone.id, document=whole.model_dump_json(exclude_defaults=True)
    )
    return merged.score(merged.network.parties.index[kept.id]).value


def _told(say: Words, before: int | None, after: int | None, name: str) -> str:
    if before is None and after is None:
        return say("effects.no_score")
    if before == after:
        return say("effects.score_stays", name=name, score=after)
    if before is None:
        return say("effects.score_new", name=name, after=after)
    return say("effects.score_lost" if after is None else "effects.score_moves", name=name, before=before, after=after)


def _in_force(context: RequestContext, entity_id: str) -> list[Listing]:
    """Listings of the party that bind on the day and may be shown."""
    listings = (from_row(Listing, row) for row in context.store.read("network/listings_of", entity_id=entity_id))
    listed = listings_on_day(listings, rulebook=context.rulebook, as_of=context.as_of)
    return [one.listing for one in listed if one.active]
