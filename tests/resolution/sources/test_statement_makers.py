"""A statement made without checking what was checked before is the statement the model would have made."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ontology.base import SourceClass
from ontology.limits import ID_LENGTH_MAX
from ontology.link import Link
from resolution.sources.statements.statement_makers import SHARED, statement_maker, updated_copy
from store.rows import from_row, to_row

LENGTHS = {"source_id": ID_LENGTH_MAX, "target_id": ID_LENGTH_MAX, "fact_key": 200}


def fields(**more: Any) -> dict[str, Any]:
    told = {
        "id": "d:L-1",
        "dataset": "d",
        "source_class": SourceClass.RELEASED,
        "row_id": "f#1",
        "release_id": "R-1",
        "kind": "SUPPLIES",
        "source_id": "d:a",
        "target_id": "d:b",
        "share": None,
        "amount": 12.5,
        "currency": "CNY",
        "role": None,
        "indirect": False,
        "verified": True,
        "began_on": date(2026, 1, 1),
        "ended_on": None,
        "fact_key": "17",
    }
    return told | more


def outcome(make: Callable[[dict[str, Any]], Link], told: dict[str, Any]) -> object:
    """The statement, or the place and kind of every error."""
    try:
        return make(told)
    except ValidationError as refused:
        return [(error["loc"], error["type"]) for error in refused.errors()]


@given(
    kinds=st.lists(st.sampled_from(["SUPPLIES", "OWNS", "supplies", ""]), max_size=4),
    currency=st.sampled_from(["CNY", "USD", "yuan", None]),
    fact_key=st.one_of(st.none(), st.integers(0, 250).map(lambda length: "9" * length)),
    end=st.integers(1, 400).map(lambda length: "x" * length),
)
def test_what_the_model_takes_and_refuses_is_taken_and_refused_alike(
    kinds: list[str], currency: str | None, fact_key: str | None, end: str
) -> None:
    make = statement_maker(Link, repeated=(*SHARED, "kind", "currency"), lengths=LENGTHS)
    for kind in (*kinds, "SUPPLIES", *kinds):
        told = fields(kind=kind, currency=currency, fact_key=fact_key, target_id=end)
        assert outcome(make, told) == outcome(lambda given: Link(**given), told)


def test_a_statement_made_the_short_way_is_whole() -> None:
    make = statement_maker(Link, repeated=(*SHARED, "kind", "currency"), lengths=LENGTHS)
    first, second = make(fields()), make(fields(id="d:L-2", row_id="f#2"))
    assert second == Link(**fields(id="d:L-2", row_id="f#2"))
    assert second.model_dump_json() == Link(**fields(id="d:L-2", row_id="f#2")).model_dump_json()
    assert hash(second) == hash(Link(**fields(id="d:L-2", row_id="f#2")))
    assert from_row(Link, to_row(second)) == second
    assert second.model_fields_set == first.model_fields_set
    with pytest.raises(ValidationError):
        second.kind = "OWNS"  # type: ignore[misc]  # Frozen, as any statement.


def test_more_is_added_to_a_copy() -> None:
    held = Link(**fields())
    more = updated_copy(held, {"role": "supplier"})
    assert more == Link(**fields(role="supplier"))
    assert held.role is None
