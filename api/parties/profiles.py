"""The profile of a party: everything known on one day under one rulebook, with its sources."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.context.access import permit_look
from api.context.explanations import explain_party
from api.context.kept_answers import tie_counts
from api.context.request_context import RequestContext
from api.parties.dealings import dealings_summary
from api.parties.owners import party_owners
from api.parties.path_lines import case_of, path_lines
from api.parties.records import entity_by_day
from api.parties.source_rows import files_by_id, newer_file, rows_of_statements
from api.parties.summaries import parties_by_id, party_line
from api.schemas.parties import (
    Band,
    PartyLine,
    PathLine,
    Profile,
    Ruler,
    ShownIdentifier,
    ShownListing,
    ShownName,
    ShownRecognition,
)
from api.words import words
from graph.explanations.official_record import ListingAccount, OfficialRecord, RecognitionAccount
from graph.network.copies import copied_datasets
from ontology.entity import Entity
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import Language
from ontology.score import Score
from resolution.records.identifiers import displayable_value
from store.port import Row

YEAR_LENGTH = 4
ASSOCIATION_TOLD_MIN = 0.005  # Everybody is linked to everybody at some distance: below it there is nothing to tell.


def _source_count(context: RequestContext, entity: Entity) -> int:
    """How many independent sources describe a party: a dataset of another's files under a second name is none."""
    copies = copied_datasets(context.store.columns("network/files"))
    return len({copies.get(name, name) for name in entity.sources})


@dataclass(frozen=True)
class PartyAssessment:
    """What a check needs of a party: where it stands, its listings, its score with reasons, and who is near it."""

    party: PartyLine
    score: Score
    listings: tuple[ShownListing, ...]
    paths: tuple[PathLine, ...]
    sentence: str


def assess_party(context: RequestContext, entity_id: str) -> PartyAssessment:
    """The part of a profile that a check needs, in three quarters of the time. Raises as `profile`."""
    row = parties_by_id(context.store, [entity_id])[entity_id]
    entity = entity_by_day(context, Entity.model_validate_json(row["document"]))
    explanation = explain_party(context, entity_id, permit_look(context, entity_id))
    listings = _listings(context, explanation.official)
    line = _line_of(context, row, entity, explanation.score, listings)
    paths = path_lines(context.store, explanation.paths)
    return PartyAssessment(line, explanation.score, listings, paths, explanation.sentence)


def _line_of(context: RequestContext, row: Row, entity: Entity, score: Score, listings: Sequence[ShownListing]) -> PartyLine:
    """A party's line with the names that it bears on the day asked for."""
    return party_line(
        row | entity.model_dump(include={"name", "name_other", "place"}),
        score,
        ties=tie_counts(context, [entity.id]).get(entity.id, 0),
        listed=sum(listing.in_force for listing in listings),
    )


def profile(context: RequestContext, entity_id: str) -> Profile:
    """The profile of a present party, by its id. Raises NothingToDo where nothing was propagated yet."""
    row = parties_by_id(context.store, [entity_id])[entity_id]
    entity = entity_by_day(context, Entity.model_validate_json(row["document"]))
    permitted = permit_look(context, entity_id)
    explanation = explain_party(context, entity_id, permitted)
    listings = _listings(context, explanation.official)
    return Profile(
        party=_line_of(context, row, entity, explanation.score, listings),
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
        sealed=explanation.official.repaired,
        recognitions=tuple(map(_recognition, explanation.official.recognitions)),
        paths=path_lines(context.store, explanation.paths),
        cases=tuple(case_of(case) for case in explanation.cases),
        owners=party_owners(context, entity_id),
        association_sentence=explanation.association_sentence if explanation.association >= ASSOCIATION_TOLD_MIN else "",
        sentence=explanation.sentence,
        dealings=dealings_summary(context, row, permitted),
        consent_hint=words(context.lang)("consent.how") if (explanation.score.state or "").startswith("consent_") else "",
        as_of=context.as_of,
        rulebook=context.rulebook.version,
    )


def shown_birth(born_on: str | None, context: RequestContext) -> str | None:
    """The date of birth; to most roles only the year: with the date most of a masked id could be guessed."""
    hidden = context.caller is not None and not context.caller.sees_births
    return born_on[:YEAR_LENGTH] if born_on and hidden else born_on


def _identifiers(entity: Entity) -> tuple[ShownIdentifier, ...]:
    return tuple(
        ShownIdentifier(scheme=identifier.scheme, shown=displayable_value(identifier), valid=identifier.valid)
        for identifier in entity.identifiers
    )


def _ruler(rulebook: Rulebook, lang: Language) -> Ruler:
    bands = tuple(Band(id=band.id, label=band.in_language(lang), min=band.min, max=band.max) for band in rulebook.score.bands)
    return Ruler(min=rulebook.score.min, max=rulebook.score.max, bands=bands)


def _listings(context: RequestContext, official: OfficialRecord) -> tuple[ShownListing, ...]:
    """Each with the newer file of its list that does not name the party any more, where it is in force."""
    ids = [account.status.listing.id for account in official.listings]
    files, rows = (files_by_id(context.store), rows_of_statements(context.store, "listings", ids)) if ids else ({}, {})
    return tuple(_listing(context, account, files, rows) for account in official.listings)


def _listing(context: RequestContext, account: ListingAccount, files: dict[str, Row], rows: dict[str, list[str]]) -> ShownListing:
    status, listing, rule = account.status, account.status.listing, account.rule
    copied = ("id", "list_type", "programme", "case_no", "listed_on", "reason", "duty", "performance", "row_id")
    return ShownListing(
        **{name: getattr(listing, name) for name in copied},
        **_issuer(account.issuer, listing.issuer),
        title=rule.name_in(context.lang).title,
        ends_on=status.ends_on,
        in_force=status.in_force,
        state=status.state(context.as_of),
        check=rule.check,
        rule_basis=rule.basis,
        reason_code=rule.reason,
        points=account.points,
        contest=_contest(context, rule.appeal) if status.in_force else "",
        newer_file=newer_file(files, rows.get(listing.id) or [listing.row_id]) if status.in_force else None,
        branch=account.branch,
    )


def _contest(context: RequestContext, appeal: str) -> str:
    """How the party can contest a listing, from the rulebook's appeal."""
    rule, say = context.rulebook.appeals[appeal], words(context.lang)
    window = say("contest.window", days=rule.window_days) if rule.window_days else say("contest.any_time")
    return say("contest", window=window, days=rule.decide_days)


def _recognition(account: RecognitionAccount) -> ShownRecognition:
    recognition = account.recognition
    facts = {name: getattr(recognition, name) for name in ("id", "mark", "given_on", "ends_on", "row_id")}
    return ShownRecognition(**facts, **_issuer(account.issuer, recognition.issuer), title=account.title, points=account.points)


def _issuer(name: str, as_stated: str) -> dict[str, str | None]:
    """The issuer's name in the language asked for, and the source's own where that differs."""
    return {"issuer": name, "issuer_other": as_stated if name != as_stated else None}
