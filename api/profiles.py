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
from api.derived import tie_counts
from api.explained import case_shown, explained, path_lines
from api.lines import parties_by_id, party_line
from api.owners import party_owners
from api.party_records import entity_by_day
from api.source_rows import files_by_id, newer_file, rows_of_statements
from api.words import words
from graph.network.copies import copied_datasets
from graph.network.standings import Listed
from ontology.entity import Entity
from ontology.listing import Recognition
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import Language, ListType
from ontology.score import LineKind, Score
from resolution.records.identifiers import shown
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


def _sources(asked: Asked, entity: Entity) -> int:
    """How many independent sources describe a party: a dataset of another's files under a second name is none."""
    copies = copied_datasets(asked.store.columns("network/files"))
    return len({copies.get(name, name) for name in entity.sources})


def profile(asked: Asked, entity_id: str) -> Profile:
    """The profile of a party of today. Raises NothingToDo where nothing was propagated yet."""
    row = parties_by_id(asked.store, [entity_id])[entity_id]
    entity = entity_by_day(asked, Entity.model_validate_json(row["document"]))
    told = explained(asked, entity_id)
    listings = _listings(asked, entity_id, told.score)
    in_force = sum(listing.in_force for listing in listings)
    return Profile(
        party=party_line(
            row | entity.model_dump(include={"name", "name_other", "place"}),
            told.score,
            ties=tie_counts(asked, [entity_id]).get(entity_id, 0),
            listed=in_force,
        ),
        names=tuple(ShownName(text=name.text, role=name.role) for name in entity.names),
        identifiers=_identifiers(entity),
        founded_on=entity.founded_on,
        born_on=shown_birth(entity.born_on, asked),
        ended_on=entity.ended_on if entity.ended_on and entity.ended_on <= asked.as_of else None,
        registration_sentence=told.registration_sentence,
        place=entity.place,
        addresses=tuple(dict.fromkeys(address.text for address in entity.addresses)),
        records=len(entity.record_ids),
        sources=_sources(asked, entity),
        score=told.score,
        ruler=_ruler(asked.rulebook, asked.lang),
        listings=listings,
        sealed=_sealed(asked, entity_id),
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


def shown_birth(born_on: str | None, asked: Asked) -> str | None:
    """The day of birth, of which a partner is told the year: beside a masked id the day would give away most of the rest."""
    return born_on[:YEAR_LENGTH] if born_on and asked.partner else born_on


def _identifiers(entity: Entity) -> tuple[ShownIdentifier, ...]:
    return tuple(ShownIdentifier(scheme=one.scheme, shown=shown(one), valid=one.valid) for one in entity.identifiers)


def _ruler(rulebook: Rulebook, lang: Language) -> Ruler:
    bands = tuple(Band(id=band.id, label=band.told(lang), min=band.min, max=band.max) for band in rulebook.score.bands)
    return Ruler(min=rulebook.score.min, max=rulebook.score.max, bands=bands)


def _listings(asked: Asked, entity_id: str, score: Score) -> tuple[ShownListing, ...]:
    """Listings told by the day, the latest first, then those of branches or head office in force; repaired ones are sealed."""
    scoring, points = asked.explainers.scoring(asked), _points(score)
    party = scoring.network.parties.index[entity_id]
    own = [one for one in scoring.network.listings.get(party, ()) if one.shown and not one.repaired]
    others = [one for one in scoring.listings(party) if one.party != party]
    names, files = scoring.network.parties, files_by_id(asked.store) if own or others else {}

    def branch_of(one: Listed) -> str | None:
        return None if one.party == party else names.called(one.party, asked.lang)

    every = (*own, *others)
    rows = rows_of_statements(asked.store, "listings", [one.listing.id for one in every]) if every else {}
    return tuple(
        _listing(asked, one, one.rule, points, newer=_newer(one, files, rows), branch=branch_of(one)) for one in every if one.rule
    )


def _newer(one: Listed, files: dict[str, Row], rows: dict[str, list[str]]) -> str | None:
    """A newer file of the list that does not name the party any more, of a listing in force."""
    return newer_file(files, rows.get(one.listing.id) or [one.listing.row_id]) if one.in_force else None


def _sealed(asked: Asked, entity_id: str) -> int:
    """How many listings were repaired by the day: what they said is in the sealed history only."""
    network = asked.explainers.scoring(asked).network
    return sum(1 for one in network.listings.get(network.parties.index[entity_id], ()) if one.shown and one.repaired)


def _listing(
    asked: Asked, one: Listed, rule: ListType, points: dict[str, int], *, newer: str | None, branch: str | None
) -> ShownListing:
    listing = one.listing
    same = ("id", "list_type", "programme", "case_no", "listed_on", "reason", "duty")
    told = {name: getattr(listing, name) for name in same}
    return ShownListing(
        **told,
        **_issuer(asked, listing.issuer),
        title=rule.named(asked.lang).title,
        ends_on=one.ends_on,
        in_force=one.in_force,
        state=_state(one, asked),
        check=rule.check,
        performance=listing.performance,
        rule_basis=rule.basis,
        reason_code=rule.reason,
        points=points.get(listing.id, 0),
        contest=_contest(asked, rule.appeal) if one.in_force else "",
        row_id=listing.row_id,
        newer_file=newer,
        branch=branch,
    )


def _state(one: Listed, asked: Asked) -> ListingState:
    if one.in_force:
        return ListingState.DISPUTED if one.disputed(asked.as_of) else ListingState.IN_FORCE
    return ListingState.ENDED


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
