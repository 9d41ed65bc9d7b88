"""Sign in to the pages with the operator's key, and out again."""

import asyncio
import math

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, SecretStr

from api.context.callers import OPERATOR
from api.http.origins import PageTokens
from api.http.sessions import COOKIE, LIFE_S, Sessions, WrongKeys, token_of
from ontology.api_key import Role

# The pages' own door: callers of the API show their key in a header, so the contract does not name it.
router = APIRouter(tags=["session"], include_in_schema=False)
WRONG_DELAY_S = 0.5


class SignIn(BaseModel):
    """The key, as it was typed."""

    key: SecretStr = Field(max_length=1000)


class SignedIn(BaseModel):
    """Whether this kith asks for a key, whether the caller's session stands for it, and the token a page shows with a write.

    provider: whether people may sign in with an identity provider. name, role: of who signed in.
    """

    key_needed: bool
    signed_in: bool
    token: str
    provider: bool
    name: str | None
    role: Role | None


@router.get("/session")
def read_session(request: Request, response: Response) -> SignedIn:
    """Answers anybody, so that the pages know whether to ask for the key."""
    response.headers["cache-control"] = "no-store"
    return _signed_in(request, token_of(request.headers))


@router.post("/session")
async def begin_session(request: Request, sign_in: SignIn) -> Response:
    """A session for the operator's key; 401 for any other, partners' among them; 429 after ten wrong ones in a minute."""
    wrong: WrongKeys = request.app.state.wrong_keys
    caller = request.client.host if request.client else ""
    if wait_s := wrong.wait_s(caller):
        return _refusal(429, "Too many wrong keys", {"retry-after": str(math.ceil(wait_s))})
    if not request.app.state.kith.settings.is_operator(sign_in.key.get_secret_value()):
        wrong.count(caller)
        await asyncio.sleep(WRONG_DELAY_S)
        return _refusal(401, "This is not the key", {})
    return _with_cookie(request, _sessions(request).begin(OPERATOR), LIFE_S)


@router.delete("/session")
def end_session(request: Request) -> Response:
    """Signs out: the token opens nothing any more, and the browser forgets it."""
    _sessions(request).end(token_of(request.headers))
    return _with_cookie(request, "", 0)


def _sessions(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


def _signed_in(request: Request, token: str | None) -> SignedIn:
    key_needed = request.app.state.kith.settings.api_key is not None
    caller = _sessions(request).caller_of(token) if key_needed else None
    return SignedIn(
        key_needed=key_needed,
        signed_in=caller is not None,
        token=_tokens(request).of(token),
        provider=request.app.state.identity_provider is not None,
        name=caller.name if caller else None,
        role=caller.role if caller else None,
    )


def _tokens(request: Request) -> PageTokens:
    tokens: PageTokens = request.app.state.tokens
    return tokens


def _with_cookie(request: Request, token: str, life_s: int) -> Response:
    state = _signed_in(request, token or None)
    answer = JSONResponse(state.model_dump(), headers={"cache-control": "no-store"})
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, token, max_age=life_s, path="/", secure=secure, httponly=True, samesite="strict")
    return answer


def _refusal(status: int, title: str, headers: dict[str, str]) -> Response:
    body = {"type": "about:blank", "title": title, "status": status, "detail": title}
    return JSONResponse(body, status, headers, "application/problem+json")
