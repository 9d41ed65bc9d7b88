"""`--json` prints JSON and nothing else: a figure that is none is null."""

import json
import math

import pytest

from api.cli.output import json_text
from ontology.documents import read_json


def test_figures_that_are_none_are_null_at_any_depth() -> None:
    told = {"a": math.nan, "b": [1.5, math.inf, {"c": (-math.inf, "Infinity")}], "d": None}
    found = json.loads(json_text(told), parse_constant=pytest.fail)
    assert found == {"a": None, "b": [1.5, None, {"c": [None, "Infinity"]}], "d": None}


@pytest.mark.parametrize(
    "text", ["NaN", "[Infinity]", '{"a": -Infinity}', "1e999", "9" * 5000, "[" * 5000, b"\xff", b"\xff\xfe{"]
)
def test_what_cannot_be_counted_with_is_not_taken_as_json(text: str | bytes) -> None:
    with pytest.raises(json.JSONDecodeError):
        read_json(text)
