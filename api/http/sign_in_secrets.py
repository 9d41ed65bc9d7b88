"""What binds a sign-in to the browser that began it: one random secret in a cookie, from which the rest is derived.

Nothing of a sign-in is kept here, so any worker can end what another began. State, nonce and code verifier are keyed hashes of
the secret: who has not the cookie can make none of them, and a code that was stolen fits no other browser.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from typing import NamedTuple

COOKIE_LIFE_S = 600
SECRET_BYTES = 32


class SignInSecrets(NamedTuple):
    """One sign-in. `cookie` is what the browser keeps meanwhile."""

    cookie: str

    @property
    def state(self) -> str:
        """Comes back with the code: the browser that began is the one that ends."""
        return self._derive("state")

    @property
    def nonce(self) -> str:
        """Stands in the token: it was made for this sign-in."""
        return self._derive("nonce")

    @property
    def code_verifier(self) -> str:
        """PKCE: the code opens nothing without it."""
        return self._derive("code verifier")

    def began_with(self, state: str) -> bool:
        """Whether a state that came back is the one of this sign-in."""
        return hmac.compare_digest(self.state.encode(), state.encode())

    def _derive(self, what_for: str) -> str:
        digest = hmac.new(self.cookie.encode(), what_for.encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")


def new_sign_in() -> SignInSecrets:
    """A sign-in that begins now."""
    return SignInSecrets(secrets.token_urlsafe(SECRET_BYTES))


def cookie_name(*, secure: bool) -> str:
    """The cookie's name; over TLS one that no neighbouring host can set."""
    return "__Host-kith_sign_in" if secure else "kith_sign_in"
