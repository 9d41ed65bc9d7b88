"""Who sends a request: the operator's key, a key of the store, a session's cookie, or this machine."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers

from api.context.callers import LOCAL, OPERATOR, Caller
from api.errors import problem
from api.http.origins import Refusal
from api.http.sessions import Sessions, WrongKeys, token_of
from api.keys.api_keys import identify
from api.keys.readers_log import ReadersLog
from api.keys.secrets import parse_key
from api.schemas.keys import KeyState
from api.settings import Settings
from api.wiring import now_of
from ontology.errors import KithError, ProviderUnreachable, SignInRefused, StoreTrouble
from store.port import Store

if TYPE_CHECKING:
    from api.http.identity_provider import IdentityProvider  # Its libraries are loaded where there is a provider.

SCHEMES = ("bearer", "apikey")
"""Words before a key: the usual one, and that of clients of the screening contract."""
DOTS_OF_A_TOKEN = 2
KEY_NEEDED = Refusal(
    401, "A key is needed", "Send `Authorization: Bearer <key>`, or sign in on the pages.", "urn:kith:problem:key-needed"
)
TOO_FAST = Refusal(429, "Too many requests", "The limit of this key is used up.", "urn:kith:problem:too-many-requests")
WRONG_KEY = Refusal(401, "This is not a key", "No key of this kith is like it.", "urn:kith:problem:key-wrong")
ENDED_KEY = Refusal(401, "The key has ended", "Ask the operator of this kith for a new one.", "urn:kith:problem:key-ended")
REVOKED_KEY = Refusal(401, "The key was revoked", "Ask the operator of this kith for a new one.", "urn:kith:problem:key-revoked")
TOO_MANY_WRONG = Refusal(429, "Too many wrong keys", "Wait a minute, then try again.", "urn:kith:problem:too-many-wrong-keys")
BY_STATE = {KeyState.ENDED: ENDED_KEY, KeyState.REVOKED: REVOKED_KEY}


class Identified(NamedTuple):
    """Who asks, and how that is known; `caller` is None for nobody that is known."""

    caller: Caller | None
    by_key: bool = False
    by_cookie: bool = False


class KnownCallers:
    """Finds the caller of a request. A key of the store is looked up each time, so that a revocation holds at once."""

    def __init__(
        self,
        settings: Settings,
        sessions: Sessions,
        wrong_keys: WrongKeys,
        store: Store,
        readers_log: ReadersLog,
        *,
        provider: "IdentityProvider | None" = None,
    ) -> None:
        self._settings, self._sessions, self._wrong_keys = settings, sessions, wrong_keys
        self._store, self._readers_log, self._provider = store, readers_log, provider

    async def identify(self, headers: Headers, address: str) -> Identified | Refusal:
        """The caller behind these headers. A request that shows a key is judged by the key alone."""
        scheme, _, credential = headers.get("authorization", "").partition(" ")
        if scheme.lower() in SCHEMES:
            caller_or_refusal = await self._caller_with_key(credential.strip(), address)
            return caller_or_refusal if isinstance(caller_or_refusal, Refusal) else Identified(caller_or_refusal, by_key=True)
        if caller := self._sessions.caller_of(token_of(headers)):
            return Identified(caller, by_cookie=True)
        return Identified(None if self._settings.api_key else LOCAL)

    async def _caller_with_key(self, credential: str, address: str) -> Caller | Refusal:
        if self._settings.is_operator(credential):
            return OPERATOR
        if self._provider and self._settings.oidc_audience and credential.count(".") == DOTS_OF_A_TOKEN:
            return await self._caller_with_token(self._provider, credential, address)
        now = now_of(self._settings)
        try:
            key_and_state = await run_in_threadpool(self._look_up, credential, now)
        except StoreTrouble as trouble:
            return refusal_from(trouble)
        if key_and_state is None:
            return self._refuse_wrong(address)
        caller, state = key_and_state
        if state is not KeyState.LIVE:
            return BY_STATE[state]
        self._readers_log.note_use(caller.key_id, now.date())
        return caller

    async def _caller_with_token(self, provider: "IdentityProvider", token: str, address: str) -> Caller | Refusal:
        try:
            return await provider.caller_with_token(token)
        except ProviderUnreachable as trouble:
            return refusal_from(trouble)
        except SignInRefused:
            return self._refuse_wrong(address)

    def _look_up(self, credential: str, now: datetime) -> tuple[Caller, KeyState] | None:
        parts = parse_key(credential)
        return identify(self._store, parts, now=now) if parts else None

    def _refuse_wrong(self, address: str) -> Refusal:
        """A right key is never kept waiting: behind a proxy all callers have one address."""
        if self._wrong_keys.wait_s(address):
            return TOO_MANY_WRONG
        self._wrong_keys.count(address)
        return WRONG_KEY


def refusal_from(error: KithError) -> Refusal:
    """An error as a refusal before any route."""
    body = problem(error)
    return Refusal(int(str(body["status"])), str(body["title"]), str(body["detail"]), str(body["type"]))
