"""Law: whatever the history, once the queue is empty a store holds what a full run with the same weights makes of its records."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ontology.record import Record
from resolution.candidates import pairs
from resolution.comparisons.households import shipped_households
from resolution.comparisons.kin_counts import KinCounts
from resolution.entities import components as parts
from store.open import open_store
from store.port import Store
from tests.resolution.households import NO_KIN
from tests.resolution.live.histories import FIRM_IDS, PERSON_IDS, UNTOLD_IDS, World, firms, persons, steps, untold
from tests.stores import wipe

CAP = 3
HISTORIES = int(os.environ.get("KITH_HISTORIES", "60"))  # `make laws` runs hundreds: minutes.


@pytest.fixture(autouse=True)
def _small_caps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "HOLDERS_MAX", CAP)
    monkeypatch.setattr(pairs, "ID_HOLDERS_MAX", CAP - 1)


KIN = {
    "no kin of one home": (KinCounts(units=1000, partnered=900), NO_KIN),
    "few look-alikes": (KinCounts(units=1000, partnered=900, lone=900), shipped_households()),
    "neither": (KinCounts(units=1000, partnered=900, lone=900), NO_KIN),
}


@st.composite
def worlds(draw: st.DrawFn) -> list[Record]:
    """Records of a first full run, or none."""
    drawn = [firms(id_) for id_ in FIRM_IDS] + [persons(id_) for id_ in PERSON_IDS] + [untold(id_) for id_ in UNTOLD_IDS]
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


def lives_to_what_a_full_run_finds(first: list[Record], history: list[tuple[Any, ...]]) -> None:
    with world() as here:
        here.resolve(first)
        for step in history:
            here.take(step)
        here.take(("settle",))
        parties, judged = here.expected()
        assert here.parties() == parties
        assert here.judged() == judged


@pytest.mark.timeout(1800)
@given(first=worlds(), history=st.lists(steps(), min_size=1, max_size=12))
@settings(max_examples=HISTORIES, deadline=None, suppress_health_check=list(HealthCheck))
def test_live_and_batch_end_in_the_same_parties(first: list[Record], history: list[tuple[Any, ...]]) -> None:
    lives_to_what_a_full_run_finds(first, history)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kin", [*KIN])
@given(first=worlds(), history=st.lists(steps(), min_size=1, max_size=12))
@settings(max_examples=HISTORIES // 2, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_a_full_run_counted_of_kin_holds_for_what_comes_later(
    monkeypatch: pytest.MonkeyPatch, kin: str, first: list[Record], history: list[tuple[Any, ...]]
) -> None:
    kin_counts, households = KIN[kin]
    monkeypatch.setattr(parts, "count_kin_pairs", lambda *_: kin_counts)
    monkeypatch.setattr(parts, "learn_households", lambda *_: households)
    lives_to_what_a_full_run_finds(first, history)


@pytest.mark.neo4j
@given(first=worlds(), history=st.lists(steps(), min_size=1, max_size=6))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_both_engines_hold_the_same_after_any_history(
    neo4j_store: Store, neo4j_address: str, first: list[Record], history: list[tuple[Any, ...]]
) -> None:
    wipe(neo4j_address)
    with world() as here:
        there = World(neo4j_store)
        for one in (here, there):
            one.resolve(first)
            for step in (*history, ("settle",)):
                one.take(step)
        for name in ("entities/all", "entities/members", "entities/judgements", "entities/redirects", "entities/records"):
            assert there.store.read(name) == here.store.read(name)
        assert there.store.read("entities/events", limit=1000) == here.store.read("entities/events", limit=1000)


@given(first=worlds(), history=st.lists(steps(), min_size=1, max_size=8))
@settings(max_examples=HISTORIES // 3, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_verdict_and_no_identifier_for_life_is_ever_crossed(first: list[Record], history: list[tuple[Any, ...]]) -> None:
    with world() as here:
        here.resolve(first)
        for step in history:
            here.take(step)
            records, parties = here.records(), here.parties()
            spoken = {one for pair in here.verdicts().same for one in pair}
            for part in parties:
                assert not any({left, right} <= set(part) for left, right in here.verdicts().different)
                codes = {
                    one.value for id_ in part if id_ not in spoken for one in records[id_].identifiers if one.scheme == "uscc"
                }
                assert len(codes) <= 1
