"""A party's profile: everything known, on one day, under one rulebook, with what it rests on."""

from api.context.explanations import explain_party
from api.context.kept_answers import tie_counts
from api.context.request_context import RequestContext
from api.parties.dealings import dealings_for_reader
from api.parties.owners import party_owners
from api.parties.path_lines import case_of, path_lines
from api.parties.records import entity_by_day
from api.parties.source_rows import files_by_id, newer_file, rows_of_statements
from api.parties.summaries import parties_by_id, party_line
from api.schemas.parties import (
    Band,
    Dealings,
    ListingState,
    Profile,
    Ruler,
    ShownIdentifier,
    ShownListing,
    ShownName,
    ShownRecognition,
)
from api.words import words
from graph.network.copies import copied_datasets
from graph.network.listings import ListingStatus
from ontology.entity import Entity
from ontology.listing import Recognition
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import Language, ListType
from ontology.score import LineKind, Score
from resolution.records.identifiers import displayable_value
from store.port import Row, Store
from store.rows import from_row

EXPERIENCES_MAX = 10_000
YEAR_LENGTH = 4
ASSOCIATION_TOLD_MIN = 0.005  # Everybody is linked to everybody at some distance: below it there is nothing to tell.
OUTCOMES = {
    "paid_on_time": "on_time",
    "paid_late": "late",
    "defaulted": "defaulted",
    "delivered": "delivered",
    "not_delivered": "not_delivered",
}


def _source_count(context: RequestContext, entity: Entity) -> int:
    """How many independent sources describe a party: a dataset of another's files under a second name is none."""
    copies = copied_datasets(context.store.columns("network/files"))
    return len({copies.get(name, name) for name in entity.sources})


def profile(context: RequestContext, entity_id: str) -> Profile:
    """The profile of a party of today. Raises NothingToDo where nothing was propagated yet."""
    row = parties_by_id(context.store, [entity_id])[entity_id]
    entity = entity_by_day(context, Entity.model_validate_json(row["document"]))
    explanation = explain_party(context, entity_id)
    listings = _listings(context, entity_id, explanation.score)
    in_force = sum(listing.in_force for listing in listings)
    return Profile(
        party=party_line(
            row | entity.model_dump(include={"name", "name_other", "place"}),
            explanation.score,
            ties=tie_counts(context, [entity_id]).get(entity_id, 0),
            listed=in_force,
        ),
        names=tuple(ShownName(text=name.text, role=name.role) for name in entity.names),
        identifiers=_identifiers(entity),
        founded_on=entity.founded_on,
        born_on=shown_birth(entity.born_on, context),
        ended_on=entity.ended_on if entity.ended_on and entity.ended_on <= context.as_of else None,
        registration_sentence=explanation.registration_sentence,
        place=entity.place,
        addresses=tuple(dict.fromkeys(address.text for address in entity.addresses)),
        records=len(entity.record_ids),
        sources=_source_count(context, entity),
        score=explanation.score,
        ruler=_ruler(context.rulebook, context.lang),
        listings=listings,
        sealed=_sealed_count(context, entity_id),
        recognitions=_recognitions(context, entity_id, explanation.score),
        paths=path_lines(context.store, explanation.paths),
        cases=tuple(case_of(case) for case in explanation.cases),
        owners=party_owners(context, entity_id),
        association_sentence=explanation.association_sentence if explanation.association >= ASSOCIATION_TOLD_MIN else "",
        sentence=explanation.sentence,
        dealings=_dealings(context, entity_id),
        consent_hint=words(context.lang)("consent.how") if (explanation.score.state or "").startswith("consent_") else "",
        as_of=context.as_of,
        rulebook=context.rulebook.version,
    )


def shown_birth(born_on: str | None, context: RequestContext) -> str | None:
    """The day of birth; for a partner the year alone: beside a masked id the day would give away most of the rest."""
    return born_on[:YEAR_LENGTH] if born_on and context.partner else born_on


def _identifiers(entity: Entity) -> tuple[ShownIdentifier, ...]:
    return tuple(
        ShownIdentifier(scheme=identifier.scheme, shown=displayable_value(identifier), valid=identifier.valid)
        for identifier in entity.identifiers
    )


def _ruler(rulebook: Rulebook, lang: Language) -> Ruler:
    bands = tuple(Band(id=band.id, label=band.in_language(lang), min=band.min, max=band.max) for band in rulebook.score.bands)
    return Ruler(min=rulebook.score.min, max=rulebook.score.max, bands=bands)


def _listings(context: RequestContext, entity_id: str, score: Score) -> tuple[ShownListing, ...]:
    """Listings known by the day, the latest first, then those of branches or head office in force; repaired ones are sealed."""
    scoring, points = context.scoring(), _points(score)
    party = scoring.network.parties.index[entity_id]
    own_listings = [listed for listed in scoring.network.listings.get(party, ()) if listed.publishable and not listed.repaired]
    other_listings = [listed for listed in scoring.listings(party) if listed.party != party]
    names, files = scoring.network.parties, files_by_id(context.store) if own_listings or other_listings else {}

    def branch_of(listed: ListingStatus) -> str | None:
        return None if listed.party == party else names.display_name(listed.party, context.lang)

    all_listings = (*own_listings, *other_listings)
    rows = rows_of_statements(context.store, "listings", [listed.listing.id for listed in all_listings]) if all_listings else {}
    return tuple(
        _listing(context, listed, listed.rule, points, newer=_newer(listed, files, rows), branch=branch_of(listed))
        for listed in all_listings
        if listed.rule
    )


