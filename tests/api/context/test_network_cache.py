"""Whoever asks for other days waits in turn, and keeps nobody waiting who asks for the usual one."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import replace
from datetime import date

import pytest

from api.context import network_cache
from api.context.callers import CALLER
from api.context.load_turns import DAYS_PER_CALLER, WAITING_MAX, WAITING_PER_CALLER, LoadTurns
from api.context.network_cache import NetworkCache
from api.context.request_context import RequestContext
from ontology.errors import GivenUp, TooManyAtOnce
from tests.api.regions import Region

PATIENCE_S = 30


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every load derives: which file answers instead is told in test_kept_networks.py."""
    monkeypatch.setattr(network_cache, "open_kept", lambda request, state: None)
    monkeypatch.setattr(network_cache, "keep", lambda store, scoring, state: None)


@contextmanager
def slow_loads(monkeypatch: pytest.MonkeyPatch, day: date) -> Iterator[threading.Event]:
    """Loads of that day end when the event is set."""
    go_on, loads = threading.Event(), network_cache.derive_network

    def slow(store: object, **more: object) -> object:
        if more["as_of"] == day:
            assert go_on.wait(PATIENCE_S)
        return loads(store, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(network_cache, "derive_network", slow)
    try:
        yield go_on
    finally:
        go_on.set()


def as_caller(name: str, ask: Callable[[], object]) -> object:
    def named() -> object:
        CALLER.set(name)
        return ask()

    return copy_context().run(named)


def test_the_usual_day_is_answered_while_another_day_loads(made: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    context = replace(made.context(), networks=NetworkCache())
    other = replace(context, as_of=date(2019, 5, 5))
    with slow_loads(monkeypatch, other.as_of) as go_on:
        first = threading.Thread(target=as_caller, args=("10.0.0.1", lambda: context.networks.scoring(other)))
        first.start()
        assert as_caller("10.0.0.2", context.scoring) is not None
        assert first.is_alive()
        go_on.set()
        first.join(PATIENCE_S)
    assert not first.is_alive()


def test_a_load_that_was_given_up_is_begun_anew_for_who_still_waits(made: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    context: RequestContext = replace(made.context(), networks=NetworkCache())
    loads, tries, waiting = network_cache.derive_network, list[int](), threading.Event()

    def given_up_once(store: object, **more: object) -> object:
        tries.append(1)
        if len(tries) == 1:
            assert waiting.wait(PATIENCE_S)
            raise GivenUp
        return loads(store, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(network_cache, "derive_network", given_up_once)
    found: list[object] = []

    def ask() -> None:
        try:
            found.append(context.scoring())
        except GivenUp:
            found.append(None)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    waiting.set()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert sum(one is None for one in found) == 1
    assert len({id(one) for one in found if one is not None}) == 1


def test_who_waits_while_others_write_shares_one_load(made: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    context = replace(made.context(), networks=NetworkCache())
    loads, begun, go_on, state = list[int](), threading.Event(), threading.Event(), [0]

    def load(store: object, **more: object) -> object:
        loads.append(1)
        begun.set()
        assert go_on.wait(PATIENCE_S)
        return object()

    monkeypatch.setattr(network_cache, "derive_network", load)
    monkeypatch.setattr(network_cache, "store_state", lambda store: ("", str(state[0])))
    threads = []
    for writes in range(6):
        state[0] = writes
        threads.append(threading.Thread(target=context.networks.scoring, args=(context,)))
        threads[-1].start()
        assert begun.wait(PATIENCE_S)
    go_on.set()
    for thread in threads:
        thread.join(PATIENCE_S)
    # The first, one more for all who waited, and one where a thread came late to read the state.
    assert len(loads) <= 3


def test_one_caller_has_few_days_at_once_and_others_have_theirs() -> None:
    turns = LoadTurns()
    days = [date(2010 + year, 1, 1) for year in range(DAYS_PER_CALLER)]
    opened = [turns.waiting("a", day) for day in days]
    for one in opened:
        one.__enter__()
    with pytest.raises(TooManyAtOnce), turns.waiting("a", date(2001, 1, 1)):
        pass
    with turns.waiting("a", days[0]), turns.waiting("b", date(2001, 1, 1)):
        pass
    opened[0].__exit__(None, None, None)
    with turns.waiting("a", date(2001, 1, 1)):
        pass


@pytest.mark.parametrize(("callers", "most"), [(1, WAITING_PER_CALLER), (WAITING_MAX * 2, WAITING_MAX)])
def test_most_threads_stay_free(callers: int, most: int) -> None:
    turns = LoadTurns()
    waiting = [turns.waiting(f"caller {at % callers}", date(2001, 1, 1)) for at in range(most)]
    for one in waiting:
        one.__enter__()
    with pytest.raises(TooManyAtOnce):
        turns.waiting(f"caller {most % callers}", date(2001, 1, 1)).__enter__()
