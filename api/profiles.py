"""A party's profile: everything known, on one day, under one rulebook, with what it rests on."""

from api.answers import (
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
from api.asked import Asked
from api.dealings import told_dealings
from api.explained import case_shown, explained, path_lines
from api.lines import parties_by_id, party_line
from api.owners import party_owners
from api.words import words
from graph.network.copies import copied_datasets
from graph.network.standings import Listed
from ontology.entity import Entity
from ontology.listing import Listing, Recognition
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import Language, ListType
from ontology.rulebook_terms import in_force
from ontology.score import LineKind, Score
from resolution.records.identifiers import shown
from store.port import Row, Store
from store.rows import from_row

EXPERIENCES_MAX = 10_000
ASSOCIATION_TOLD_MIN = 0.005  # Everybody is linked to everybody at some distance: below it there is nothing to tell.
OUTCOMES = {
    "paid_on_time": "on_time",
    "paid_late": "late",
    "defaulted": "defaulted",
    "delivered": "delivered",
    "not_delivered": "not_delivered",
}


def _sources(asked: Asked, entity: Entity) -> int:
    """How many independent sources describe a party: a dataset of another's files under a second name is none."""
    copies = copied_datasets(asked.store.columns("network/files"))
    return len({copies.get(name, name) for name in entity.sources})


def profile(asked: Asked, entity_id: str) -> Profile:
    """The profile of a party of today. Raises NothingToDo where nothing was propagated yet."""
    row = parties_by_id(asked.store, [entity_id])[entity_id]
    entity = Entity.model_validate_json(row["document"])
    told = explained(asked, entity_id)
    counts = asked.store.read("answers/tie_counts_by_ids", ids=[entity_id])
    listings = _listings(asked, entity, told.score)
    in_force = sum(listing.in_force for listing in listings)
    return Profile(
        party=party_line(row, told.score, ties=counts[0]["n"] if counts else 0, listed=in_force),
        names=tuple(ShownName(text=name.text, role=name.role) for name in entity.names),
        identifiers=_identifiers(entity),
        founded_on=entity.founded_on,
        born_on=entity.born_on,
        ended_on=entity.ended_on if entity.ended_on and entity.ended_on <= asked.as_of else None,
        registration_sentence=told.registration_sentence,
        place=entity.place,
        addresses=tuple(dict.fromkeys(address.text for address in entity.addresses)),
        records=len(entity.record_ids),
        sources=_sources(asked, entity),
        score=told.score,
        ruler=_ruler(asked.rulebook, asked.lang),
        listings=listings,
        recognitions=_recognitions(asked, entity_id, told.score),
        paths=path_lines(asked.store, told.paths),
        cases=tuple(case_shown(case) for case in told.cases),
        owners=party_owners(asked, entity_id),
        association_sentence=told.association_sentence if told.association >= ASSOCIATION_TOLD_MIN else "",
        sentence=told.sentence,
        dealings=_dealings(asked, entity_id),
        consent_hint=words(asked.lang)("consent.how") if (told.score.state or "").startswith("consent_") else "",
        as_of=asked.as_of,
        rulebook=asked.rulebook.version,
    )


def _identifiers(entity: Entity) -> tuple[ShownIdentifier, ...]:
    return tuple(ShownIdentifier(scheme=one.scheme, shown=shown(one), valid=one.valid) for one in entity.identifiers)


def _ruler(rulebook: Rulebook, lang: Language) -> Ruler:
    bands = tuple(Band(id=band.id, label=band.told(lang), min=band.min, max=band.max) for band in rulebook.score.bands)
    return Ruler(min=rulebook.score.min, max=rulebook.score.max, bands=bands)


def _listings(asked: Asked, entity: Entity, score: Score) -> tuple[ShownListing, ...]:
    """Listings told by the day asked for, the latest first; minor ones are never shown."""
    rows = asked.store.read("network/listings_of", entity_id=entity.id)
    held = [_listed(asked, from_row(Listing, row)) for row in rows]
    points = _points(score)
    told = [one for one in held if one.shown and one.listing.listed_on <= asked.as_of]
    return tuple(_listing(asked, one, one.rule, points) for one in told if one.rule)


def _listed(asked: Asked, listing: Listing) -> Listed:
    rule = asked.rulebook.list_type(listing.list_type)
    return Listed(listing, 0, rule, rule is not None and in_force(listing, rule, asked.as_of), ())


def _listing(asked: Asked, one: Listed, rule: ListType, points: dict[str, int]) -> ShownListing:
    listing = one.listing
    told = {name: getattr(listing, name) for name in ("id", "list_type", "case_no", "listed_on", "reason", "duty")}
    return ShownListing(
        **told,
        **_issuer(asked, listing.issuer),
        title=rule.named(asked.lang).title,
        ends_on=one.ends_on,
        in_force=one.in_force,
        state=_state(one, asked),
        performance=listing.performance,
        rule_basis=rule.basis,
        reason_code=rule.reason,
        points=points.get(listing.id, 0),
        contest=_contest(asked, rule.appeal) if one.in_force else "",
        row_id=listing.row_id,
    )


def _state(one: Listed, asked: Asked) -> ListingState:
    if one.in_force:
        return ListingState.DISPUTED if one.disputed(asked.as_of) else ListingState.IN_FORCE
    removed = one.listing.removed_on
    return ListingState.REPAIRED if removed and removed <= asked.as_of else ListingState.ENDED


def _contest(asked: Asked, appeal: str) -> str:
    """How the party can contest a listing, from the rulebook's appeal."""
    rule, say = asked.rulebook.appeals[appeal], words(asked.lang)
    window = say("contest.window", days=rule.window_days) if rule.window_days else say("contest.any_time")
    return say("contest", window=window, days=rule.decide_days)


def _recognitions(asked: Asked, entity_id: str, score: Score) -> tuple[ShownRecognition, ...]:
    rows = asked.store.read("network/recognitions_of", entity_id=entity_id)
    points = _points(score)
    found = [from_row(Recognition, row) for row in rows]
    return tuple(_recognition(asked, mark, points) for mark in found if mark.given_on <= asked.as_of)


def _recognition(asked: Asked, mark: Recognition, points: dict[str, int]) -> ShownRecognition:
    rule = asked.rulebook.positive_signal(mark.mark)
    told = {name: getattr(mark, name) for name in ("id", "mark", "given_on", "ends_on", "row_id")}
    title = rule.told(asked.lang) if rule else mark.mark.replace("_", " ")
    return ShownRecognition(**told, **_issuer(asked, mark.issuer), title=title, points=points.get(mark.id, 0))


def _issuer(asked: Asked, told: str) -> dict[str, str | None]:
    """The issuer's name in the language asked for, and the source's own where that differs."""
    name = asked.explainers.scoring(asked).network.parties.issuer(told, asked.lang)
    return {"issuer": name, "issuer_other": told if name != told else None}


def _points(score: Score) -> dict[str, int]:
    """Points by the one statement a line rests on; a line with several statements is nobody's alone."""
    single = [line for line in score.lines if line.kind in (LineKind.LISTING, LineKind.POSITIVE) and len(line.evidence_ids) == 1]
    return {line.evidence_ids[0]: line.points for line in single}


def _dealings(asked: Asked, entity_id: str) -> Dealings:
    """What others told of the party up to the day."""
    told, withheld = told_dealings(asked, entity_id, EXPERIENCES_MAX)
    counts = {name: sum(1 for one in told if one.outcome == outcome) for outcome, name in OUTCOMES.items()}
    reporters = len(_entities_of(asked.store, {one.reporter_id for one in told}))
    say = words(asked.lang)
    sentence = say("dealings.some", total=len(told), counterparties=reporters) if told else say("dealings.none")
    sentence = (
        f"{sentence} {say('dealings.withheld')}" if told and withheld else say("dealings.withheld") if withheld else sentence
    )
    return Dealings(total=len(told), counterparties=reporters, sentence=sentence, **counts)


def _entities_of(store: Store, record_ids: set[str]) -> set[str]:
    rows: list[Row] = store.read("answers/entities_of_records", ids=sorted(record_ids))
    return {row["entity_id"] for row in rows}
