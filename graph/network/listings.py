"""Official listings and recognitions on a day, each with its rule and the party it names."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from graph.network.facts import FactColumns
from graph.network.parties import Parties
from ontology.issuers import issuer_key
from ontology.listing import Listing, ListingState, Recognition
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import ListType, PositiveSignal
from ontology.rulebook_terms import ends_on, in_force, is_known_by, recognition_in_force
from store.port import Row
from store.rows import from_row


@dataclass(frozen=True)
class ListingStatus:
    """A listing as known on a day: decides in one place, for HTTP, CLI and scores, whether the listing is in force.

    rule:     None where the rulebook has no rule for its list, not even one for unknown lists: then it has no effect.
    released: whether its source may be used, as some lists need an authorised release.
    """

    listing: Listing
    party: int
    rule: ListType | None
    in_force: bool
    creditors: tuple[int, ...] = ()
    released: bool = True

    @property
    def publishable(self) -> bool:
        """Whether it may be shown at all: minor items are not, nor what was not released."""
        return self.rule is not None and self.rule.publish and self.released

    @property
    def active(self) -> bool:
        """Whether it binds on the day."""
        return self.in_force and self.publishable

    @property
    def binds(self) -> bool:
        """Whether it has effects on others: one on a list that the rulebook does not know is shown, and that is all."""
        return self.active and self.rule is not None and self.rule.check == "stop"

    @property
    def repaired(self) -> bool:
        """Whether its issuer took it off by the day: then it is in the sealed history only."""
        return self.listing.removed_on is not None

    @cached_property
    def ends_on(self) -> date | None:
        """First day it no longer binds."""
        return ends_on(self.listing, self.rule) if self.rule else self.listing.ends_on

    def disputed(self, as_of: date) -> bool:
        """Whether an appeal against it was open on the day."""
        return self.listing.disputed_since is not None and self.listing.disputed_since <= as_of

    def state(self, as_of: date) -> ListingState:
        """Where it stands: ended, in force, or in force and disputed."""
        if not self.in_force:
            return ListingState.ENDED
        return ListingState.DISPUTED if self.disputed(as_of) else ListingState.IN_FORCE


@dataclass(frozen=True)
class RecognitionStatus:
    """A recognition as of a day; `rule` is None for one that only seeds trust (a licence)."""

    recognition: Recognition
    party: int
    rule: PositiveSignal | None
    in_force: bool


def listings_from(
    columns: FactColumns, parties: Parties, *, rulebook: Rulebook, as_of: date
) -> dict[int, tuple[ListingStatus, ...]]:
    """Listings published by `as_of`, by party, the latest first."""
    records = _parties_of_creditors(columns, parties)
    listings_by_party: dict[int, list[Listing]] = defaultdict(list)
    for row in _rows_of(columns):
        if (party := parties.index.get(row["entity_id"])) is not None:
            listings_by_party[party].append(from_row(Listing, row))
    statuses_by_party = {
        party: tuple(
            replace(
                status,
                party=party,
                creditors=tuple(sorted({records[id_] for id_ in status.listing.creditor_ids if id_ in records})),
            )
            for status in listings_on_day(listings, rulebook=rulebook, as_of=as_of)
        )
        for party, listings in sorted(listings_by_party.items())
    }
    return {party: statuses for party, statuses in statuses_by_party.items() if statuses}


def listings_on_day(listings: Iterable[Listing], *, rulebook: Rulebook, as_of: date) -> tuple[ListingStatus, ...]:
    """The listings of one party as they were known on a day, one a case, the latest first; without party and creditors."""
    known_listings = (_as_known_on(listing, as_of) for listing in listings if is_known_by(listing, as_of))
    return _one_per_case([_listing_status(listing, rulebook, as_of) for listing in known_listings])


def _listing_status(listing: Listing, rulebook: Rulebook, as_of: date) -> ListingStatus:
    rule = rulebook.list_type(listing.list_type)
    released = rule is None or listing.release_id is not None or not rule.requires_authorised_release
    return ListingStatus(listing, -1, rule, rule is not None and released and in_force(listing, rule, as_of), released=released)


def _as_known_on(listing: Listing, as_of: date) -> Listing:
    """The listing without later events: an appeal against it, and its removal, whose day until then counts as its end."""
    update: dict[str, date | None] = {}
    if listing.removed_on is not None and listing.removed_on > as_of:
        update |= {"removed_on": None, "removal_ground": None, "ends_on": listing.ends_on or listing.removed_on}
    if listing.disputed_since is not None and listing.disputed_since > as_of:
        update |= {"disputed_since": None, "decision_due_on": None}
    return listing.model_copy(update=update) if update else listing


def recognitions_from(
    columns: FactColumns, parties: Parties, *, rulebook: Rulebook, as_of: date
) -> dict[int, tuple[RecognitionStatus, ...]]:
    """Recognitions given by `as_of`, by party, the latest first."""
    statuses_by_party: dict[int, list[RecognitionStatus]] = defaultdict(list)
    for row in _rows_of(columns):
        recognition = from_row(Recognition, row)
        party = parties.index.get(row["entity_id"])
        if party is not None and recognition.given_on <= as_of:
            rule = rulebook.positive_signal(recognition.mark)
            statuses_by_party[party].append(
                RecognitionStatus(recognition, party, rule, recognition_in_force(recognition, rule, as_of))
            )
    return {party: tuple(sorted(statuses, key=_latest_given_first)) for party, statuses in sorted(statuses_by_party.items())}


def _one_per_case(statuses: list[ListingStatus]) -> tuple[ListingStatus, ...]:
    """One listing for each case stated by several sources: a removal in any of them counts, then the best class of source."""
    return tuple(sorted((_best_copy(case) for case in _cases(statuses)), key=_latest_first))


def _best_copy(case: list[ListingStatus]) -> ListingStatus:
    """The copy that represents a case, disputed where any copy says so. An unreleased copy counts only where it is alone."""
    usable = [status for status in case if status.released] or case
    best = min(usable, key=_removed_first)
    disputes = [status.listing for status in usable if status.listing.disputed_since is not None]
    if not disputes or best.listing.disputed_since is not None:
        return best
    first = min(disputes, key=lambda listing: (listing.disputed_since or date.max, listing.id))
    dispute = {"disputed_since": first.disputed_since, "decision_due_on": first.decision_due_on}
    return replace(best, listing=best.listing.model_copy(update=dispute))


def _cases(statuses: Iterable[ListingStatus]) -> list[list[ListingStatus]]:
    """Listings by case; those with the most facts first, so that a copy without number or day finds its case."""
    cases: list[list[ListingStatus]] = []
    for status in sorted(statuses, key=_fullest_first):
        matching_cases = (case for case in cases if any(_same_case(status, member) for member in case))
        if (case := next(matching_cases, None)) is not None:
            case.append(status)
        else:
            cases.append([status])
    return cases


def _same_case(first: ListingStatus, second: ListingStatus) -> bool:
    """Whether two statements are of one listing: same list and issuer, and no fact that differs."""
    a, b = first.listing, second.listing
    if a.list_type != b.list_type:
        return False
    if a.case_no and b.case_no:
        same_day = a.listed_on == b.listed_on and a.listed_on is not None
        return _plain(a.case_no) == _plain(b.case_no) and (_same_issuer(a, b) or same_day)
    if not _same_issuer(a, b) or not _agree(a.listed_on, b.listed_on) or not _agree(_plain(a.programme), _plain(b.programme)):
        return False
    alike = a.case_no == b.case_no and a.listed_on == b.listed_on
    if _file(a) == _file(b):
        return (alike and a.programme == b.programme) or (a.listed_on == b.listed_on and a.listed_on is not None)
    return (alike and a.listed_on is not None) or first.in_force == second.in_force  # Less told does not end what more tells.


def _same_issuer(first: Listing, second: Listing) -> bool:
    return issuer_key(first.issuer) == issuer_key(second.issuer) or _plain(first.issuer) == _plain(second.issuer)


def _agree(first: object, second: object) -> bool:
    """Whether two facts do not contradict each other: equal, or one of them unknown."""
    return first == second or not first or not second


@lru_cache(maxsize=65536)
def _plain(text: str | None) -> str:
    """Letters and digits only, in one width and case: sources write one court and one number in several ways."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text or "").casefold() if sign.isalnum())


