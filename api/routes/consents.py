"""What persons and sole traders agreed to."""

from typing import Annotated

from fastapi import APIRouter, Path, Request

from api.http.dependencies import InContext
from api.http.pages import InPage
from api.http.problems import MOVED
from api.parties.consents import (
    Consents,
    ConsentToGive,
    ShownConsent,
    give_consent,
    listed_consents,
    party_consents,
    withdraw_consent,
)
from api.routes.judgements import InSignature, signature_of
from api.routes.parties import Present

router = APIRouter(tags=["consents"])


@router.get("/consents", summary="Which persons agreed to what?")
def read_consents(context: InContext, page: InPage) -> Consents:
    """The latest first, withdrawn and ended ones among them."""
    return listed_consents(context, page)


@router.get("/entities/{entity_id}/consents", summary="What did this person agree to?", responses=MOVED)
def read_party_consents(entity_id: Present, context: InContext, page: InPage) -> Consents:
    """The latest first, each with its partner, purpose, term and state."""
    return party_consents(context, entity_id, page)


@router.post("/entities/{entity_id}/consents", summary="This person agrees to be scored for a partner and a purpose")
def create_consent(consent: ConsentToGive, entity_id: Present, context: InContext, request: Request) -> ShownConsent:
    """Covers the releases it names and no later ones; the last word with the same partner for the same purpose holds."""
    signature = signature_of(request, consent.by)
    return give_consent(context, entity_id, consent, by=signature.by, now=signature.now)


@router.delete("/consents/{consent_id}", summary="Withdraw a consent")
def delete_consent(
    consent_id: Annotated[str, Path(description="Id of the consent.", examples=["C-000003"])],
    context: InContext,
    signature: InSignature,
) -> ShownConsent:
    """The score is gone at the next look, for days gone by too; that there was a consent stays on record."""
    return withdraw_consent(context, consent_id, by=signature.by, now=signature.now)
