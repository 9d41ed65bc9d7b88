"""Consents of persons and sole traders: given, withdrawn, listed."""

from datetime import date, datetime

from pydantic import ConfigDict, Field

from api.context.access import consents_of, look_days_by_consent
from api.context.pages import WHOLE_LIST, PageRequest, page_behind
from api.context.request_context import RequestContext
from api.parties.summaries import parties_by_id
from api.schemas.days import Day
from api.schemas.pages import Next
from graph.scores.persons import DATA_CLASSES
from ontology.base import Identity, ImmutableModel
from ontology.consent import Consent, ConsentState
from ontology.entity import Entity
from ontology.errors import ConsentUnknown, WrongCall
from ontology.personal_ids import mask
from ontology.rulebook_terms import add_months
from store.port import Store
from store.rows import from_row, to_row

LISTED_MAX = 100_000
STATEMENTS_MAX = 10_000


class ConsentToGive(ImmutableModel):
    """What a person agreed to, as whoever took it down tells it."""

    model_config = ConfigDict(str_strip_whitespace=True)

    partner: str = Field(min_length=1, max_length=200, description="Who may look.")
    purpose: str = Field(min_length=1, max_length=200, description="The one purpose.")
    data_classes: tuple[str, ...] | None = Field(None, description="Kinds of statements; left out: all the rulebook knows.")
    release_ids: tuple[Identity, ...] | None = Field(None, description="Releases; left out: those loaded about the person.")
    given_on: Day | None = Field(None, description="First day it holds; left out: today.")
    expires_on: Day | None = Field(None, description="First day it no longer holds; left out: after the rulebook's term.")
    evidence: str = Field(min_length=1, max_length=2000, description="How the person said so, and where that is kept.")
    legal_basis: str = Field(min_length=1, max_length=300, description="Article the operator relies on.")
    assessment: str = Field(min_length=1, max_length=200, description="Number of the operator's impact assessment.")
    by: str | None = Field(None, min_length=1, max_length=200, description="Who takes it down; left out: the server's account.")


class ShownConsent(ImmutableModel):
    """A consent and whether it holds today."""

    consent: Consent = Field(description="The consent.")
    state: ConsentState = Field(description="Whether it holds today.")
    void: bool = Field(False, description="Its records are of two parties now: it has to be given anew.")
    entity_id: Identity | None = Field(None, description="Id of the party that gave it; null where its records are of two.")
    name: str = Field("", description="Name of that party.")
    looked_on: tuple[date, ...] = Field((), description="Days on which the score was shown under it, the first one first.")


class Consents(ImmutableModel):
    """Consents, the latest first."""

    consents: tuple[ShownConsent, ...] = Field(description="The consents, the latest first.")
    next: Next = None


def give_consent(context: RequestContext, entity_id: str, consent_told: ConsentToGive, *, by: str, now: datetime) -> ShownConsent:
    """Add the consent of a person or sole trader; it replaces an earlier one for the same partner and purpose.

    Raises WrongCall for a firm, a minor, a law that bars it, a kind of data the rulebook does not know, and an invalid term.
    """
    row = parties_by_id(context.store, [entity_id])[entity_id]
    _check_party(context, entity_id)
    begins = consent_told.given_on or now.date()
    ends = consent_told.expires_on or add_months(begins, context.rulebook.natural_persons.consent.default_expiry_months)
    if ends <= max(begins, now.date()):
        raise WrongCall(
            given_on=begins, expires_on=ends, reason="the term is over before it begins", remedy="Give a later --until."
        )
    record_ids = Entity.model_validate_json(row["document"]).record_ids
    with context.store.transaction():
        consent = Consent(
            id=_next_id(context.store),
            recipient=mask(consent_told.partner.strip()),
            purpose=mask(consent_told.purpose.strip()),
            data_classes=_data_classes(context, consent_told.data_classes),
            release_ids=_masked(consent_told.release_ids)
            if consent_told.release_ids is not None
            else _releases(context.store, entity_id),
            given_on=begins,
            expires_on=ends,
            evidence=mask(consent_told.evidence),
            legal_basis=mask(consent_told.legal_basis),
            assessment=mask(consent_told.assessment),
            recorded_by=mask(by),
            recorded_at=now,
        )
        context.store.write("consents/put", rows=[to_row(consent)])
        context.store.write(
            "consents/put_records", rows=({"consent_id": consent.id, "record_id": record_id} for record_id in record_ids)
        )
    return _shown_consent(context, consent, (), entity_id=entity_id, name=row["name"])


