"""Records named with a resident id in clear, as people and other programs know them: led to the id that the store keeps."""

import re
from urllib.parse import parse_qsl, quote, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

from api.settings import Settings
from api.wiring import id_key
from ontology.personal_ids import mask, mask_with_hash

_OF_A_DATASET = re.compile(r"[^\s:]{1,300}:.")  # `crm:110101…`; a number alone names no record, and is never searched for.


def record_name(text: str, settings: Settings) -> str:
    """What names a record, as the store keeps it: with the keyed hash in place of a resident id. Any other text as it is.

    Without a key there is no such record yet: then the text stays as it is, for what makes the first one.
    """
    if not _OF_A_DATASET.match(text) or mask(text) == text:
        return text
    return mask_with_hash(text, id_key(settings)) if settings.id_key_file.expanduser().exists() else text


class RecordNames:
    """Wraps the app: no route sees a record's id in clear, so none can look it up wrongly, tell it or log it."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, its path and query rewritten where they name such a record."""
        await self._app(self._rewritten(scope) if scope["type"] == "http" else scope, receive, send)

    def _rewritten(self, scope: Scope) -> Scope:
        path = "/".join(record_name(part, self._settings) for part in scope["path"].split("/"))
        query_pairs = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        rewritten_pairs = [(name, record_name(value, self._settings)) for name, value in query_pairs]
        rewritten: dict[str, object] = {}
        if path != scope["path"]:
            rewritten |= {"path": path, "raw_path": quote(path, safe="/:~*").encode()}
        if rewritten_pairs != query_pairs:
            rewritten["query_string"] = urlencode(rewritten_pairs).encode()
        return {**scope, **rewritten} if rewritten else scope
