"""Columns of texts become the same numbers whether there are few or many of them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.kept import columns as kept
from graph.network import encoding
from graph.network.encoding import number_texts, places, translated
from tests.graph.world import World

texts = st.lists(st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=5)), max_size=40)


@given(values=texts)
def test_many_texts_are_numbered_as_few_are(values: list[str | None]) -> None:
    few, distinct = number_texts(values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "MANY", 0)
        many, distinct_of_many = number_texts(values)
    assert (few.tolist(), distinct) == (many.tolist(), distinct_of_many)
    assert [None if code < 0 else distinct[code] for code in few.tolist()] == values


@given(values=texts)
def test_every_different_text_is_translated_once(values: list[str | None]) -> None:
    asked: list[str | None] = []

    def length(text: str | None) -> int:
        asked.append(text)
        return -1 if text is None else len(text)

    assert translated(values, length, np.int64).tolist() == [-1 if text is None else len(text) for text in values]
    assert len(asked) == len(set(asked))


def test_parties_have_the_same_places_whether_few_or_many_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    for name in ("B", "A", "é", "中"):
        world.party(name)
    parties = world.scoring().network.parties
    ids = ["中", "nobody", "A", "A", ""]
    few = places(ids, parties).tolist()
    monkeypatch.setattr(encoding, "MANY", 0)
    assert places(ids, parties).tolist() == few == [parties.index.get(id_, -1) for id_ in ids]
    assert places(ids, replace(parties)).tolist() == few


@given(values=st.lists(st.text(st.characters(codec="utf-8"), max_size=5), max_size=40))
def test_many_texts_are_kept_as_few_are(values: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "MANY", 0)
        many = kept.texts_to_arrays("t", values)
    few = kept.texts_to_arrays("t", values)
    assert {name: array.tolist() for name, array in many.items()} == {name: array.tolist() for name, array in few.items()}
    assert [*kept.texts_from(many, "t")] == values
