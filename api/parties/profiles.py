"""A party's profile: everything known, on one day, under one rulebook, with what it rests on."""

from api.context.explaining import explained
from api.context.kept_answers import tie_counts
from api.context.request_context import RequestContext
from api.parties.dealings import told_dealings
from api.parties.owners import party_owners
from api.parties.path_lines import case_shown, path_lines
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


def _sources(context: RequestContext, entity: Entity) -> int:
    """How many independent sources describe a party: a dataset of another's files under a second name is none."""
    copies = copied_datasets(context.store.columns("network/files"))
    return len({copies.get(name, name) for name in entity.sources})


def profile(context: RequestContext, entity_id: str) -> Profile:
    """The profile of a party of today. Raises NothingToDo where nothing was propagated yet."""
    row = parties_by_id(context.store, [entity_id])[entity_id]
    entity = entity_by_day(context, Entity.model_validate_json(row["document"]))
    told = explained(context, entity_id)
    listings = _listings(context, entity_id, told.score)
    in_force = sum(listing.in_force for listing in listings)
    return Profile(
        party=party_line(
            row | entity.model_dump(include={"name", "name_other", "place"}),
            told.score,
            ties=tie_counts(context, [entity_id]).get(entity_id, 0),
            listed=in_force,
        ),
        names=tuple(ShownName(text=name.text, role=name.role) for name in entity.names),
        identifiers=_identifiers(entity),
        founded_on=entity.founded_on,
        born_on=shown_birth(entity.born_on, context),
        ended_on=entity.ended_on if entity.ended_on and entity.ended_on <= context.as_of else None,
        registration_sentence=told.registration_sentence,
        place=entity.place,
        addresses=tuple(dict.fromkeys(address.text for address in entity.addresses)),
        records=len(entity.record_ids),
        sources=_sources(context, entity),
        score=told.score,
        ruler=_ruler(context.rulebook, context.lang),
        listings=listings,
        sealed=_sealed(context, entity_id),
        recognitions=_recognitions(context, entity_id, told.score),
        paths=path_lines(context.store, told.paths),
        cases=tuple(case_shown(case) for case in told.cases),
        owners=party_owners(context, entity_id),
        association_sentence=told.association_sentence if told.association >= ASSOCIATION_TOLD_MIN else "",
        sentence=told.sentence,
        dealings=_dealings(context, entity_id),
        consent_hint=words(context.lang)("consent.how") if (told.score.state or "").startswith("consent_") else "",
        as_of=context.as_of,
        rulebook=context.rulebook.version,
    )


def shown_birth(born_on: str | None, context: RequestContext) -> str | None:
    """The day of birth, of which a partner is told the year: beside a masked id the day would give away most of the rest."""
    return born_on[:YEAR_LENGTH] if born_on and context.partner else born_on


def _identifiers(entity: Entity) -> tuple[ShownIdentifier, ...]:
    return tuple(ShownIdentifier(scheme=one.scheme, shown=displayable_value(one), valid=one.valid) for one in entity.identifiers)


def _ruler(rulebook: Rulebook, lang: Language) -> Ruler:
    bands = tuple(Band(id=band.id, label=band.in_language(lang), min=band.min, max=band.max) for band in rulebook.score.bands)
    return Ruler(min=rulebook.score.min, max=rulebook.score.max, bands=bands)


def _listings(context: RequestContext, entity_id: str, score: Score) -> tuple[ShownListing, ...]:
    """Listings told by the day, the latest first, then those of branches or head office in force; repaired ones are sealed."""
    scoring, points = context.scoring(), _points(score)
    party = scoring.network.parties.index[entity_id]
    own = [one for one in scoring.network.listings.get(party, ()) if one.publishable and not one.repaired]
    others = [one for one in scoring.listings(party) if one.party != party]
    names, files = scoring.network.parties, files_by_id(context.store) if own or others else {}

    def branch_of(one: ListingStatus) -> str | None:
        return None if one.party == party else names.display_name(one.party, context.lang)

    every = (*own, *others)
    rows = rows_of_statements(context.store, "listings", [one.listing.id for one in every]) if every else {}
    return tuple(
        _listing(context, one, one.rule, points, newer=_newer(one, files, rows), branch=branch_of(one))
        for one in every
        if one.rule
    )


