"""Reads what the states of watched parties are made of, for many parties at once and nothing beyond them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from api.context.kept_answers import scores_by_id
from api.parties.summaries import parties_by_id
from ontology.entity import Entity
from ontology.listing import Listing
from ontology.rulebook import Rulebook
from ontology.score import Score
from store.changes import Change
from store.port import Row, Store
from store.rows import from_row

FOLLOWED_BY_RUN = (Change.PARTIES, Change.RECORDS, Change.FOLLOWED)
"""Changes of parties after which kept scores and ties wait for the next run."""


@dataclass(frozen=True)
class StateInputs:
    """What the store says of some parties, by their ids. derived_hold: whether kept scores and ties are of today's parties."""

    entities: Mapping[str, Entity]
    listings: Mapping[str, list[Listing]]
    scores: Mapping[str, Score]
    ties: Mapping[str, list[Row]]
    lineage: Mapping[str, tuple[str, ...]]
    derived_hold: bool


def read_state_inputs(store: Store, ids: Collection[str], rulebook: Rulebook) -> StateInputs:
    """What the states of these parties are made of."""
    id_list = sorted(ids)
    entities = {id_: Entity.model_validate_json(row["document"]) for id_, row in parties_by_id(store, id_list).items()}
    kinds = [*owner_kinds(rulebook), *officer_kinds(rulebook)]
    listings = _grouped(store.read("network/listings_of_parties", ids=id_list), "entity_id")
    events = _grouped(store.read("watching/lineage", ids=id_list), "entity_id")
    return StateInputs(
        entities=entities,
        listings={id_: [from_row(Listing, row) for row in rows] for id_, rows in listings.items()},
        scores=scores_by_id(store, id_list),
        ties=_grouped(store.read("watching/ties_into", ids=id_list, kinds=kinds), "target_id"),
        lineage={id_: tuple(f"{row['kind']}|{row['other_id']}|{row['happened_at']}" for row in events[id_]) for id_ in events},
        derived_hold=_derived_hold(store),
    )


def owner_kinds(rulebook: Rulebook) -> tuple[str, ...]:
    """Kinds of ties by which a party is owned or controlled."""
    return ("OWNS", *rulebook.ownership.control_kinds)


def officer_kinds(rulebook: Rulebook) -> tuple[str, ...]:
    """Kinds of ties by which somebody acts for a party."""
    return tuple(kind for kind in rulebook.legs.any if kind not in owner_kinds(rulebook))


def present_ids(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Where parties are today: themselves, or what they were joined into; those that are no more are left out."""
    id_list = sorted(set(ids))
    present = dict.fromkeys((row["id"] for row in store.read("entities/entities_by_ids", ids=id_list)), "")
    moved_ids = surviving_ids(store, [id_ for id_ in id_list if id_ not in present])
    return {id_: id_ for id_ in present} | moved_ids


def surviving_ids(store: Store, ids: Collection[str]) -> dict[str, str]:
    """What ids that were joined into another lead to; all others are left out."""
    rows = store.read("watching/redirects_of", ids=sorted(ids)) if ids else []
    return {row["old_id"]: row["surviving_id"] for row in rows}


def _derived_hold(store: Store) -> bool:
    meta = {row["key"]: row["value"] for row in store.read("meta/all")}
    propagated_until = int(meta.get(Change.PROPAGATED.key, -1))
    return all(int(meta.get(kind.key, -1)) <= propagated_until for kind in FOLLOWED_BY_RUN)


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.pop(column) if column == "entity_id" else row[column]].append(row)
    return groups