def withdraw_consent(context: RequestContext, consent_id: str, *, by: str, now: datetime) -> ShownConsent:
    """End a consent at once and for every day; a second call changes nothing. Raises ConsentUnknown."""
    with context.store.transaction():
        context.store.write("consents/withdraw", id=consent_id, withdrawn_at=now.isoformat(), withdrawn_by=mask(by))
        rows = context.store.read("consents/one", id=consent_id)
    if not rows:
        raise ConsentUnknown(id=consent_id)
    return _shown_consent(
        context, from_row(Consent, rows[0]), look_days_by_consent(context.store, [consent_id]).get(consent_id, ())
    )


def party_consents(context: RequestContext, entity_id: str, page: PageRequest = WHOLE_LIST) -> Consents:
    """Consents of one party, without void ones: those are in `listed_consents` only. Raises CursorInvalid."""
    name = parties_by_id(context.store, [entity_id])[entity_id]["name"]
    latest_first = consents_of(context.store, entity_id)[::-1]
    consents = page_behind(latest_first, page, id_of=lambda consent: consent.id, question=f"consents {entity_id}")
    looks = look_days_by_consent(context.store, [consent.id for consent in consents.lines])
    shown_consents = (
        _shown_consent(context, consent, looks.get(consent.id, ()), entity_id=entity_id, name=name) for consent in consents.lines
    )
    return Consents(consents=tuple(shown_consents), next=consents.next)


def listed_consents(context: RequestContext, page: PageRequest = WHOLE_LIST) -> Consents:
    """Every consent, including void ones, the latest first. Raises CursorInvalid."""
    rows = context.store.read("consents/all", limit=LISTED_MAX)
    holders: dict[str, list[str]] = {}
    for row in rows:
        holders.setdefault(row["id"], []).extend([row["entity_id"]] if row["entity_id"] else [])
    consents = page_behind({row["id"]: row for row in rows}.values(), page, id_of=lambda row: str(row["id"]), question="consents")
    page_ids = [row["id"] for row in consents.lines]
    parties = parties_by_id(context.store, {entity_id for id_ in page_ids for entity_id in holders[id_]})
    looks = look_days_by_consent(context.store, page_ids)
    shown_consents = []
    for consent in (from_row(Consent, row) for row in consents.lines):
        holder_ids = holders[consent.id]
        holder = parties.get(holder_ids[0]) if len(holder_ids) == 1 else None
        party = {"entity_id": holder["id"], "name": holder["name"]} if holder else {}
        shown_consents.append(_shown_consent(context, consent, looks.get(consent.id, ()), void=len(holder_ids) > 1, **party))
    return Consents(consents=tuple(shown_consents), next=consents.next)


def _check_party(context: RequestContext, entity_id: str) -> None:
    scoring = context.scoring(entity_id)
    place = scoring.network.parties.index[entity_id]
    if not scoring.private(place):
        raise WrongCall(
            party=entity_id, reason="a firm or agency is scored without consent", remedy="Name a person or sole trader."
        )
    if not context.rulebook.persons_scored:
        raise WrongCall(party=entity_id, reason="the law of this rulebook's place bars scores of persons")
    if scoring.persons.minor(place):
        raise WrongCall(party=entity_id, reason="minors are never scored")


def _data_classes(context: RequestContext, asked_classes: tuple[str, ...] | None) -> tuple[str, ...]:
    known_classes = context.rulebook.data_classes
    if unknown := sorted(set(asked_classes or ()) - set(known_classes)):
        raise WrongCall(
            data=", ".join(unknown), reason="the rulebook does not know it", remedy=f"Known: {', '.join(known_classes)}."
        )
    return known_classes if asked_classes is None else tuple(dict.fromkeys(asked_classes))


def _masked(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Numbers of releases as statements hold them."""
    return tuple(mask(text, declared=True) for text in texts)


def _releases(store: Store, entity_id: str) -> tuple[str, ...]:
    """Releases the store holds about a party today, of dealings a person can be scored by and of marks."""
    dealings = store.read("network/experiences_of", entity_id=entity_id, limit=STATEMENTS_MAX)
    marks = store.read("network/recognitions_of", entity_id=entity_id)
    statements = [row for row in dealings if row["dealing"] in DATA_CLASSES] + marks
    return tuple(sorted({row["release_id"] for row in statements if row["release_id"]}))


def _next_id(store: Store) -> str:
    """Ids count up, so that the last consent is the last one whatever a clock says."""
    last = store.read("consents/last")
    return f"C-{int(last[0]['id'].removeprefix('C-')) + 1 if last else 1:06}"


def _shown_consent(
    context: RequestContext,
    consent: Consent,
    looked_on: tuple[date, ...],
    *,
    entity_id: str | None = None,
    name: str = "",
    void: bool = False,
) -> ShownConsent:
    state = consent.state(context.today or context.as_of)
    return ShownConsent(consent=consent, state=state, void=void, entity_id=entity_id, name=name, looked_on=looked_on)
