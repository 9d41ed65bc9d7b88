"""Whether a webhook's message is genuine, by the Standard Webhooks specification (https://www.standardwebhooks.com)."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from kith_client.errors import WebhookNotGenuine, WrongUse
from kith_client.shapes import Shape

PREFIX, VERSION = "whsec_", "v1"
TOLERANCE_S = 300
HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


class WebhookMessage(Shape):
    """A message that is genuine. `id` is the same however often it is sent: keep it, and do nothing at the second time."""

    id: str
    type: str
    timestamp: str
    data: dict[str, Any]


def verify_webhook(
    headers: Mapping[str, str],
    body: bytes | str,
    secret: str | Sequence[str],
    *,
    tolerance_s: float = TOLERANCE_S,
    now_s: float | None = None,
) -> WebhookMessage:
    """The message, where one of its signatures holds.

    headers:     of the request, in any case.
    body:        as it came, byte for byte; JSON that was read and written again has another signature.
    secret:      what the subscription was made with (`whsec_…`); several while one follows another.
    tolerance_s: seconds that the message's time may be off.
    now_s:       seconds since 1970; left out: now.
    Raises WebhookNotGenuine, WrongUse for a secret that is none.
    """
    fields = {name.lower(): value for name, value in headers.items()}
    if missing := next((name for name in HEADERS if not fields.get(name)), None):
        raise WebhookNotGenuine(f"the header {missing} is missing")
    id_, time_text, signatures = (fields[name] for name in HEADERS)
    _check_time(time_text, tolerance_s, time.time() if now_s is None else now_s)
    content = body.encode() if isinstance(body, str) else body
    signed = f"{id_}.{time_text}.".encode() + content
    secrets = [secret] if isinstance(secret, str) else secret
    if not _is_signed([_signature(_secret_bytes(text), signed) for text in secrets], signatures):
        raise WebhookNotGenuine("no signature of the message holds")
    return _message(id_, content)


def _check_time(text: str, tolerance_s: float, now_s: float) -> None:
    if not (text.isascii() and text.isdecimal()):
        raise WebhookNotGenuine("the time of the message is no number")
    if abs(now_s - int(text)) > tolerance_s:
        raise WebhookNotGenuine("the message is not of this time: sent again by somebody, or a clock is wrong")


def _secret_bytes(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise WrongUse("the secret is none: it is whsec_ and base64") from None


def _signature(key: bytes, signed: bytes) -> bytes:
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())


def _is_signed(expected: Sequence[bytes], signatures: str) -> bool:
    """Whether any signature is any of those expected. All are compared, each in constant time."""
    versions = (part.partition(",") for part in signatures.split())
    texts = [text.encode() for version, _, text in versions if version == VERSION]
    return any([hmac.compare_digest(signature, text) for signature in expected for text in texts])  # noqa: C419 - no early end


def _message(id_: str, content: bytes) -> WebhookMessage:
    try:
        return WebhookMessage.model_validate({**json.loads(content), "id": id_})
    except (ValueError, TypeError, ValidationError):
        raise WebhookNotGenuine("the body is no message of kith's") from None
