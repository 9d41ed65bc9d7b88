"""Keys of the API, and who read of a person."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.http.access_rules import access_rules
from api.http.dependencies import AppState, InContext
from api.http.pages import InPage
from api.keys.api_keys import create_key, list_keys, read_key, revoke_key, rotate_key
from api.keys.readers import party_readers
from api.routes.judgements import InSignature
from api.routes.parties import Present
from api.schemas.keys import CreatedKey, Keys, KeyToCreate, KeyToRotate, PersonReads, ShownKey
from api.wiring import now_of

router = APIRouter(tags=["keys"])
KEY_ID = Annotated[str, Path(max_length=100, description="Id of the key.", examples=["5f3a9c0d1e2b"])]


@router.get("/keys", summary="Which keys are there, and which of them hold?")
def read_api_keys(context: InContext, request: Request) -> Keys:
    """The latest first, of every state; without their secrets."""
    return list_keys(context.store, now=now_of(_state(request).settings))


@router.post("/keys", summary="Make a key", status_code=201)
def create_api_key(
    key: KeyToCreate, context: InContext, signature: InSignature, request: Request, response: Response
) -> CreatedKey:
    """Its secret is in this answer and nowhere else."""
    response.headers["cache-control"] = "no-store"
    days, groups = _state(request).settings.key_days, access_rules().groups
    return create_key(context.store, key, by=signature.by, now=signature.now, days=days, known_groups=groups)


@router.get("/keys/{key_id}", summary="What may this key do, and does it hold?")
def read_api_key(key_id: KEY_ID, context: InContext, request: Request) -> ShownKey:
    """The key without its secret."""
    return read_key(context.store, key_id, now=now_of(_state(request).settings))


@router.post("/keys/{key_id}/rotate", summary="Give a key another secret")
def rotate_api_key(key_id: KEY_ID, change: KeyToRotate, context: InContext, request: Request, response: Response) -> CreatedKey:
    """The secret before holds for the overlap; the new one is in this answer and nowhere else."""
    response.headers["cache-control"] = "no-store"
    settings = _state(request).settings
    return rotate_key(context.store, key_id, change, now=now_of(settings), days=settings.key_days)


@router.delete("/keys/{key_id}", summary="Revoke a key")
def revoke_api_key(key_id: KEY_ID, context: InContext, signature: InSignature) -> ShownKey:
    """It opens nothing from now on; a second call changes nothing."""
    return revoke_key(context.store, key_id, by=signature.by, now=signature.now)


@router.get("/entities/{entity_id}/readers", summary="Who read of this person, when and what for?", tags=["parties"])
def read_readers(entity_id: Present, context: InContext, page: InPage) -> PersonReads:
    """Every read through a key, a session or a token, the latest first. A line may come a second after its read."""
    return party_readers(context.store, entity_id, page)


def _state(request: Request) -> AppState:
    state: AppState = request.app.state.kith
    return state
