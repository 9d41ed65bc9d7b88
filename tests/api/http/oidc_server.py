"""A small identity provider on loopback: discovery, keys, sign-in and tokens over real HTTP, signed with a real key.

What a test sets in `faults` goes wrong with the next tokens.
"""

import asyncio
import hmac
import json
import secrets
import socket
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "kith-at-home", "secret-of-the-client"
PERSON = {"sub": "u-17", "name": "李娜", "roles": ["staff", "kith-reviewers"]}


class Provider:
    """One provider with one key, and one person who is signed in there already."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, parameters={"kid": "k1"}, private=True)
        self.stranger = RSAKey.generate_key(2048, parameters={"kid": "k1"}, private=True)
        self.person: dict[str, Any] = dict(PERSON)
        self.faults: dict[str, Any] = {}
        self.asked: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}

    def claims(self, **more: Any) -> dict[str, Any]:
        now = int(time.time())
        return {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, **self.person, **more}

    def signed(self, claims: dict[str, Any]) -> str:
        """A token of these claims, signed as the faults say: `rs256` where they say nothing."""
        match self.faults.get("signed"):
            case "none":
                parts = ({"alg": "none", "typ": "JWT"}, claims)
                return ".".join(encoded(part) for part in parts) + "."
            case "shared secret":  # The public key as a shared secret: the classic confusion.
                text = ".".join(encoded(part) for part in ({"alg": "HS256", "typ": "JWT", "kid": str(self.key.kid)}, claims))
                digest = hmac.new(self.key.as_pem(private=False), text.encode(), "sha256").digest()
                return f"{text}.{urlsafe_b64encode(digest).decode().rstrip('=')}"
            case "stranger":
                return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.stranger)
            case _:
                return jwt.encode({"alg": "RS256", "kid": str(self.key.kid)}, claims, self.key)

    def authorize(self, query: dict[str, str]) -> str:
        code = secrets.token_urlsafe(8)
        self._codes[code] = query
        return code

    def redeem(self, form: dict[str, str], credentials: str) -> dict[str, Any] | None:
        """Tokens for a code, once; None where code, verifier, address or client do not fit."""
        query = self._codes.pop(form.get("code", ""), None)
        challenge = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        client = ":".join(map(unquote, b64decode(credentials.removeprefix("Basic ")).decode().split(":")))
        fits = (
            query is not None
            and query["code_challenge"] == challenge
            and query["redirect_uri"] == form.get("redirect_uri")
            and client == f"{CLIENT_ID}:{CLIENT_SECRET}"
        )
        if not fits or query is None:
            return None
        claims = self.claims(nonce=query["nonce"]) | self.faults.get("claims", {})
        token = self.signed({name: value for name, value in claims.items() if value is not None})
        return {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": token}


def encoded(part: object) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def app_of(provider: Provider) -> FastAPI:
    app = FastAPI()

    @app.get("/.well-known/openid-configuration")
    def discovery() -> dict[str, str]:
        provider.asked.append("discovery")
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        addresses = {name: f"{provider.issuer}/{path}" for name, path in names.items()}
        return {"issuer": provider.issuer, **addresses} | provider.faults.get("discovery", {})

    @app.get("/keys")
    def keys() -> dict[str, Any]:
        provider.asked.append("keys")
        return {"keys": [provider.key.as_dict(private=False)]}

    @app.get("/authorize")
    def authorize(request: Request) -> Response:
        query = dict(request.query_params)
        back = urlencode({"code": provider.authorize(query), "state": query["state"]})
        return RedirectResponse(f"{query['redirect_uri']}?{back}", 302)

    @app.post("/token")
    async def token(request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        tokens = provider.redeem(form, request.headers.get("authorization", ""))
        return JSONResponse(tokens) if tokens else JSONResponse({"error": "invalid_grant"}, 400)

    return app


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers on loopback until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        provider = Provider(f"http://127.0.0.1:{bound.getsockname()[1]}")
        server = uvicorn.Server(uvicorn.Config(app_of(provider), log_level="error", lifespan="off"))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[bound])))
        thread.start()
        try:
            yield provider
        finally:
            server.should_exit = True
            thread.join()


def query_of(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
