"""Summary lines of parties: name, place, standing, score or state, and one sentence."""

from collections.abc import Iterable, Mapping

from api.context.callers import note_reads
from api.context.kept_answers import ScoreSummary, score_summaries, scores_for, shared_values, tie_counts
from api.context.request_context import RequestContext
from api.schemas.parties import PartyLine, PartyRef
from ontology import scripts
from ontology.base import PartyKind
from ontology.entity import Entity
from ontology.score import LineKind, Score, Standing
from store.port import Row, Store


def party_lines(context: RequestContext, ids: Iterable[str], reasons: Mapping[str, str] | None = None) -> tuple[PartyLine, ...]:
    """Summary lines of these parties, in the order given; unknown ids are left out. reasons: why a party is listed, by id."""
    id_list = list(ids)
    note_reads(id_list)
    parties = parties_by_id(context.store, id_list)
    scores = scores_for(context, id_list)
    counts = tie_counts(context, id_list)
    return tuple(
        party_line(parties[id_], scores.get(id_), ties=counts.get(id_, 0), reason=(reasons or {}).get(id_, ""))
        for id_ in id_list
        if id_ in parties
    )


def party_line(party: Row, score: Score | None, *, ties: int, reason: str = "", listed: int | None = None) -> PartyLine:
    """The summary line of a party from its row and its score; `score` is None where none was computed yet.

    listed: number of listings in force, where known; else the listing lines of the score, of which a person has none.
    """
    listings = [line for line in score.lines if line.kind is LineKind.LISTING] if score else []
    return PartyLine(
        id=party["id"],
        kind=PartyKind(party["kind"]),
        name=party["name"],
        name_other=party["name_other"],
        place=party["place"],
        standing=score.standing if score else Standing.NOTHING_FOUND,
        score=score.value if score else None,
        state=score.state if score else "not_computed",
        state_sentence=score.state_sentence if score else None,
        band=score.band if score else None,
        why=reason,
        sentence=score.sentence if score else "",
        listed_count=len(listings) if listed is None else listed,
        disputed=any(line.disputed for line in listings),
        ties=ties,
    )


def localized_name(party: PartyLine | PartyRef | Entity, lang: str) -> str:
    """The name of a party in the language."""
    return scripts.name_for_language(party.name, party.name_other, lang)


def party_refs(context: RequestContext, ids: Iterable[str]) -> dict[str, PartyRef]:
    """Short references to parties and shared values (addresses, phones), by id."""
    id_list = sorted(set(ids))
    note_reads(id_list)
    parties = parties_by_id(context.store, id_list)
    places = score_summaries(context, (id_ for id_, row in parties.items() if row["kind"] != PartyKind.PERSON))
    refs = {id_: _ref(row, places.get(id_)) for id_, row in parties.items()}
    values = shared_values(context, [id_ for id_ in id_list if id_ not in parties])
    return refs | {id_: PartyRef(id=id_, name=row["value"], kind=row["kind"]) for id_, row in values.items()}


def parties_by_id(store: Store, ids: Iterable[str]) -> dict[str, Row]:
    """Rows of these parties by id."""
    return {row["id"]: row for row in store.read("entities/entities_by_ids", ids=list(ids))}


def _ref(party: Row, place: ScoreSummary | None) -> PartyRef:
    """Id, names, kind and place, with the standing of a firm; a person is shown without one."""
    standing, value = (place.standing, place.value) if place else (None, None)
    copied = {name: party[name] for name in ("id", "name", "name_other", "kind", "place")}
    return PartyRef(**copied, standing=standing, score=value)
