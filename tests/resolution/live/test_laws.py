"""Law: whatever the history, once the queue is empty a store holds what a full run with the same weights makes of its records."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ontology.record import Record
from resolution.candidates import pairs
from store.open import open_store
from tests.resolution.live.histories import FIRM_IDS, PERSON_IDS, World, firms, persons, steps

CAP = 3


@pytest.fixture(autouse=True)
def _small_caps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "HOLDERS_MAX", CAP)
    monkeypatch.setattr(pairs, "ID_HOLDERS_MAX", CAP - 1)


@st.composite
def worlds(draw: st.DrawFn) -> list[Record]:
    """Records of a first full run, or none."""
    drawn = [firms(id_) for id_ in FIRM_IDS] + [persons(id_) for id_ in PERSON_IDS]
    chosen = draw(st.lists(st.sampled_from(range(len(drawn))), unique=True, max_size=7))
    return [draw(drawn[at]) for at in chosen]


@contextmanager
def world() -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'kith.db'}")
        try:
            yield World(store)
        finally:
            store.close()


@given(first=worlds(), history=st.lists(steps(), min_size=1, max_size=12))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_live_and_batch_end_in_the_same_parties(first: list[Record], history: list[tuple[Any, ...]]) -> None:
    with world() as here:
        here.resolve(first)
        for step in history:
            here.take(step)
        here.take(("settle",))
        parties, judged = here.expected()
        assert here.parties() == parties
        assert here.judged() == judged
