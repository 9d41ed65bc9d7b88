"""Keys of the API, and what persons agreed to."""

from datetime import date
from typing import Any

from kith_client.asynchronous.pages import Pages
from kith_client.asynchronous.transport import Transport
from kith_client.calls import Call, json_call, path_of, query_of
from kith_client.models import Consents, ConsentToGive, CreatedKey, Keys, KeyToCreate, ShownConsent, ShownKey


class KeyCalls:
    """`kith.keys`: for the operator."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(self) -> Keys:
        """Every key, without its secret. Raises KithError."""
        return await self._transport.ask(Call("GET", "/v1/keys"), Keys)

    async def get(self, key_id: str) -> ShownKey:
        """One key, without its secret. Raises KithError."""
        return await self._transport.ask(Call("GET", _key_path(key_id)), ShownKey)

    async def create(self, name: str, role: str, **fields: Any) -> CreatedKey:
        """Make a key; its secret is in this answer and nowhere else. fields: of KeyToCreate, such as `partner` and `purpose`.
        Raises KithError."""
        key = KeyToCreate.model_validate({"name": name, "role": role, **fields})
        return await self._transport.ask(json_call("POST", "/v1/keys", key), CreatedKey)

    async def rotate(self, key_id: str, *, overlap_hours: float | None = None, ends_on: date | None = None) -> CreatedKey:
        """Give a key another secret; the one before holds for the overlap. Raises KithError."""
        body = query_of(overlap_hours=overlap_hours, ends_on=ends_on)
        return await self._transport.ask(json_call("POST", _key_path(key_id) + "/rotate", body), CreatedKey)

    async def revoke(self, key_id: str) -> ShownKey:
        """End a key at once. Raises KithError."""
        return await self._transport.ask(Call("DELETE", _key_path(key_id)), ShownKey)


class ConsentCalls:
    """`kith.consents`: what persons and sole traders agreed to."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, entity_id: str | None = None) -> Pages[ShownConsent]:
        """Of everybody, or of one person; the latest first."""
        path = path_of("/v1/entities/{id}", id=entity_id) + "/consents" if entity_id else "/v1/consents"
        return Pages(self._transport, Call("GET", path), Consents, lambda page: page.consents)

    async def give(self, entity_id: str, **fields: Any) -> ShownConsent:
        """Take down that a person agreed. fields: of ConsentToGive: `partner`, `purpose`, … Raises KithError."""
        path = path_of("/v1/entities/{id}", id=entity_id) + "/consents"
        consent = ConsentToGive.model_validate(fields)
        return await self._transport.ask(json_call("POST", path, consent), ShownConsent)

    async def withdraw(self, consent_id: str, *, by: str | None = None) -> ShownConsent:
        """Withdraw a consent: the score is gone at the next look. Raises KithError."""
        call = Call("DELETE", path_of("/v1/consents/{id}", id=consent_id), query_of(by=by))
        return await self._transport.ask(call, ShownConsent)


def _key_path(key_id: str) -> str:
    return path_of("/v1/keys/{key_id}", key_id=key_id)
