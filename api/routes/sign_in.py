"""People sign in with the identity provider of the settings, and come back with a session."""

import logging
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from api.http.sessions import COOKIE, LIFE_S, Sessions
from api.http.sign_in_secrets import COOKIE_LIFE_S, SignInSecrets, cookie_name, new_sign_in
from ontology.errors import KithError, ProviderUnreachable, SignInRefused

if TYPE_CHECKING:
    from api.http.identity_provider import IdentityProvider

# The pages' own door, as routes/sessions.py.
router = APIRouter(tags=["session"], include_in_schema=False)
LOG = logging.getLogger("kith.api.sign_in")


@router.get("/session/oidc")
async def begin_sign_in(request: Request) -> Response:
    """Sends the browser to the provider; back to the pages where that cannot be reached."""
    provider, sign_in = _provider(request), new_sign_in()
    try:
        address = await provider.sign_in_address(sign_in)
    except ProviderUnreachable as trouble:
        return _back(trouble)
    answer = RedirectResponse(address, 303, {"cache-control": "no-store"})
    secure = _is_secure(request)
    # Lax: the way back begins at the provider.
    answer.set_cookie(
        cookie_name(secure=secure), sign_in.cookie, COOKIE_LIFE_S, path="/", secure=secure, httponly=True, samesite="lax"
    )
    return answer


@router.get("/session/oidc/callback")
async def end_sign_in(request: Request, code: str = "", state: str = "") -> Response:
    """The way back: with a session where everything fits, else with the reason in the page's address."""
    provider, secure = _provider(request), _is_secure(request)
    sign_in = SignInSecrets(request.cookies.get(cookie_name(secure=secure), ""))
    try:
        if not sign_in.cookie or not code or not sign_in.began_with(state):
            raise SignInRefused(reason="it did not begin in this browser")
        caller = await provider.caller_with_code(code, sign_in)
    except (SignInRefused, ProviderUnreachable) as trouble:
        answer = _back(trouble)
    else:
        sessions: Sessions = request.app.state.sessions
        answer = RedirectResponse("/", 303, {"cache-control": "no-store"})
        token = sessions.begin(caller)
        answer.set_cookie(COOKIE, token, LIFE_S, path="/", secure=secure, httponly=True, samesite="strict")
    answer.delete_cookie(cookie_name(secure=secure), path="/", secure=secure, httponly=True, samesite="lax")
    return answer


def _back(trouble: KithError) -> Response:
    """To the pages, which say it in words; the log has the reason, never a token."""
    LOG.warning("a sign-in failed: %s", trouble)
    reason = "unreachable" if isinstance(trouble, ProviderUnreachable) else "refused"
    return RedirectResponse(f"/?sign_in={reason}", 303, {"cache-control": "no-store"})


def _provider(request: Request) -> "IdentityProvider":
    provider: IdentityProvider | None = request.app.state.identity_provider
    if provider is None:
        raise HTTPException(404)
    return provider


def _is_secure(request: Request) -> bool:
    """Whether browsers reach this kith over TLS, which a proxy in front of it ends."""
    return str(request.app.state.kith.settings.public_url).startswith("https:")
