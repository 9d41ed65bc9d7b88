"""What changed between two states of a watched party, one change each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import Field

from api.schemas.watching import WatchedListing, WatchEventKind
from api.watching.party_states import PartyState, WatchedTie
from ontology.base import Identity, ImmutableModel
from ontology.issuers import issuer_key
from ontology.score import Standing


class Change(ImmutableModel):
    """One change. `subject_id`: the listing, measure or other party it is about; `before`, `after`: codes or names."""

    kind: WatchEventKind
    subject_id: str = ""
    before: str | None = None
    after: str | None = None
    listing: WatchedListing | None = None
    other_id: Identity | None = None
    by_association: bool = Field(False, description="Whether listings of others, and none of its own, are the reason.")


def changes_between(
    before: PartyState,
    after: PartyState,
    *,
    owner_kinds: Sequence[str],
    repaired: Sequence[WatchedListing] = (),
    survivors: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:
    """Changes from one state to the next, in a fixed order; none where the states are equal.

    owner_kinds:  kinds of ties by which a party is owned or controlled; all others are officers'.
    repaired:     listings of the party that their issuers took off.
    survivors:    what owners and officers that were joined into another party lead to: such a join is no change of owner.
    """
    if after.entity_id is None or before.entity_id is None:
        return tuple(_presence(before, after))
    return (
        *_lineage(before, after),
        *_names(before, after),
        *_registrations(before, after),
        *_listings(before, after, repaired),
        *_restrictions(before, after),
        *_ties(before, after, owner_kinds, survivors or {}),
        *_standings(before, after),
        *_bands(before, after),
    )


def _presence(before: PartyState, after: PartyState) -> Iterator[Change]:
    if before.entity_id and not after.entity_id:
        yield Change(kind=WatchEventKind.PARTY_GONE, subject_id=before.entity_id, before=before.name)
    if after.entity_id and not before.entity_id:
        yield Change(kind=WatchEventKind.PARTY_RETURNED, subject_id=after.entity_id, after=after.name)


def _lineage(before: PartyState, after: PartyState) -> Iterator[Change]:
    """Joins and parts: of the watched id itself where it leads elsewhere now, else of what was joined in or parted from it."""
    if before.entity_id != after.entity_id:
        is_return = any(line.split("|")[:2] in (["merged", after.entity_id], ["led", after.entity_id]) for line in before.lineage)
        kind = WatchEventKind.PARTY_SPLIT if is_return else WatchEventKind.PARTY_JOINED
        yield Change(kind=kind, subject_id=after.entity_id or "", before=before.entity_id, after=after.entity_id)
        return
    for line in after.lineage:
        if line not in before.lineage:
            event, other_id, _ = line.split("|", 2)
            is_join = event in ("merged", "led")
            yield Change(
                kind=WatchEventKind.PARTY_JOINED if is_join else WatchEventKind.PARTY_SPLIT,
                subject_id=line,
                after=other_id,
                other_id=other_id,
            )


def _names(before: PartyState, after: PartyState) -> Iterator[Change]:
    if before.name != after.name:
        yield Change(kind=WatchEventKind.NAME, before=before.name, after=after.name)


def _registrations(before: PartyState, after: PartyState) -> Iterator[Change]:
    if before.registration != after.registration:
        yield Change(kind=WatchEventKind.REGISTRATION, before=before.registration, after=after.registration)


def _listings(before: PartyState, after: PartyState, repaired: Sequence[WatchedListing]) -> Iterator[Change]:
    pairs = _paired(before.listings, after.listings)
    for old, new in pairs:
        if old is None and new is not None:
            yield Change(kind=WatchEventKind.LISTING_NEW, subject_id=new.id, after=new.list_type, listing=new)
        elif new is None and old is not None:
            is_repaired = any(old.id == listing.id or _same_case(old, listing) for listing in repaired)
            kind = WatchEventKind.LISTING_REPAIRED if is_repaired else WatchEventKind.LISTING_ENDED
            yield Change(kind=kind, subject_id=old.id, before=old.list_type, listing=old)
        elif old is not None and new is not None and _differ(old, new):
            disputed = new.disputed and not old.disputed
            kind = WatchEventKind.LISTING_DISPUTED if disputed else WatchEventKind.LISTING_CHANGED
            yield Change(kind=kind, subject_id=new.id, before=_told_of(old), after=_told_of(new), listing=new)


def _paired(
    old: Sequence[WatchedListing], new: Sequence[WatchedListing]
) -> list[tuple[WatchedListing | None, WatchedListing | None]]:
    """Listings of both states side by side: the same statement, else one that another source states of the same case."""
    unpaired = list(new)
    pairs: list[tuple[WatchedListing | None, WatchedListing | None]] = []
    for listing in old:
        twin = _twin(listing, unpaired, old)
        if twin is not None:
            unpaired.remove(twin)
        pairs.append((listing, twin))
    return [*pairs, *((None, listing) for listing in unpaired)]


def _twin(listing: WatchedListing, candidates: Iterable[WatchedListing], old: Sequence[WatchedListing]) -> WatchedListing | None:
    candidate_list = list(candidates)
    if statement := next((candidate for candidate in candidate_list if candidate.id == listing.id), None):
        return statement
    old_ids = {former.id for former in old}
    unseen = (candidate for candidate in candidate_list if candidate.id not in old_ids)
    return next((candidate for candidate in unseen if _same_case(listing, candidate)), None)


def _same_case(left: WatchedListing, right: WatchedListing) -> bool:
    """Whether two statements are of one case, so that a better source of it is no new listing."""
    if left.list_type != right.list_type or issuer_key(left.issuer) != issuer_key(right.issuer):
        return False
    if left.case_no and right.case_no:
        return left.case_no == right.case_no
    return left.listed_on == right.listed_on


def _differ(old: WatchedListing, new: WatchedListing) -> bool:
    """Whether what is watched of a listing differs; the id of the statement that tells it, and how a name is spelt, do not."""
    watched = {"list_type", "ends_on", "performance", "disputed"}
    return old.model_dump(include=watched) != new.model_dump(include=watched)


def _told_of(listing: WatchedListing) -> str:
    state = "disputed" if listing.disputed else "in_force"
    return ", ".join(filter(None, (state, listing.ends_on and f"until {listing.ends_on}", listing.performance)))


def _restrictions(before: PartyState, after: PartyState) -> Iterator[Change]:
    for measure in sorted({*after.restrictions} - {*before.restrictions}):
        yield Change(kind=WatchEventKind.RESTRICTION_NEW, subject_id=measure, after=measure)
    for measure in sorted({*before.restrictions} - {*after.restrictions}):
        yield Change(kind=WatchEventKind.RESTRICTION_ENDED, subject_id=measure, before=measure)


def _ties(before: PartyState, after: PartyState, owner_kinds: Sequence[str], survivors: Mapping[str, str]) -> Iterator[Change]:
    old = {(tie.kind, survivors.get(tie.other_id, tie.other_id)): tie for tie in before.ties}
    new = {(tie.kind, tie.other_id): tie for tie in after.ties}
    for key in sorted(new.keys() - old.keys()):
        kind = WatchEventKind.OWNER_NEW if key[0] in owner_kinds else WatchEventKind.OFFICER_NEW
        yield _tie_change(kind, key, after=_stake(new[key]))
    for key in sorted(old.keys() - new.keys()):
        kind = WatchEventKind.OWNER_ENDED if key[0] in owner_kinds else WatchEventKind.OFFICER_ENDED
        yield _tie_change(kind, key, before=_stake(old[key]))
    for key in sorted(old.keys() & new.keys()):
        if old[key].mark != new[key].mark:
            yield _tie_change(WatchEventKind.STAKE, key, before=_stake(old[key]), after=_stake(new[key]))


def _tie_change(kind: WatchEventKind, key: tuple[str, str], *, before: str | None = None, after: str | None = None) -> Change:
    tie_kind, other_id = key
    return Change(kind=kind, subject_id=f"{tie_kind}|{other_id}", before=before, after=after, other_id=other_id)


def _stake(tie: WatchedTie) -> str:
    return f"{tie.kind} {tie.mark:g}" if tie.mark else tie.kind


def _standings(before: PartyState, after: PartyState) -> Iterator[Change]:
    """A first score is a change only where it finds something."""
    if before.standing == after.standing or (not before.scored and after.standing is Standing.NOTHING_FOUND):
        return
    near = Standing.BY_ASSOCIATION in (before.standing, after.standing) and Standing.LISTED not in (
        before.standing,
        after.standing,
    )
    yield Change(kind=WatchEventKind.STANDING, before=before.standing, after=after.standing, by_association=near)


def _bands(before: PartyState, after: PartyState) -> Iterator[Change]:
    if not before.scored or (before.band, before.score_state) == (after.band, after.score_state):
        return
    near = (before.exposed or after.exposed) and not before.listings and not after.listings
    yield Change(
        kind=WatchEventKind.BAND,
        before=before.band or before.score_state,
        after=after.band or after.score_state,
        by_association=near,
    )
