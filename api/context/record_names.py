"""Translates record ids that hold a resident id in clear, as callers know them, into the ids that the store keeps."""

import re
from urllib.parse import parse_qsl, quote, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

from api.settings import Settings
from api.wiring import id_key
from ontology.personal_ids import mask, mask_with_hash

_OF_A_DATASET = re.compile(r"[^\s:]{1,300}:.")  # `crm:110101…`; a number alone names no record, and is never searched for.


def record_name(text: str, settings: Settings) -> str:
    """The record id as the store keeps it, with the keyed hash in place of a resident id. Any other text is unchanged.

    Without a key no such record exists yet: then the text is unchanged, for the call that puts the first one.
    """
    if not _OF_A_DATASET.match(text) or mask(text) == text:
        return text
    return mask_with_hash(text, id_key(settings)) if settings.id_key_file.expanduser().exists() else text


class RecordNames:
    """ASGI middleware that translates record ids: no route sees a resident id in clear, so none can show or log it."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, its path and query rewritten where they name such a record."""
        if scope["type"] == "http":
            scope.update(self._rewritten(scope))  # In place: what stands around learns the route from the same scope.
        await self._app(scope, receive, send)

    def _rewritten(self, scope: Scope) -> dict[str, object]:
        path = "/".join(record_name(part, self._settings) for part in scope["path"].split("/"))
        query_pairs = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        rewritten_pairs = [(name, record_name(value, self._settings)) for name, value in query_pairs]
        rewritten: dict[str, object] = {}
        if path != scope["path"]:
            rewritten |= {"path": path, "raw_path": quote(path, safe="/:~*").encode()}
        if rewritten_pairs != query_pairs:
            rewritten["query_string"] = urlencode(rewritten_pairs).encode()
        return rewritten
