"""What a verdict would change: records, listings and scores that would be another party's, tried out without writing."""

from collections.abc import Collection, Sequence

from api.context.request_context import RequestContext
from api.parties.summaries import parties_by_id, party_refs
from api.schemas.reviews import Effects, ShownConflict
from api.words import Words, words
from graph.network.facts import read_facts
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
    left, right = (party.get(record_id) for record_id in pairs[0])
    if left is None or right is None:
        return Effects(sentences=(say("effects.unresolved"),), conflicts=contradicted)
    if verdict is Verdict.SAME and contradicted:
        return Effects(sentences=(say("effects.contradicted"),), conflicts=contradicted)
    if verdict is Verdict.SAME and left != right:
        return _effects_of_joining(context, (left, right), frozenset(record_id for pair in pairs for record_id in pair))
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


def _effects_of_joining(context: RequestContext, ends: Pair, judged: Collection[str]) -> Effects:
    """Two parties of which every record is judged become one; where only some are, the others may go either way."""
    store, say = context.store, words(context.lang)
    parties = [Entity.model_validate_json(row["document"]) for row in parties_by_id(store, ends).values()]
    survivor, absorbed = sorted(parties, key=lambda party: (-len(party.record_ids), party.id))
    refs = party_refs(context, ends)
    survivor_listings, absorbed_listings = _in_force(context, survivor.id), _in_force(context, absorbed.id)
    if unjudged := {*survivor.record_ids, *absorbed.record_ids} - set(judged):
        sentence = say("effects.records_only", records=len(unjudged), name=survivor.name, other=absorbed.name)
        return Effects(second_person=bool(survivor_listings or absorbed_listings), sentences=(sentence,))
    before, after, score_sentences = _scores(context, survivor, absorbed, say)
    names = {"name": survivor.name, "other": absorbed.name}
    sentences = [say("effects.joined", records=len(absorbed.record_ids), kept=survivor.id, gone=absorbed.id, **names)]
    sentences += [say("effects.listings", count=len(absorbed_listings), **names)] if absorbed_listings else []
    sentences += [say("effects.comes_under", count=len(survivor_listings), **names)] if survivor_listings else []
    sentences += [say("effects.no_listing")] if not survivor_listings and not absorbed_listings else []
    return Effects(
        kept=refs[survivor.id],
        gone=refs[absorbed.id],
        records=len(absorbed.record_ids),
        listings=len(survivor_listings) + len(absorbed_listings),
        score_before=before,
        score_after=after,
        second_person=bool(survivor_listings or absorbed_listings),
        sentences=(*sentences, *score_sentences),
    )


def _scores(
    context: RequestContext, survivor: Entity, absorbed: Entity, say: Words
) -> tuple[int | None, int | None, tuple[str, ...]]:
    """Score of the kept party today and joined, and that in words; nothing for persons, who are not scored."""
    if survivor.kind is PartyKind.PERSON:
        return None, None, ()
    scoring = context.scoring(survivor.id, absorbed.id)
    network = scoring.network
    if survivor.id not in network.parties.index or absorbed.id not in network.parties.index:
        return None, None, (say("effects.score_later"),)
    before = scoring.score(network.parties.index[survivor.id]).value
    if len(network) > TRIED_PARTIES_MAX:
        return before, None, (say("effects.score_later"),)
    after = _score_when_joined(context.store, scoring, survivor, absorbed)
    return before, after, (_score_sentence(say, before, after, survivor.name),)


def _score_when_joined(store: Store, scoring: Scoring, survivor: Entity, absorbed: Entity) -> int | None:
    rows = store.read("entities/records_by_ids", ids=[*survivor.record_ids, *absorbed.record_ids])
    whole = assemble(survivor.id, [from_row(Record, row) for row in rows])
    what_if = merge_parties(
        scoring,
        read_facts(store),
        surviving_id=survivor.id,
        absorbed_id=absorbed.id,
        document=whole.model_dump_json(exclude_defaults=True),
    )
    return what_if.score(what_if.network.parties.index[survivor.id]).value


def _score_sentence(say: Words, before: int | None, after: int | None, name: str) -> str:
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
    return [standing.listing for standing in listed if standing.active]
