"""Secrets and signatures of webhooks, by the Standard Webhooks specification.

A secret is not kept anywhere: it is derived from the key of personal ids and a random salt that stands with the subscription.
Who copies the store alone can sign nothing (docs/decisions/0090).
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ontology.personal_ids import PersonalIdKey

PREFIX = "whsec_"
SALT_BYTES = 16
LABEL = b"kith webhook secret 1:"  # So that no other use of the key gives the same bytes.


@dataclass(frozen=True)
class Secret:
    """The bytes that events are signed with."""

    key: bytes

    @classmethod
    def of(cls, salt: str, id_key: PersonalIdKey) -> "Secret":
        """The secret of a subscription with this salt (hexadecimal)."""
        return cls(hmac.new(id_key, LABEL + salt.encode(), hashlib.sha256).digest())

    @property
    def text(self) -> str:
        """As the receiver is told it: `whsec_` and base64."""
        return PREFIX + b64encode(self.key).decode()

    def signature(self, message_id: str, timestamp: int, body: bytes) -> str:
        """`v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body`. timestamp: seconds since 1970.

        >>> Secret(b"k").signature("ev_1", 0, b"{}")
        'v1,t7fKN92IWVNfCGL9pcLob/AYMkBEvwtKlgLy1slKTTU='
        """
        signed = f"{message_id}.{timestamp}.".encode() + body
        return f"v1,{b64encode(hmac.new(self.key, signed, hashlib.sha256).digest()).decode()}"


def signed_headers(secrets: Iterable[Secret], message_id: str, body: bytes, *, now: datetime) -> dict[str, str]:
    """The three headers of a message, signed with each secret: with two of them while a rotation lasts."""
    timestamp = int(now.timestamp())
    signatures = [secret.signature(message_id, timestamp, body) for secret in secrets]
    return {"webhook-id": message_id, "webhook-timestamp": str(timestamp), "webhook-signature": " ".join(signatures)}
