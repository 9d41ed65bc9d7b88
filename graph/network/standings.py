"""Official listings and good marks on a day, each with its rule and the party it names."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from graph.network.parties import Parties
from ontology.issuers import issuer_key
from ontology.listing import Listing, Recognition
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import ListType, PositiveSignal
from ontology.rulebook_terms import ends_on, in_force, is_known_by, recognition_in_force
from store.port import Columns, Row
from store.rows import from_row


@dataclass(frozen=True)
class Listed:
    """A listing as it was known on a day: the one place that says whether it binds, and all doors read it.

    rule:     None where the rulebook has none for its list, known or unknown: then it has no effect.
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
    known = (_known_on(one, as_of) for one in listings if is_known_by(one, as_of))
    return _one_per_case([_listed(one, rulebook, as_of) for one in known])


def _listed(listing: Listing, rulebook: Rulebook, as_of: date) -> Listed:
    rule = rulebook.list_type(listing.list_type)
    released = rule is None or listing.release_id is not None or not rule.requires_authorised_release
    return Listed(listing, -1, rule, rule is not None and released and in_force(listing, rule, as_of), released=released)


def _known_on(listing: Listing, as_of: date) -> Listing:
    """The listing without what happened later: an appeal against it, and its removal, which till then is the end it has."""
    later: dict[str, date | None] = {}
    if listing.removed_on is not None and listing.removed_on > as_of:
        later |= {"removed_on": None, "removal_ground": None, "ends_on": listing.ends_on or listing.removed_on}
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
            found[party].append(Marked(mark, party, rule, recognition_in_force(mark, rule, as_of)))
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
    """Listings by case; those that tell most first, so that a copy without number or day finds its case."""
    cases: list[list[Listed]] = []
    for listed in sorted(told, key=_fullest_first):
        known = (case for case in cases if any(_same_case(listed, one) for one in case))
        if (case := next(known, None)) is not None:
            case.append(listed)
        else:
            cases.append([listed])
    return cases


def _same_case(one: Listed, other: Listed) -> bool:
    """Whether two statements tell one listing: one list and issuer, and nothing they tell apart."""
    a, b = one.listing, other.listing
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
    return (alike and a.listed_on is not None) or one.in_force == other.in_force  # Less told does not end what more tells.


def _same_issuer(one: Listing, other: Listing) -> bool:
    return issuer_key(one.issuer) == issuer_key(other.issuer) or _plain(one.issuer) == _plain(other.issuer)


def _agree(one: object, other: object) -> bool:
    """Whether two facts do not contradict each other: equal, or one of them not told."""
    return one == other or not one or not other


@lru_cache(maxsize=65536)
def _plain(text: str | None) -> str:
    """Letters and digits only, in one width and case: sources write one court and one number in several ways."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text or "").casefold() if sign.isalnum())


def _file(listing: Listing) -> str:
    return listing.row_id.partition("#")[0]


def _fullest_first(listed: Listed) -> tuple[bool, bool, bool, str]:
    told = listed.listing
    return told.case_no is None, told.listed_on is None, told.programme is None, told.id


def _removed_first(listed: Listed) -> tuple[bool, bool, bool, int, str]:
    """A repair counts before an end that only ran out, so that what was repaired is sealed; then what tells its day."""
    told = listed.listing
    return listed.in_force, not listed.repaired, told.listed_on is None, -int(told.source_class), told.id


def _latest_first(listed: Listed) -> tuple[int, str]:
    day = listed.listing.listed_on
    return -day.toordinal() if day else 0, listed.listing.id


def _given_last_first(marked: Marked) -> tuple[int, str]:
    return -marked.mark.given_on.toordinal(), marked.mark.id


def _rows(columns: Columns) -> list[Row]:
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _parties_of_creditors(columns: Columns, parties: Parties) -> Mapping[str, int]:
    """Records of the parties, read only where a listing names a creditor."""
    if all(told in ("[]", None) for told in columns["creditor_ids"]):
        return {}
    return {record: party for party, document in enumerate(parties.documents) for record in document.get("record_ids") or ()}
