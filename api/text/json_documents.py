"""JSON as others send it: how deep and how long it may be is said here, so that no reader after it can be made to fail."""

import json
from collections.abc import Iterator
from typing import Any

from ontology import documents
from ontology.errors import RecordInvalid
from ontology.limits import RECORD_DEPTH_MAX

TOO_DEEP = f"more than {RECORD_DEPTH_MAX} lists and objects within one another"


def read_json(content: bytes) -> object:
    """The one JSON value of these bytes. Raises ValueError where there is none, or one too deep, too long or no JSON number."""
    json_value: object = documents.read_json(content)
    check_depth(json_value)
    return json_value


def check_depth(json_value: object) -> None:
    """Raises ValueError where lists and objects stand deeper within one another than RECORD_DEPTH_MAX."""
    level = [json_value]
    for _ in range(RECORD_DEPTH_MAX):
        level = list(_elements(level))
        if not level:
            return
    raise ValueError(TOO_DEEP)


def json_values(content: bytes) -> Iterator[object]:
    """The JSON values of a file: one, the elements of a list, or one a line. Raises RecordInvalid."""
    try:
        whole = read_json(content)
        yield from whole if isinstance(whole, list) else [whole]
    except ValueError:
        yield from (json_of_line(line, number) for number, line in enumerate(content.splitlines(), 1) if line.strip())


def json_of_line(line: bytes, number: int) -> object:
    """The JSON value of one line. Raises RecordInvalid."""
    try:
        return read_json(line)
    except json.JSONDecodeError:
        problem = "not JSON"
    except ValueError as cause:
        problem = str(cause)
    raise RecordInvalid(line=number, problem=problem, remedy="Send one JSON object a line.")


def _elements(level: list[Any]) -> Iterator[object]:
    for container in level:
        if isinstance(container, dict):
            yield from container.values()
        elif isinstance(container, list):
            yield from container
