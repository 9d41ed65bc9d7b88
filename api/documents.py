"""JSON as others send it: how deep and how long it may be is said here, so that no reader after it can be made to fail."""

import json
import math
from collections.abc import Iterator
from typing import Any

from ontology.errors import RecordInvalid

DEPTH_MAX = 32  # A record is four deep.
TOO_DEEP = f"more than {DEPTH_MAX} lists and objects within one another"
DIGITS_MAX = 400  # Python reads numbers of up to 4,300 digits, and each takes longer than the one before.


def read_json(content: bytes) -> object:
    """The one JSON value of these bytes. Raises ValueError where there is none, or one too deep, too long or no JSON number."""
    try:
        told: object = json.loads(content, parse_constant=_refused, parse_int=_whole, parse_float=_finite)
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    check_depth(told)
    return told


def check_depth(told: object) -> None:
    """Raises ValueError where lists and objects stand deeper within one another than DEPTH_MAX."""
    level = [told]
    for _ in range(DEPTH_MAX):
        level = list(_inner(level))
        if not level:
            return
    raise ValueError(TOO_DEEP)


def put_values(content: bytes) -> Iterator[object]:
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
    except (json.JSONDecodeError, UnicodeDecodeError):
        problem = "not JSON"
    except ValueError as cause:
        problem = str(cause)
    raise RecordInvalid(line=number, problem=problem, remedy="Send one JSON object a line.")


def _inner(level: list[Any]) -> Iterator[object]:
    for one in level:
        if isinstance(one, dict):
            yield from one.values()
        elif isinstance(one, list):
            yield from one


def _whole(digits: str) -> int:
    if len(digits) > DIGITS_MAX:
        raise ValueError(f"a number of more than {DIGITS_MAX} digits")
    return int(digits)


def _finite(number: str) -> float:
    if not math.isfinite(float(number)):
        raise ValueError("a number beyond all that can be told apart")
    return float(number)


def _refused(word: str) -> object:
    raise ValueError(f"{word} is no number of JSON")
