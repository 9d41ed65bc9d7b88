"""Keys of the store, for tests that ask as somebody."""

from datetime import UTC, datetime, time

from api.http.access_rules import access_rules
from api.keys.api_keys import create_key
from api.schemas.keys import KeyToCreate
from store.port import Store
from tests.graph.world import TODAY

NOW = datetime.combine(TODAY, time(), UTC)


def make_key(store: Store, role: str, *, name: str = "a key", now: datetime = NOW, days: int = 365, **more: object) -> str:
    """The text of a new key of this role."""
    request = KeyToCreate.model_validate({"name": name, "role": role, **more})
    return create_key(store, request, by="tests", now=now, days=days, known_groups=access_rules().groups).secret_text


def bearer(key: str) -> dict[str, str]:
    """The header that shows a key."""
    return {"authorization": f"Bearer {key}"}
