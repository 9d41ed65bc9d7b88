"""How a server is asked: its address, the key, the language, times and tries."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote
from uuid import uuid4

from kith_client.errors import WrongUse
from kith_client.retries import RetryRules

HERE = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Settings:
    """Frozen; made by `Kith(…)` and `AsyncKith(…)`.

    key:       what is sent as `Authorization: Bearer …`; never shown in a repr.
    timeout_s: seconds for an answer to begin, and for each of its pieces.
    purpose:   what the answers are used for; of a partner's key its own purpose (header Kith-Purpose).
    etags:     how many answers are kept to ask whether they still hold; 0 for none.
    new_key:   makes the Idempotency-Key of a write.
    """

    url: str
    key: str | None = field(default=None, repr=False)
    lang: Literal["en", "zh"] | None = None
    purpose: str | None = None
    timeout_s: float = 65.0
    retries: RetryRules = field(default_factory=RetryRules)
    etags: int = 0
    new_key: Callable[[], str] = field(default=lambda: str(uuid4()), repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What goes with every call."""
        headers = {"user-agent": "kith-client", "accept": "application/json"}
        headers |= {"authorization": f"Bearer {self.key}"} if self.key else {}
        headers |= {"accept-language": self.lang} if self.lang else {}
        return headers | ({"kith-purpose": quote(self.purpose)} if self.purpose else {})


def address_of(url: str | None) -> str:
    """The server's address: as given, else KITH_URL, else port 8000 of this machine. Raises WrongUse for no http address."""
    address = (url or os.environ.get("KITH_URL") or HERE).rstrip("/")
    if not address.startswith(("http://", "https://")):
        raise WrongUse(f"{address!r} is no address of a server: write http:// or https:// before it")
    return address


def key_of(key: str | None) -> str | None:
    """The key: as given, else KITH_API_KEY, else none."""
    return key or os.environ.get("KITH_API_KEY") or None
