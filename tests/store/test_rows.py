"""Models to rows and back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from ontology.base import PartyKind, SourceClass
from ontology.link import Link
from ontology.record import Name, Record
from store import queries
from store.port import Store
from store.rows import DOCUMENTS, from_row, to_row
from tests.cypher import world

MODELS: list[BaseModel] = [
    *world.FILES, *world.RECORDS, *world.LINKS, *world.LISTINGS, *world.RECOGNITIONS, *world.EXPERIENCES, *world.JUDGEMENTS,
    *world.ENTITIES, *world.EVENTS, *world.TIES, *world.SIGNALS, *world.SCORES,
]  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\u0000"), min_size=1, max_size=40)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_a_model_comes_back_as_it_was(model: BaseModel) -> None:
    assert from_row(type(model), to_row(model)) == model


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_a_row_holds_plain_values_only(model: BaseModel) -> None:
    assert {type(value) for value in to_row(model).values()} <= {str, int, float, bool, type(None)}


@given(TEXT, TEXT, st.floats(0, 1), st.floats(allow_nan=False, allow_infinity=False), st.dates())
def test_any_link_comes_back_as_it_was(text: str, key: str, share: float, amount: float, day: date) -> None:
    link = Link(
        id=text, dataset=key, source_class=SourceClass.PUBLIC, row_id="f#1", kind="OWNS", source_id=text, target_id=key,
        share=share,
        amount=amount, began_on=day, ended_on=None if day == date.max else day + timedelta(days=1), fact_key=key, verified=True,
    )  # fmt: skip
    assert from_row(Link, to_row(link)) == link


@given(st.lists(TEXT, max_size=4), st.dictionaries(TEXT, TEXT, max_size=3))
def test_any_record_comes_back_as_it_was(names: list[str], attributes: dict[str, str]) -> None:
    record = Record(
        id="r", dataset="d", source_class=SourceClass.RELEASED, row_id="f#1", release_id="a", kind=PartyKind.PERSON,
        names=tuple(Name(text=name) for name in names), attributes=attributes,
    )  # fmt: skip
    assert from_row(Record, to_row(record)) == record


def test_more_columns_may_be_added() -> None:
    assert to_row(world.FILES[0], complete=True)["complete"] is True


def test_the_put_queries_take_exactly_these_rows() -> None:
    for name, rows in world.SEED.items():
        assert rows[0].keys() == queries.load_query(name, "sqlite").batch_names, name


def test_the_plain_columns_of_a_document_are_fields_of_its_model() -> None:
    for kind, columns in DOCUMENTS.items():
        assert set(columns) <= set(kind.model_fields)


def test_a_store_hands_models_back(store: Store) -> None:
    world.load(store)
    assert [from_row(Link, row) for row in store.read("network/links_by_ids", ids=["l1", "l3"])] == [
        world.LINKS[0],
        world.LINKS[2],
    ]
    assert [from_row(Record, row) for row in store.read("entities/records")] == world.RECORDS
