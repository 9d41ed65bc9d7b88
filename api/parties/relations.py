"""Relations of a party to others: disclosed by a source, discovered through shared values, or possibly the same party."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field

from api.context.kept_answers import shared_values, ties_of
from api.context.pages import WHOLE_LIST, PageRequest, Place, page_of
from api.context.request_context import RequestContext
from api.parties.summaries import parties_by_id, party_refs
from api.parties.ties import has_ended, label_of, rows_behind
from api.schemas.parties import PartyRef
from api.schemas.reviews import Relation, RelationKind, Relations
from api.text.agreements import agreement_in_words
from api.words import words
from graph.network.stored_ties import HUB
from ontology.base import PartyKind
from ontology.documents import read_yaml
from ontology.entity import Entity, Tie
from resolution.judgements.ledger import read_entries_of, standing_entries
from resolution.judgements.review_queue import settled_parties
from resolution.judgements.verdicts import pair_of


class Bounds(BaseModel):
    """From how many sharers on a value says next to nothing, and how many of them are listed; `relations.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    generic_sharers_min: int = Field(gt=1)
    sharers_listed_max: int = Field(gt=0)


@cache
def bounds() -> Bounds:
    """The bounds in use."""
    return Bounds.model_validate(read_yaml(files("api.parties").joinpath("relations.yaml").read_text("utf-8")))


def relations(context: RequestContext, entity_id: str, page: PageRequest = WHOLE_LIST) -> Relations:
    """Relations of the party: disclosed, discovered, then possible ones; those over common values last in their group.

    Raises CursorInvalid.
    """
    ties = ties_of(context, [entity_id])
    stated_ties = [tie for tie in ties if not tie.target_id.startswith(HUB)]
    shared_ties = [tie for tie in ties if tie.target_id.startswith(HUB)]
    hubs, left_out = _over_hubs(context, entity_id, shared_ties)
    persons, beyond = _over_persons(context, entity_id, stated_ties)
    related = [*_disclosed(context, entity_id, stated_ties), *hubs, *persons, *_possible(context, entity_id)]
    relation_page = page_of(related, page, place=_place, question=f"related {entity_id} {context.as_of}")
    return Relations(entity_id=entity_id, relations=relation_page.lines, left_out=left_out + beyond, next=relation_page.next)


def _place(relation: Relation) -> Place:
    """Where a relation stands in the list; two of them have at least different rows or records behind them."""
    marks = list(RelationKind).index(relation.kind), int(relation.ended), int(relation.carries_little)
    basis = "|".join((relation.via.id if relation.via else "", relation.label, *relation.row_ids, *relation.record_ids))
    return (*marks, relation.what, relation.other.name, relation.other.id, basis)


def _disclosed(context: RequestContext, entity_id: str, ties: list[Tie]) -> Iterator[Relation]:
    """What a source states between the two; a tie that is derived from others is a discovery."""
    refs = party_refs(context, (_other_end(tie, entity_id) for tie in ties))
    rows = rows_behind(context.store, ties)
    for tie in ties:
        if _other_end(tie, entity_id) not in refs:
            continue
        yield Relation(
            kind=RelationKind.DISCOVERED if _derived(context, tie) else RelationKind.DISCLOSED,
            what=tie.kind,
            label=label_of(context, tie, outward=tie.source_id == entity_id),
            other=refs[_other_end(tie, entity_id)],
            evidence=tie.role or "",
            ended=has_ended(tie.ended_on, context),
            row_ids=rows[tie.id],
        )


def _derived(context: RequestContext, tie: Tie) -> bool:
    rule = context.rulebook.ties.get(tie.kind)
    return rule is not None and rule.tie_class == "derived"


def _over_hubs(context: RequestContext, entity_id: str, ties: list[Tie]) -> tuple[list[Relation], int]:
    """The others who share an address, phone, account …; of a very common value only the first ones."""
    listed_max = bounds().sharers_listed_max
    hub_ids = sorted({tie.target_id for tie in ties})
    values = shared_values(context, hub_ids)
    sharers = {
        hub: [party_id for party_id in _sharers(context, hub) if party_id != entity_id] for hub in hub_ids if hub in values
    }
    refs = party_refs(
        context, {party_id for sharer_ids in sharers.values() for party_id in sharer_ids[:listed_max]} | set(hub_ids)
    )
    labels = {tie.target_id: label_of(context, tie) for tie in ties}
    related = [
        Relation(
            kind=RelationKind.DISCOVERED,
            what=hub.split(":")[1],
            label=labels[hub],
            other=refs[sharer_id],
            evidence=values[hub]["value"],
            via=refs[hub],
            sharers=values[hub]["n"],
            carries_little=values[hub]["n"] >= bounds().generic_sharers_min,
        )
        for hub, sharer_ids in sharers.items()
        for sharer_id in sharer_ids[:listed_max]
        if sharer_id in refs
    ]
    return related, sum(max(0, values[hub]["n"] - 1 - min(len(sharer_ids), listed_max)) for hub, sharer_ids in sharers.items())


def _sharers(context: RequestContext, hub: str) -> list[str]:
    return sorted({tie.source_id for tie in ties_of(context, [hub]) if tie.target_id == hub})


@dataclass(frozen=True)
class _Post:
    """A person at a firm: the ties between the two."""

    firm: str
    ties: list[Tie]


def _over_persons(context: RequestContext, entity_id: str, ties: list[Tie]) -> tuple[list[Relation], int]:
    """Firms that have a director, owner or legal representative in common with the party."""
    own_ties = [tie for tie in ties if tie.target_id == entity_id and tie.kind in context.rulebook.legs.any]
    people = {
        row["id"]
        for row in parties_by_id(context.store, {tie.source_id for tie in own_ties}).values()
        if row["kind"] == PartyKind.PERSON
    }
    posts = _posts(context, entity_id, people)
    listed_posts = {person: posts_of_person[: bounds().sharers_listed_max] for person, posts_of_person in posts.items()}
    refs = party_refs(
        context,
        {id_ for person, posts_of_person in listed_posts.items() for id_ in (person, *(post.firm for post in posts_of_person))},
    )
    rows = rows_behind(
        context.store,
        [tie for posts_of_person in listed_posts.values() for post in posts_of_person for tie in post.ties] + own_ties,
    )
    ties_by_person = {person: [tie for tie in own_ties if tie.source_id == person] for person in listed_posts}
    related = [
        _in_common(context, post, refs, (person, len(posts[person]) + 1), rows_of(rows, [*ties_by_person[person], *post.ties]))
        for person, posts_of_person in listed_posts.items()
        for post in posts_of_person
        if post.firm in refs
    ]
    return related, sum(len(posts_of_person) - len(listed_posts[person]) for person, posts_of_person in posts.items())


def _posts(context: RequestContext, entity_id: str, people: Iterable[str]) -> dict[str, list[_Post]]:
    """For each person the other firms they direct, own or represent."""
    ties_by_person: dict[str, dict[str, list[Tie]]] = {person: defaultdict(list) for person in sorted(people)}
    for tie in ties_of(context, ties_by_person) if ties_by_person else ():
        if tie.source_id in ties_by_person and tie.target_id != entity_id and tie.kind in context.rulebook.legs.any:
            ties_by_person[tie.source_id][tie.target_id].append(tie)
    return {person: [_Post(firm, ties) for firm, ties in sorted(firms.items())] for person, firms in ties_by_person.items()}


def _in_common(
    context: RequestContext, post: _Post, refs: Mapping[str, PartyRef], shared: tuple[str, int], row_ids: tuple[str, ...]
) -> Relation:
    person, sharers = shared
    return Relation(
        kind=RelationKind.DISCOVERED,
        what="person",
        label=words(context.lang)("related.person"),
        other=refs[post.firm],
        evidence=refs[person].name,
        via=refs[person],
        sharers=sharers,
        carries_little=sharers >= bounds().generic_sharers_min,
        ended=any(has_ended(tie.ended_on, context) for tie in post.ties),
        row_ids=row_ids,
    )


def rows_of(rows: Mapping[str, tuple[str, ...]], ties: Iterable[Tie]) -> tuple[str, ...]:
    """Source row ids behind several ties, each once."""
    return tuple(dict.fromkeys(row for tie in ties for row in rows[tie.id]))


def _possible(context: RequestContext, entity_id: str) -> Iterator[Relation]:
    """Parties that may be this one: below the weight that joins, never joined by themselves."""
    row = parties_by_id(context.store, [entity_id])[entity_id]
    record_ids = Entity.model_validate_json(row["document"]).record_ids
    model_pairs = context.store.read("judgements/model_says", ids=list(record_ids))
    settled_pairs = settled_parties(context.store, standing_entries(read_entries_of(context.store, record_ids)))
    unsure = [row for row in model_pairs if row["verdict"] == "unsure" and row["left_entity"] != row["right_entity"]]
    apart = [row for row in unsure if pair_of(row["left_entity"], row["right_entity"]) not in settled_pairs]
    refs = party_refs(context, {row[end] for row in apart for end in ("left_entity", "right_entity")})
    for row in apart:
        other_id = row["right_entity"] if row["left_entity"] == entity_id else row["left_entity"]
        yield Relation(
            kind=RelationKind.POSSIBLE,
            what="match",
            label=words(context.lang)("related.match"),
            other=refs[other_id],
            evidence=agreement_in_words(row["reason"], words(context.lang)),
            bits=row["match_weight"],
            record_ids=(row["left_id"], row["right_id"]),
        )


def _other_end(tie: Tie, entity_id: str) -> str:
    return tie.target_id if tie.source_id == entity_id else tie.source_id