def _newer(listed: ListingStatus, files: dict[str, Row], rows: dict[str, list[str]]) -> str | None:
    """A newer file of the list that does not name the party any more, of a listing in force."""
    return newer_file(files, rows.get(listed.listing.id) or [listed.listing.row_id]) if listed.in_force else None


def _sealed_count(context: RequestContext, entity_id: str) -> int:
    """How many listings were repaired by the day: what they said is in the sealed history only."""
    network = context.scoring().network
    return sum(
        1 for listed in network.listings.get(network.parties.index[entity_id], ()) if listed.publishable and listed.repaired
    )


def _listing(
    context: RequestContext,
    listed: ListingStatus,
    rule: ListType,
    points: dict[str, int],
    *,
    newer: str | None,
    branch: str | None,
) -> ShownListing:
    listing = listed.listing
    copied = ("id", "list_type", "programme", "case_no", "listed_on", "reason", "duty")
    facts = {name: getattr(listing, name) for name in copied}
    return ShownListing(
        **facts,
        **_issuer(context, listing.issuer),
        title=rule.name_in(context.lang).title,
        ends_on=listed.ends_on,
        in_force=listed.in_force,
        state=_state(listed, context),
        check=rule.check,
        performance=listing.performance,
        rule_basis=rule.basis,
        reason_code=rule.reason,
        points=points.get(listing.id, 0),
        contest=_contest(context, rule.appeal) if listed.in_force else "",
        row_id=listing.row_id,
        newer_file=newer,
        branch=branch,
    )


def _state(listed: ListingStatus, context: RequestContext) -> ListingState:
    if listed.in_force:
        return ListingState.DISPUTED if listed.disputed(context.as_of) else ListingState.IN_FORCE
    return ListingState.ENDED


def _contest(context: RequestContext, appeal: str) -> str:
    """How the party can contest a listing, from the rulebook's appeal."""
    rule, say = context.rulebook.appeals[appeal], words(context.lang)
    window = say("contest.window", days=rule.window_days) if rule.window_days else say("contest.any_time")
    return say("contest", window=window, days=rule.decide_days)


def _recognitions(context: RequestContext, entity_id: str, score: Score) -> tuple[ShownRecognition, ...]:
    rows = context.store.read("network/recognitions_of", entity_id=entity_id)
    points = _points(score)
    recognitions = [from_row(Recognition, row) for row in rows]
    return tuple(
        _recognition(context, recognition, points) for recognition in recognitions if recognition.given_on <= context.as_of
    )


def _recognition(context: RequestContext, recognition: Recognition, points: dict[str, int]) -> ShownRecognition:
    rule = context.rulebook.positive_signal(recognition.mark)
    facts = {name: getattr(recognition, name) for name in ("id", "mark", "given_on", "ends_on", "row_id")}
    title = rule.in_language(context.lang) if rule else recognition.mark.replace("_", " ")
    return ShownRecognition(**facts, **_issuer(context, recognition.issuer), title=title, points=points.get(recognition.id, 0))


def _issuer(context: RequestContext, issuer_id: str) -> dict[str, str | None]:
    """The issuer's name in the language asked for, and the source's own where that differs."""
    name = context.scoring().network.parties.issuer(issuer_id, context.lang)
    return {"issuer": name, "issuer_other": issuer_id if name != issuer_id else None}


def _points(score: Score) -> dict[str, int]:
    """Points by the one statement a line rests on; a line with several statements is nobody's alone."""
    single = [line for line in score.lines if line.kind in (LineKind.LISTING, LineKind.POSITIVE) and len(line.evidence_ids) == 1]
    return {line.evidence_ids[0]: line.points for line in single}


def _dealings(context: RequestContext, entity_id: str) -> Dealings:
    """Counts of dealings that others reported of the party up to the day, and a sentence."""
    dealings, withheld = dealings_for_reader(context, entity_id, EXPERIENCES_MAX)
    counts = {name: sum(1 for dealing in dealings if dealing.outcome == outcome) for outcome, name in OUTCOMES.items()}
    reporters = len(_entities_of(context.store, {dealing.reporter_id for dealing in dealings}))
    say = words(context.lang)
    sentence = say("dealings.some", total=len(dealings), counterparties=reporters) if dealings else say("dealings.none")
    sentence = (
        f"{sentence} {say('dealings.withheld')}" if dealings and withheld else say("dealings.withheld") if withheld else sentence
    )
    return Dealings(total=len(dealings), counterparties=reporters, sentence=sentence, **counts)


def _entities_of(store: Store, record_ids: set[str]) -> set[str]:
    rows: list[Row] = store.read("answers/entities_of_records", ids=sorted(record_ids))
    return {row["entity_id"] for row in rows}
