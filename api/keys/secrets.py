"""The text of a key: `kith_<id>_<secret>`. The id finds it, the secret of 256 random bits opens; only its hash is kept."""

import hashlib
import hmac
import re
import secrets
from typing import NamedTuple

PREFIX = "kith_"
ID_BYTES = 6
SECRET_BYTES = 32
KEY_TEXT = re.compile(r"kith_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")


class KeyText(NamedTuple):
    """The two parts of a key that was shown."""

    id: str
    secret: str


def new_id() -> str:
    """A random id of a key: 12 hexadecimal digits, nothing that opens anything."""
    return secrets.token_hex(ID_BYTES)


def new_secret() -> str:
    """256 random bits as text of 43 letters."""
    return secrets.token_urlsafe(SECRET_BYTES)


def key_text(key_id: str, secret: str) -> str:
    """The key as its holder keeps it."""
    return f"{PREFIX}{key_id}_{secret}"


def parse_key(text: str) -> KeyText | None:
    """The parts of a key, None where the text is none.

    >>> parse_key("kith_00ff00ff00ff_" + "a" * 43).id, parse_key("kith_short")
    ('00ff00ff00ff', None)
    """
    match = KEY_TEXT.fullmatch(text)
    return KeyText(*match.groups()) if match else None


def hash_secret(secret: str) -> str:
    """SHA-256 in hexadecimal. No slow hash: 256 random bits cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_secret_of(secret: str, *hashes: str | None) -> bool:
    """Whether the secret is one of those hashed. Every hash is compared in full, so that the time taken says nothing of them."""
    own_hash = hash_secret(secret)
    matches = [hmac.compare_digest(own_hash, kept_hash or "") for kept_hash in hashes]
    return any(matches)
