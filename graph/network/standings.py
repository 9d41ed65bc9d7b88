"""Official listings and good marks on a day, each with its rule and the party it names."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from graph.network.parties import Parties
from ontology.listing import Listing, Recognition
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import ListType, PositiveSignal
from ontology.rulebook_terms import ends_on, in_force, mark_in_force
from store.port import Columns, Row
from store.rows import from_row


@dataclass(frozen=True)
class Listed:
    """A listing as it was known on a day: the one place that says whether it binds, and all doors read it.

    rule:     None where no rule names its list: then it has no effect.
    released: whether its source may be used, as some lists need an authorised release.
    """

    listing: Listing
    party: int
    rule: ListType | None
    in_force: bool
    creditors: tuple[int, ...] = ()
    released: bool = True

    @property
    def shown(self) -> bool:
        """Whether it may be shown at all: minor items are not, nor what was not released."""
        return self.rule is not None and self.rule.publish and self.released

    @property
    def active(self) -> bool:
        """Whether it binds on the day."""
        return self.in_force and self.shown

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


@dataclass(frozen=True)
class Marked:
    """A good mark as of a day; `rule` is None for a mark that only seeds trust (a licence)."""

    mark: Recognition
    party: int
    rule: PositiveSignal | None
    in_force: bool


def listings_from(columns: Columns, parties: Parties, *, rulebook: Rulebook, as_of: date) -> dict[int, tuple[Listed, ...]]:
    """Listings told by `as_of`, by party, the latest first."""
    records = _parties_of_creditors(columns, parties)
    told: dict[int, list[Listing]] = defaultdict(list)
    for row in _rows(columns):
        if (party := parties.index.get(row["entity_id"])) is not None:
            told[party].append(from_row(Listing, row))
    found = {
        party: tuple(
            replace(
                one, party=party, creditors=tuple(sorted({records[id_] for id_ in one.listing.creditor_ids if id_ in records}))
            )
            for one in listed_on_day(listings, rulebook=rulebook, as_of=as_of)
        )
        for party, listings in sorted(told.items())
    }
    return {party: listed for party, listed in found.items() if listed}


def listed_on_day(listings: Iterable[Listing], *, rulebook: Rulebook, as_of: date) -> tuple[Listed, ...]:
    """The listings of one party as they were known on a day, one a case, the latest first; without party and creditors."""
    known = (_known_on(one, as_of) for one in listings if one.listed_on <= as_of)
    return _one_per_case([_listed(one, rulebook, as_of) for one in known])


def _listed(listing: Listing, rulebook: Rulebook, as_of: date) -> Listed:
    rule = rulebook.list_type(listing.list_type)
    released = rule is None or listing.release_id is not None or not rule.requires_authorised_release
    return Listed(listing, -1, rule, rule is not None and released and in_force(listing, rule, as_of), released=released)


def _known_on(listing: Listing, as_of: date) -> Listing:
    """The listing without what happened later: its removal, and an appeal against it."""
    later: dict[str, None] = {}
    if listing.removed_on is not None and listing.removed_on > as_of:
        later |= {"removed_on": None, "removal_ground": None}
    if listing.disputed_since is not None and listing.disputed_since > as_of:
        later |= {"disputed_since": None, "decision_due_on": None}
    return listing.model_copy(update=later) if later else listing


def marks_from(columns: Columns, parties: Parties, *, rulebook: Rulebook, as_of: date) -> dict[int, tuple[Marked, ...]]:
    """Good marks given by `as_of`, by party, the latest first."""
    found: dict[int, list[Marked]] = defaultdict(list)
    for row in _rows(columns):
        mark = from_row(Recognition, row)
        party = parties.index.get(row["entity_id"])
        if party is not None and mark.given_on <= as_of:
            rule = rulebook.positive_signal(mark.mark)
            found[party].append(Marked(mark, party, rule, mark_in_force(mark, rule, as_of)))
    return {party: tuple(sorted(told, key=_given_last_first)) for party, told in sorted(found.items())}


def _one_per_case(told: list[Listed]) -> tuple[Listed, ...]:
    """The same case told by several sources is one listing: a removal any of them knows counts, then the best class."""
    return tuple(sorted((_best_told(case) for case in _cases(told)), key=_latest_first))


def _best_told(case: list[Listed]) -> Listed:
    """The copy that stands for a case; a dispute that any source knows is told of it. An unreleased copy counts only alone."""
    usable = [one for one in case if one.released] or case
    best = min(usable, key=_removed_first)
    disputes = [one.listing for one in usable if one.listing.disputed_since is not None]
    if not disputes or best.listing.disputed_since is not None:
        return best
    first = min(disputes, key=lambda one: (one.disputed_since or date.max, one.id))
    dispute = {"disputed_since": first.disputed_since, "decision_due_on": first.decision_due_on}
    return replace(best, listing=best.listing.model_copy(update=dispute))


def _cases(told: Iterable[Listed]) -> list[list[Listed]]:
    """Listings by case; those with a case number first, so that a copy without one finds its case by issuer and day."""
    cases: list[list[Listed]] = []
    for listed in sorted(told, key=lambda one: (one.listing.case_no is None, one.listing.id)):
        known = (case for case in cases if any(_same_case(listed.listing, one.listing) for one in case))
        if (case := next(known, None)) is not None:
            case.append(listed)
        else:
            cases.append([listed])
    return cases


def _same_case(one: Listing, other: Listing) -> bool:
    """One list, and one case number with the same issuer or day, or, where a number is missing, the same issuer and day."""
    if one.list_type != other.list_type:
        return False
    issuer, day = _plain(one.issuer) == _plain(other.issuer), one.listed_on == other.listed_on
    if one.case_no and other.case_no:
        return _plain(one.case_no) == _plain(other.case_no) and (issuer or day)
    return issuer and day


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    """Letters and digits only, in one width and case: sources write one court and one number in several ways."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def _removed_first(listed: Listed) -> tuple[bool, bool, int, str]:
    """A repair counts before an end that only ran out, so that what was repaired is sealed."""
    return listed.in_force, not listed.repaired, -int(listed.listing.source_class), listed.listing.id


def _latest_first(listed: Listed) -> tuple[int, str]:
    return -listed.listing.listed_on.toordinal(), listed.listing.id


def _given_last_first(marked: Marked) -> tuple[int, str]:
    return -marked.mark.given_on.toordinal(), marked.mark.id


def _rows(columns: Columns) -> list[Row]:
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _parties_of_creditors(columns: Columns, parties: Parties) -> Mapping[str, int]:
    """Records of the parties, read only where a listing names a creditor."""
    if all(told in ("[]", None) for told in columns["creditor_ids"]):
        return {}
    return {record: party for party, document in enumerate(parties.documents) for record in document.get("record_ids") or ()}
