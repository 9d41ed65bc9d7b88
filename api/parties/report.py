"""`kith explain`: a report on a party for somebody who has never seen a graph.

The order is law, record, links to listed parties, dealings, then the numbers, then the sources. Sentences about the party
come from the profile; this module adds file, row and date to each, and says what is absent.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from api.context.request_context import RequestContext
from api.parties.dealings import party_dealings
from api.parties.owners_text import owner_lines
from api.parties.records import party_records
from api.parties.source_rows import file_and_row, files_by_id
from api.parties.ties import party_ties, stake_text
from api.schemas.parties import DealingLine, Hop, PathLine, Profile, Records, ShownListing, Ties
from api.words import Words, day, percent, words
from ontology.base import PartyKind
from store.port import Row

TIES_SHOWN_MAX = 12
PATHS_SHOWN_MAX = 5
STRENGTH_SHOWN_MIN = 0.005  # Half a per cent of a listing: below it a link is told by its number only.
RECORDS_SHOWN_MAX = 30
DEALINGS_SHOWN_MAX = 5
FAILINGS = {
    "defaulted": "defaulted",
    "not_delivered": "not_delivered",
    "paid_late": "late",
}  # The gravest first.


def report_lines(context: RequestContext, profile: Profile) -> list[str]:
    """The lines of the report."""
    store, entity_id = context.store, profile.party.id
    dealings = party_dealings(context, entity_id).dealings
    writer = _ReportWriter(words(context.lang), context.lang, files_by_id(store))
    parts = (
        writer.head(profile),
        writer.listings(profile),
        writer.marks(profile),
        writer.paths(profile),
        writer.cases(profile),
        writer.owners(profile),
        writer.dealings(profile, dealings),
        writer.ties(party_ties(context, entity_id)),
        writer.numbers(profile, {dealing.id: dealing.row_id for dealing in dealings}),
        writer.records(profile, party_records(context, entity_id)),
    )
    filled_parts = [list(part) for part in parts]
    return [line for part in filled_parts if part for line in (*part, "")][:-1]


class _ReportWriter:
    """Tells each part in one language; `files` are the loaded files by id."""

    def __init__(self, say: Words, lang: str, files: dict[str, Row]) -> None:
        self._say, self._lang, self._files = say, lang, files

    def head(self, profile: Profile) -> Iterator[str]:
        """Who it is, on which day, and the whole answer in a sentence or two."""
        party = profile.party
        other_name = f" / {party.name_other}" if party.name_other else ""
        place = f" ({profile.place})" if profile.place else ""
        yield f"{party.name}{other_name}{place} · {self._say(f'kind.{party.kind}')} · {party.id}"
        yield self._say("account.under", as_of=day(profile.as_of, self._lang), rulebook=profile.rulebook)
        yield ""
        yield profile.sentence
        if profile.association_sentence and profile.association_sentence not in profile.sentence:
            yield profile.association_sentence

    def listings(self, profile: Profile) -> Iterator[str]:
        """Its own listings, each with issuer, days, source, and how it can be contested."""
        yield self._say("account.listings")
        if not profile.listings:
            yield "  " + self._say("account.no_listings")
        for listing in profile.listings:
            yield from self._listing(listing)
        if profile.sealed:
            yield "  " + self._say("account.sealed", count=profile.sealed)

    def marks(self, profile: Profile) -> Iterator[str]:
        """Good marks by public bodies."""
        yield self._say("account.marks")
        if not profile.recognitions:
            yield "  " + self._say("account.no_marks")
        for mark in profile.recognitions:
            text = self._say("account.mark", title=mark.title, issuer=mark.issuer, given_on=day(mark.given_on, self._lang))
            yield f"  {text} {self._source(mark.row_id)}"

    def paths(self, profile: Profile) -> Iterator[str]:
        """How risk reaches it, path by path, hop by hop. Persons receive none."""
        yield self._say("account.paths")
        if profile.party.kind == PartyKind.PERSON:
            yield "  " + self._say("account.person_receives_none")
        elif not profile.paths:
            unknown = profile.party.kind == PartyKind.UNKNOWN
            is_listed = any(listing.in_force for listing in profile.listings)
            close = "account.only_close_listed" if is_listed else "account.only_close"
            none = close if profile.association_sentence else "account.no_paths"
            yield "  " + self._say("account.unknown_receives_none" if unknown else none)
        paths_by_text = {
            (path.listed_id, path.sentence): path for path in sorted(profile.paths, key=lambda path: path.bears_points)
        }
        near = [path for path in paths_by_text.values() if path.strength >= STRENGTH_SHOWN_MIN]
        near = sorted(near, key=lambda path: (not path.bears_points, -path.strength))[:PATHS_SHOWN_MAX]
        for number, path in enumerate(near, 1):
            yield from self._path(number, path)
        if len(paths_by_text) > len(near):
            yield "  " + self._say("account.distant" if near else "account.only_distant", count=len(paths_by_text) - len(near))

    def cases(self, profile: Profile) -> Iterator[str]:
        """Questions for a person to settle, with both sides."""
        if profile.cases:
            yield self._say("account.cases")
        for case in profile.cases:
            yield f"  {case.sentence}"
            yield from (f"    + {sentence}" for sentence in case.speaks_for)
            yield from (f"    - {sentence}" for sentence in case.speaks_against)

    def owners(self, profile: Profile) -> Iterator[str]:
        """Who stands behind it, where a source tells an owner."""
        if profile.owners.owners or profile.owners.no_ultimate_owner:
            yield self._say("account.owners")
            yield from (f"  {line}" for line in owner_lines(profile.owners, self._say))

    def dealings(self, profile: Profile, lines: tuple[DealingLine, ...]) -> Iterator[str]:
        """What those who dealt with it report: the counts, and the gravest failings with their rows."""
        yield self._say("account.dealings")
        figures = profile.dealings
        yield f"  {figures.sentence}"
        counts = {"on_time": figures.on_time, "late": figures.late, "defaulted": figures.defaulted}
        counts |= {"delivered": figures.delivered, "not_delivered": figures.not_delivered}
        if any(counts.values()):
            yield "  " + ", ".join(f"{self._say(f'outcome.{name}')} {count}" for name, count in counts.items() if count)
        grave = [*FAILINGS]
        failed = sorted((line for line in lines if line.outcome in FAILINGS), key=lambda line: grave.index(line.outcome))
        yield from (f"    {self._failing(line)}" for line in failed[:DEALINGS_SHOWN_MAX])
        if len(failed) > DEALINGS_SHOWN_MAX:
            yield "    " + self._say("account.more", count=len(failed) - DEALINGS_SHOWN_MAX)

    def _failing(self, line: DealingLine) -> str:
        outcome, on = self._say(f"outcome.{FAILINGS[line.outcome]}"), day(line.happened_on, self._lang)
        disputed = f" ({self._say('account.disputed')})" if line.disputed else ""
        return f"{on}: {outcome}{disputed}, {self._say('account.reported_by', name=line.reporter)} {self._source(line.row_id)}"

    def ties(self, ties: Ties) -> Iterator[str]:
        """Whom it is linked with, however that is."""
        yield self._say("account.ties")
        if not ties.ties:
            yield "  " + self._say("account.no_ties")
        for tie in ties.ties[:TIES_SHOWN_MAX]:
            days = self._days(tie.began_on, tie.ended_on)
            yield f"  {tie.label} {tie.other.name}{stake_text(tie)}{days} {self._sources(tie.row_ids)}".rstrip()
        if len(ties.ties) > TIES_SHOWN_MAX:
            yield "  " + self._say("account.more", count=len(ties.ties) - TIES_SHOWN_MAX)

    def numbers(self, profile: Profile, rows: dict[str, str]) -> Iterator[str]:
        """Every line of the score, their sum, and what would change it. `rows`: source row of each dealing."""
        yield self._say("account.numbers")
        score = profile.score
        if score.value is None:
            yield f"  {score.state_sentence or score.state}"
        if profile.consent_hint:
            yield f"  {profile.consent_hint}"
        for line in score.lines:
            disputed = f" ({self._say('account.disputed')})" if line.disputed else ""
            detail = f": {line.detail}" if line.detail else ""
            yield f"  {line.reason_code:<4} {line.points:>+5d}  {line.title}{detail}{disputed}"
            if row_ids := [rows[id_] for id_ in line.evidence_ids if id_ in rows]:
                yield f"              {self._sources(row_ids)}"
        if score.value is not None:
            band = next((band.label for band in profile.ruler.bands if band.id == score.band), "")
            total = self._say("account.sum", band=band, low=profile.ruler.min, high=profile.ruler.max)
            yield f"  {'=':<4} {score.value:>5d}  {total}"
        for exposure in (exposure for exposure in score.exposures if exposure.points or exposure.value >= STRENGTH_SHOWN_MIN):
            yield "  " + self._say(
                "account.exposure", profile=exposure.profile, value=f"{exposure.value:.3f}", points=exposure.points
            )
        for change in score.counterfactuals:
            yield "  " + self._say("account.counterfactual", change=change.change, score=change.score)

    def records(self, profile: Profile, records: Records) -> Iterator[str]:
        """The records it was put together from."""
        yield self._say("account.records", records=profile.records, sources=profile.sources)
        for record in records.records[:RECORDS_SHOWN_MAX]:
            observed = f", {day(record.observed_on, self._lang)}" if record.observed_on else ""
            name = record.name if record.name != record.id else self._say("account.nameless", id=record.id)
            yield f"  {name} {self._sources(record.row_ids)}{observed}"
        if len(records.records) > RECORDS_SHOWN_MAX:
            yield "  " + self._say("account.more", count=len(records.records) - RECORDS_SHOWN_MAX)
        origins = {(record.dataset, record.publisher, record.licence, record.loaded_on) for record in records.records}
        for dataset, publisher, licence, loaded_on in sorted(origins, key=str):
            if publisher and loaded_on:
                shown_day = day(loaded_on, self._lang)
                yield "  " + self._say("account.origin", dataset=dataset, publisher=publisher, licence=licence, day=shown_day)

    def _listing(self, listing: ShownListing) -> Iterator[str]:
        until = (
            self._say("account.until", day=day(listing.ends_on, self._lang)) if listing.ends_on else self._say("account.open_end")
        )
        told_since = self._say("account.listed_since", day=day(listing.listed_on, self._lang))
        since = told_since if listing.listed_on else self._say("listing.day_not_told")
        text = self._say("account.listing", title=listing.title, issuer=listing.issuer, since=since, until=until)
        branch = f" ({listing.branch})" if listing.branch else ""
        yield f"  {self._say(f'listing.{listing.state}')}{branch}: {text} {self._source(listing.row_id)}"
        facts = (
            ("programme", listing.programme),
            ("case_no", listing.case_no),
            ("duty", listing.duty),
            ("reason", listing.reason),
            ("performance", listing.performance),
        )
        yield from (f"    {self._say(f'account.{name}', told=fact)}" for name, fact in facts if fact)
        yield f"    {self._say('account.basis', told=listing.rule_basis)}"
        if listing.newer_file:
            yield f"    {self._say('listing.newer_file', file=listing.newer_file)}"
        if listing.contest:
            yield f"    {listing.contest}"

    def _path(self, number: int, path: PathLine) -> Iterator[str]:
        bears = "" if path.bears_points else f" ({self._say('account.shown_only')})"
        yield f"  {number}. {path.sentence}{bears}"
        for hop in path.hops:
            share = f" ({percent(hop.share)})" if hop.share is not None else ""
            yield f"     {_hop(hop)}{share}{self._days(hop.began_on, hop.ended_on)} {self._sources(hop.row_ids)}".rstrip()

    def _days(self, began: date | None, ended: date | None) -> str:
        since = f", {self._say('account.since', day=day(began, self._lang))}" if began else ""
        return since + (f", {self._say('account.ended', day=day(ended, self._lang))}" if ended else "")

    def _sources(self, row_ids: Iterable[str]) -> str:
        shown_ids = list(row_ids)
        rest_text = f" +{len(shown_ids) - 2}" if len(shown_ids) > 2 else ""
        return " ".join(self._source(row_id) for row_id in shown_ids[:2]) + rest_text

    def _source(self, row_id: str) -> str:
        file, number = file_and_row(self._files, row_id)
        return f"[{self._say('account.source', file=file, row=number)}]"


def _hop(hop: Hop) -> str:
    via = f" ({hop.via.name})" if hop.via else ""
    return f"{hop.from_.name} – {hop.label}{via} – {hop.to.name}"