def _file(listing: Listing) -> str:
    return listing.row_id.partition("#")[0]


def _fullest_first(status: ListingStatus) -> tuple[bool, bool, bool, str]:
    listing = status.listing
    return listing.case_no is None, listing.listed_on is None, listing.programme is None, listing.id


def _removed_first(status: ListingStatus) -> tuple[bool, bool, bool, int, str]:
    """A repair counts before an end that only ran out, so that what was repaired is sealed; then what tells its day."""
    listing = status.listing
    return status.in_force, not status.repaired, listing.listed_on is None, -int(listing.source_class), listing.id


def _latest_first(status: ListingStatus) -> tuple[int, str]:
    day = status.listing.listed_on
    return -day.toordinal() if day else 0, status.listing.id


def _latest_given_first(status: RecognitionStatus) -> tuple[int, str]:
    return -status.recognition.given_on.toordinal(), status.recognition.id


def _rows_of(columns: FactColumns) -> list[Row]:
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _parties_of_creditors(columns: FactColumns, parties: Parties) -> Mapping[str, int]:
    """Records of the parties, read only where a listing names a creditor."""
    if all(creditor_ids in ("[]", None) for creditor_ids in columns["creditor_ids"]):
        return {}
    return {record: party for party, document in enumerate(parties.documents) for record in document.get("record_ids") or ()}