def _newer(one: ListingStatus, files: dict[str, Row], rows: dict[str, list[str]]) -> str | None:
    """A newer file of the list that does not name the party any more, of a listing in force."""
    return newer_file(files, rows.get(one.listing.id) or [one.listing.row_id]) if one.in_force else None


def _sealed(context: RequestContext, entity_id: str) -> int:
    """How many listings were repaired by the day: what they said is in the sealed history only."""
    network = context.scoring().network
    return sum(1 for one in network.listings.get(network.parties.index[entity_id], ()) if one.publishable and one.repaired)


def _listing(
    context: RequestContext, one: ListingStatus, rule: ListType, points: dict[str, int], *, newer: str | None, branch: str | None
) -> ShownListing:
    listing = one.listing
    same = ("id", "list_type", "programme", "case_no", "listed_on", "reason", "duty")
    told = {name: getattr(listing, name) for name in same}
    return ShownListing(
        **told,
        **_issuer(context, listing.issuer),
        title=rule.name_in(context.lang).title,
        ends_on=one.ends_on,
        in_force=one.in_force,
        state=_state(one, context),
        check=rule.check,
        performance=listing.performance,
        rule_basis=rule.basis,
        reason_code=rule.reason,
        points=points.get(listing.id, 0),
        contest=_contest(context, rule.appeal) if one.in_force else "",
        row_id=listing.row_id,
        newer_file=newer,
        branch=branch,
    )


def _state(one: ListingStatus, context: RequestContext) -> ListingState:
    if one.in_force:
        return ListingState.DISPUTED if one.disputed(context.as_of) else ListingState.IN_FORCE
    return ListingState.ENDED


def _contest(context: RequestContext, appeal: str) -> str:
    """How the party can contest a listing, from the rulebook's appeal."""
    rule, say = context.rulebook.appeals[appeal], words(context.lang)
    window = say("contest.window", days=rule.window_days) if rule.window_days else say("contest.any_time")
    return say("contest", window=window, days=rule.decide_days)


def _recognitions(context: RequestContext, entity_id: str, score: Score) -> tuple[ShownRecognition, ...]:
    rows = context.store.read("network/recognitions_of", entity_id=entity_id)
    points = _points(score)
    found = [from_row(Recognition, row) for row in rows]
    return tuple(_recognition(context, mark, points) for mark in found if mark.given_on <= context.as_of)


def _recognition(context: RequestContext, mark: Recognition, points: dict[str, int]) -> ShownRecognition:
    rule = context.rulebook.positive_signal(mark.mark)
    told = {name: getattr(mark, name) for name in ("id", "mark", "given_on", "ends_on", "row_id")}
    title = rule.in_language(context.lang) if rule else mark.mark.replace("_", " ")
    return ShownRecognition(**told, **_issuer(context, mark.issuer), title=title, points=points.get(mark.id, 0))


def _issuer(context: RequestContext, told: str) -> dict[str, str | None]:
    """The issuer's name in the language asked for, and the source's own where that differs."""
    name = context.scoring().network.parties.issuer(told, context.lang)
    return {"issuer": name, "issuer_other": told if name != told else None}


def _points(score: Score) -> dict[str, int]:
    """Points by the one statement a line rests on; a line with several statements is nobody's alone."""
    single = [line for line in score.lines if line.kind in (LineKind.LISTING, LineKind.POSITIVE) and len(line.evidence_ids) == 1]
    return {line.evidence_ids[0]: line.points for line in single}


def _dealings(context: RequestContext, entity_id: str) -> Dealings:
    """What others told of the party up to the day."""
    told, withheld = told_dealings(context, entity_id, EXPERIENCES_MAX)
    counts = {name: sum(1 for one in told if one.outcome == outcome) for outcome, name in OUTCOMES.items()}
    reporters = len(_entities_of(context.store, {one.reporter_id for one in told}))
    say = words(context.lang)
    sentence = say("dealings.some", total=len(told), counterparties=reporters) if told else say("dealings.none")
    sentence = (
        f"{sentence} {say('dealings.withheld')}" if told and withheld else say("dealings.withheld") if withheld else sentence
    )
    return Dealings(total=len(told), counterparties=reporters, sentence=sentence, **counts)


def _entities_of(store: Store, record_ids: set[str]) -> set[str]:
    rows: list[Row] = store.read("answers/entities_of_records", ids=sorted(record_ids))
    return {row["entity_id"] for row in rows}
