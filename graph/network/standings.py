"""Official listings and good marks on a day, each with its rule and the party it names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph.network.parties import Parties
from ontology.issuers import issuer_key, tokens
from ontology.listing import Listing, Recognition
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import ListType, PositiveSignal
from ontology.rulebook_terms import ends_on, in_force, mark_in_force, told_by
from store.port import Columns, Row
from store.rows import from_row


@dataclass(frozen=True)
class Listed:
    """A listing as of a day. `rule` is None where the rulebook has none for its list, known or unknown: then it has no effect."""

    listing: Listing
    party: int
    rule: ListType | None
    in_force: bool
    creditors: tuple[int, ...]

    @property
    def shown(self) -> bool:
        """Whether it may be shown at all."""
        return self.rule is not None and self.rule.publish

    @property
    def active(self) -> bool:
        """Whether it binds on the day."""
        return self.in_force and self.shown

    @property
    def binds(self) -> bool:
        """Whether it has effects on others: one on a list that the rulebook does not know is shown, and that is all."""
        return self.active and self.rule is not None and self.rule.check == "stop"

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
    found: dict[int, list[Listed]] = defaultdict(list)
    for row in _rows(columns):
        listing = from_row(Listing, row)
        party = parties.index.get(row["entity_id"])
        if party is None or not told_by(listing, as_of):
            continue
        rule = rulebook.list_type(listing.list_type)
        creditors = tuple(sorted({records[one] for one in listing.creditor_ids if one in records}))
        released = rule is not None and (listing.release_id is not None or not rule.requires_authorised_release)
        stands = rule is not None and released and in_force(listing, rule, as_of)
        found[party].append(Listed(listing, party, rule, stands, creditors))
    return {party: one_per_case(told) for party, told in sorted(found.items())}


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


def one_per_case(told: Iterable[Listed]) -> tuple[Listed, ...]:
    """A listing told by several files is one; the latest first. A removal any of them knows counts, then the best class."""
    cases: list[list[Listed]] = []
    for listed in sorted(told, key=_fullest_first):
        same = next((case for case in cases if any(_same(listed, other) for other in case)), None)
        if same is None:
            cases.append([listed])
        else:
            same.append(listed)
    return tuple(sorted((min(case, key=_removed_first) for case in cases), key=_latest_first))


def _same(one: Listed, other: Listed) -> bool:
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
        return alike and a.programme == b.programme
    return (alike and a.listed_on is not None) or one.in_force == other.in_force  # Less told does not end what more tells.


def _same_issuer(one: Listing, other: Listing) -> bool:
    return issuer_key(one.issuer) == issuer_key(other.issuer)


def _agree(one: object, other: object) -> bool:
    """Whether two facts do not contradict each other: equal, or one of them not told."""
    return one == other or one is None or other is None


def _plain(text: str | None) -> str | None:
    return " ".join(tokens(text)) if text else None


def _file(listing: Listing) -> str:
    return listing.row_id.partition("#")[0]


def _fullest_first(listed: Listed) -> tuple[bool, bool, bool, str]:
    told = listed.listing
    return told.case_no is None, told.listed_on is None, told.programme is None, told.id


def _removed_first(listed: Listed) -> tuple[bool, bool, int, str]:
    return listed.in_force, listed.listing.listed_on is None, -int(listed.listing.source_class), listed.listing.id


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
