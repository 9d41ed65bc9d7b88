"""One call of the API, before it is sent."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from pydantic import BaseModel

from kith_client.errors import WrongUse

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
NDJSON = "application/x-ndjson"
JSON_TYPE = "application/json"


@dataclass(frozen=True)
class Call:
    """A method, an address below the server's, and what goes with it.

    repeatable: whether it may be sent again where it is not known if it was carried out; calls that write are, under a key
                of their own (Idempotency-Key). Only a call that reads may be marked so by hand.
    """

    method: str
    path: str
    query: Mapping[str, object] = field(default_factory=dict)
    body: bytes | None = None
    content_type: str | None = None
    files: tuple[tuple[str, tuple[str, bytes]], ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    is_read: bool = False

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.method in UNSAFE and not self.is_read


def path_of(template: str, **parts: str) -> str:
    """An address with its parts escaped.

    >>> path_of("/v1/rows/{row_id}", row_id="court.csv#17")
    '/v1/rows/court.csv%2317'
    """
    if empty := next((name for name, text in parts.items() if not text or text in (".", "..")), None):
        raise WrongUse(f"{empty} cannot be {parts[empty]!r}")
    return template.format_map({name: quote(text, safe=":@") for name, text in parts.items()})


def query_of(**parameters: object) -> dict[str, object]:
    """Parameters as they are sent: without those left out, days in ISO form. A trailing underscore of a name is dropped."""
    return {name.rstrip("_"): _query_value(value) for name, value in parameters.items() if value is not None}


def _query_value(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return [_query_value(part) for part in value] if isinstance(value, list | tuple) else value


def json_of(value: object) -> bytes:
    """JSON of a model, or of anything that holds models and days. Fields that were not set are left out."""
    return json.dumps(value, ensure_ascii=False, default=_json_value, separators=(",", ":")).encode()


def _json_value(value: object) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise WrongUse(f"a {type(value).__name__} cannot be sent as JSON")


def json_call(method: str, path: str, body: object, **more: Any) -> Call:
    """A call with a JSON body."""
    return Call(method, path, body=json_of(body), content_type=JSON_TYPE, **more)


def file_part(name: str, file: str | Path | bytes | BinaryIO, file_name: str | None = None) -> tuple[str, tuple[str, bytes]]:
    """A file of a form: a path, its bytes, or an open file. Raises WrongUse for a path that cannot be read."""
    if isinstance(file, bytes):
        return name, (file_name or "list.csv", file)
    if isinstance(file, str | Path):
        path = Path(file)
        try:
            return name, (file_name or path.name, path.read_bytes())
        except OSError as cause:
            raise WrongUse(f"{path} cannot be read: {cause.strerror}") from None
    open_name = Path(str(getattr(file, "name", "") or "list.csv")).name
    return name, (file_name or open_name, io.BytesIO(file.read()).getvalue())
