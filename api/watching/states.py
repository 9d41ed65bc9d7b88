"""Makes the states of watched parties from what the store says of them on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from api.schemas.watching import WatchedListing
from api.watching.party_states import NOBODY_YET, PartyState, WatchedTie
from api.watching.state_inputs import StateInputs, officer_kinds, owner_kinds, read_state_inputs
from graph.network.listings import ListingStatus, listings_on_day
from ontology.base import PartyKind
from ontology.entity import Entity
from ontology.registration import registration
from ontology.rulebook import Rulebook
from ontology.score import LineKind, Score
from store.port import Row, Store

TIES_MAX = 200  # Owners and officers of one party that are watched, those with the greatest stakes first.


@dataclass(frozen=True)
class StateReader:
    """Reads states of parties on a day, under one rulebook, for many parties at once. Raises StoreTrouble."""

    store: Store
    rulebook: Rulebook
    as_of: date

    def read(self, ids: Collection[str]) -> "PartyStates":
        """What the store says of these parties now; ids of parties that are no more are left out."""
        return PartyStates(read_state_inputs(self.store, ids, self.rulebook), self.rulebook, self.as_of)


@dataclass(frozen=True)
class PartyStates:
    """States of some parties, made when asked for."""

    inputs: StateInputs
    rulebook: Rulebook
    as_of: date

    def state(self, entity_id: str | None, before: PartyState = NOBODY_YET) -> PartyState:
        """The state of a party; that of nobody where it is no more.

        before: what was last seen of it. While scores and ties of the last run are not of today's parties, those parts stay as
        they were, and follow with the next run.
        """
        entity = self.inputs.entities.get(entity_id or "")
        return _state(entity, self, before) if entity else NOBODY_YET

    def statuses(self, entity_id: str | None) -> tuple[ListingStatus, ...]:
        """The party's own listings as they were known on the day, one a case."""
        listings = self.inputs.listings.get(entity_id or "", [])
        return listings_on_day(listings, rulebook=self.rulebook, as_of=self.as_of)

    def repaired(self, entity_id: str | None) -> tuple[WatchedListing, ...]:
        """Those of them that their issuers took off."""
        return tuple(_listing(status, self.as_of) for status in self.statuses(entity_id) if status.repaired)


def _state(entity: Entity, states: PartyStates, before: PartyState) -> PartyState:
    inputs, rulebook, as_of = states.inputs, states.rulebook, states.as_of
    in_force = [status for status in states.statuses(entity.id) if status.active]
    is_first = before.entity_id is None  # What it is compared with next: the best that is known.
    is_person = entity.kind is PartyKind.PERSON
    ended = None if is_person else registration(entity.attributes, entity.ended_on, as_of=as_of)
    return PartyState(
        entity_id=entity.id,
        kind=entity.kind,
        name=entity.name,
        name_other=entity.name_other,
        registration=ended.state.value if ended else None,
        **_score_parts(inputs.scores.get(entity.id), before, hold=inputs.derived_hold),
        listings=tuple(sorted((_listing(status, as_of) for status in in_force), key=lambda listing: listing.id)),
        restrictions=_restrictions(in_force, as_of),
        ties=_ties(inputs.ties.get(entity.id, ()), rulebook, as_of) if inputs.derived_hold or is_first else before.ties,
        lineage=inputs.lineage.get(entity.id, ()),
    )


def _score_parts(score: Score | None, before: PartyState, *, hold: bool) -> dict[str, object]:
    """Standing and band as the last run left them; as they were seen last where it has not seen the party as it is now."""
    if score is None or (not hold and before.scored):
        names = ("scored", "standing", "band", "score_state", "exposed")
        return {name: getattr(before, name) for name in names}
    exposed = any(line.kind is LineKind.EXPOSURE for line in score.lines)
    return {
        "scored": True,
        "standing": score.standing,
        "band": score.band,
        "score_state": score.state,
        "exposed": exposed,
    }


def _listing(status: ListingStatus, as_of: date) -> WatchedListing:
    listing = status.listing
    return WatchedListing(
        id=listing.id,
        list_type=listing.list_type,
        issuer=listing.issuer,
        case_no=listing.case_no,
        listed_on=_iso(listing.listed_on),
        ends_on=_iso(status.ends_on),
        performance=listing.performance,
        disputed=status.disputed(as_of),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _restrictions(in_force: Collection[ListingStatus], as_of: date) -> tuple[str, ...]:
    """What the party is barred from by its own listings; a disputed one bars from nothing."""
    rules = [status.rule for status in in_force if status.rule and not status.disputed(as_of)]
    return tuple(sorted({measure for rule in rules for measure, effect in rule.restrictions.items() if effect == "block"}))


def _ties(rows: Collection[Row], rulebook: Rulebook, as_of: date) -> tuple[WatchedTie, ...]:
    """Owners and officers in force on the day, the greatest stakes first where there are too many."""
    day = as_of.isoformat()
    in_force = [row for row in rows if (row["began_on"] or day) <= day and (row["ended_on"] is None or row["ended_on"] > day)]
    in_force.sort(key=lambda row: (-(row["share"] or 0.0), row["kind"], row["source_id"]))
    kinds = (*owner_kinds(rulebook), *officer_kinds(rulebook))
    ties = {
        WatchedTie(kind=row["kind"], other_id=row["source_id"], mark=_mark(row["share"], rulebook))
        for row in in_force[:TIES_MAX]
        if row["kind"] in kinds
    }
    return tuple(sorted(ties, key=lambda tie: (tie.kind, tie.other_id)))


def _mark(share: float | None, rulebook: Rulebook) -> float:
    """The greatest of the rulebook's thresholds of ownership that a stake reaches, 0..1."""
    marks = {rulebook.ownership.ultimate_owner_from, *(p.threshold for p in rulebook.profiles.values() if p.threshold)}
    return max((mark for mark in marks if share is not None and share >= mark), default=0.0)
