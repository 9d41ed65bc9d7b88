"""People sign in with an identity provider (OpenID Connect): its addresses and keys, its tokens checked, and the role they give.

Authorisation code with PKCE, state and nonce. A token counts where it is signed by a key of the issuer with an asymmetric
algorithm, for this kith, and has not ended; everything else is SignInRefused, without saying which of these it was.
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.context.callers import Caller
from api.http.origins import CALLBACK
from api.http.sign_in_secrets import SignInSecrets
from api.settings import Settings
from ontology.api_key import Role
from ontology.errors import ProviderUnreachable, SignInRefused
from ontology.personal_ids import mask

ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512", "EdDSA", "Ed25519")
"""Asymmetric ones alone: with a shared secret whoever knows it could sign, and `none` is no signature."""
DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid profile"
FORM_HEADERS = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
ANSWER_BYTES_MAX = 1_000_000
TIMEOUT_S = 10.0
KEPT_S = 3600.0  # Providers change their keys by the day or slower.
KEYS_AGAIN_S = 30.0  # Not oftener for keys that are not known: whoever sends odd tokens does not make us ask.
LEEWAY_S = 60  # Between two clocks.
ROLES_BY_RANK = (Role.OPERATOR, Role.REVIEWER, Role.INVESTIGATOR, Role.AUDITOR, Role.READER)
LOOPBACK = ("localhost", "127.0.0.1", "::1")
NAME_CLAIMS = ("name", "preferred_username", "sub")
Clock = Callable[[], float]


class IdentityProvider:
    """One issuer, as the settings name it. What it says of itself is asked for once an hour."""

    def __init__(self, settings: Settings, clock: Clock = time.time) -> None:
        self._settings, self._clock = settings, clock
        self._issuer = settings.oidc_issuer or ""
        self._metadata: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    async def sign_in_address(self, secrets: SignInSecrets) -> str:
        """Where the browser is sent to sign in. Raises ProviderUnreachable."""
        address = prepare_grant_uri(
            await self._endpoint("authorization_endpoint"),
            client_id=self._settings.oidc_client_id,
            response_type="code",
            redirect_uri=self._redirect_address,
            scope=SCOPE,
            state=secrets.state,
            nonce=secrets.nonce,
            code_challenge=create_s256_code_challenge(secrets.code_verifier),
            code_challenge_method="S256",
        )
        return str(address)

    async def caller_with_code(self, code: str, secrets: SignInSecrets) -> Caller:
        """Who signed in, by the code that the browser brought back. Raises SignInRefused, ProviderUnreachable."""
        form = prepare_token_request(
            "authorization_code",
            redirect_uri=self._redirect_address,
            code=code,
            code_verifier=secrets.code_verifier,
            client_id=self._settings.oidc_client_id,
        )
        tokens = await self._document(await self._endpoint("token_endpoint"), form=form)
        if tokens is None:
            raise SignInRefused(reason="the provider did not take the code")
        return self.caller_of(await self._id_claims(str(tokens.get("id_token", "")), secrets.nonce))

    async def caller_with_token(self, token: str) -> Caller:
        """Who shows this access token to the API. Raises SignInRefused, ProviderUnreachable."""
        claims, _ = await self._signed_claims(token, str(self._settings.oidc_audience))
        return self.caller_of(claims)

    def caller_of(self, claims: Mapping[str, Any]) -> Caller:
        """The caller that these claims speak of, in the highest role they give. Raises SignInRefused where they give none."""
        words = claim_words(claims, self._settings.oidc_role_claim)
        roles = {self._settings.oidc_roles[word] for word in words if word in self._settings.oidc_roles}
        role = next((role for role in ROLES_BY_RANK if role in roles), None)
        if role is None:
            raise SignInRefused(reason="no role was given to you", remedy="Ask the operator of this kith.")
        name = next(mask(str(claims[claim]))[:200] for claim in NAME_CLAIMS if claims.get(claim))
        return Caller(key_id=f"oidc:{mask(str(claims['sub']))[:200]}", role=role, name=name)

    async def _id_claims(self, token: str, nonce: str) -> Mapping[str, Any]:
        claims, header = await self._signed_claims(token, str(self._settings.oidc_client_id))
        id_token = CodeIDToken(claims, header, params={"nonce": nonce, "client_id": self._settings.oidc_client_id})
        try:
            id_token.validate(now=int(self._clock()), leeway=LEEWAY_S)
        except JoseError:
            raise SignInRefused(reason="the token does not hold") from None
        return claims

    async def _signed_claims(self, token: str, audience: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Claims and header of a token that the issuer signed for an audience, and that has not ended. Raises SignInRefused."""
        decoded = await self._decoded(token)
        registry = jwt.JWTClaimsRegistry(
            now=int(self._clock()),
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        try:
            registry.validate(decoded.claims)
        except (JoseError, ValueError, TypeError):
            raise SignInRefused(reason="the token does not hold") from None
        return decoded.claims, decoded.header

    async def _decoded(self, token: str) -> jwt.Token:
        for again in (False, True):  # A key that is not known may be a new one.
            try:
                return jwt.decode(token, await self._signing_keys(again=again), algorithms=ALGORITHMS)
            except (JoseError, ValueError, TypeError):
                continue
        raise SignInRefused(reason="the token does not hold")

    async def _signing_keys(self, *, again: bool) -> KeySet:
        now = self._clock()
        kept_s = KEYS_AGAIN_S if again else KEPT_S
        if self._keys is None or now - self._keys[0] >= kept_s:
            document = await self._own_document(await self._endpoint("jwks_uri"))
            try:
                self._keys = now, KeySet.import_key_set(document)  # type: ignore[arg-type]
            except (JoseError, ValueError, KeyError, TypeError):
                raise ProviderUnreachable(reason="its keys cannot be read") from None
        return self._keys[1]

    async def _endpoint(self, name: str) -> str:
        """One of the issuer's addresses. Raises ProviderUnreachable where it names none that is safe, or is another issuer."""
        now = self._clock()
        if self._metadata is None or now - self._metadata[0] >= KEPT_S:
            document = await self._own_document(self._issuer.rstrip("/") + DISCOVERY)
            if document.get("issuer") != self._issuer:
                raise ProviderUnreachable(reason="it says it is another issuer")
            self._metadata = now, document
        address = str(self._metadata[1].get(name, ""))
        if not is_safe_address(address):
            raise ProviderUnreachable(reason=f"it has no safe {name}")
        return address

    async def _own_document(self, address: str) -> dict[str, Any]:
        """What the provider says of itself. Raises ProviderUnreachable."""
        document = await self._document(address)
        if document is None:
            raise ProviderUnreachable
        return document

    async def _document(self, address: str, *, form: str | None = None) -> dict[str, Any] | None:
        """A JSON object of the provider, None where it refuses. form: what is sent, as the client. Raises ProviderUnreachable."""
        secret, client_id = self._settings.oidc_client_secret, self._settings.oidc_client_id or ""
        auth = (quote(client_id, safe=""), quote(secret.get_secret_value(), safe="")) if secret and form else None
        request = {"content": form, "headers": FORM_HEADERS, "auth": auth} if form else {}
        try:
            async with (
                httpx.AsyncClient(timeout=TIMEOUT_S) as client,
                client.stream("POST" if form else "GET", address, **request) as answer,  # type: ignore[arg-type]
            ):
                content = await _bounded(answer)
            document = json.loads(content) if answer.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, ValueError, RecursionError):
            raise ProviderUnreachable from None
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or not isinstance(document, dict | None):
            raise ProviderUnreachable
        return document

    @property
    def _redirect_address(self) -> str:
        return f"{self._settings.public_url}{CALLBACK}"


async def _bounded(answer: httpx.Response) -> bytes:
    """The whole of an answer. Raises ProviderUnreachable where it is longer than such answers are."""
    content = b""
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > ANSWER_BYTES_MAX:
            raise ProviderUnreachable(reason="its answer is too long")
    return content


def claim_words(claims: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """The words of a claim, which may lie within others.

    >>> claim_words({"realm_access": {"roles": ["a", "b"]}}, "realm_access.roles"), claim_words({"role": "a"}, "role")
    (('a', 'b'), ('a',))
    """
    value: Any = claims
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    words = [value] if isinstance(value, str) else value
    return tuple(word for word in words if isinstance(word, str)) if isinstance(words, list) else ()


def is_safe_address(address: str) -> bool:
    """Whether secrets may be sent there: over TLS, or on this machine.

    >>> [is_safe_address(text) for text in ("https://id.example/token", "http://id.example/token", "http://127.0.0.1:1/t")]
    [True, False, True]
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
