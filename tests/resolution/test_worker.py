"""Two processes at one piece of work: the same answer in the same order, whatever becomes of the second one."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from time import sleep

import pytest

from resolution import worker
from resolution.worker import Worker

BATCHES = [list(range(n, n + 7)) for n in range(0, 140, 7)]


def shared(work: Callable, batches: Iterable) -> Iterator:
    with Worker() as helper:
        yield from helper.map_batches(work, batches)


def squares(batch: list[int]) -> tuple[int, list[int]]:
    return os.getpid(), [one * one for one in batch]


def large(batch: list[int]) -> bytes:
    return bytes([batch[0] % 256]) * 3_000_000


def ends_the_second(batch: list[int]) -> list[int]:
    if os.environ.get("KITH_TEST_FIRST") != str(os.getpid()) and batch[0] >= 35:
        os.kill(os.getpid(), signal.SIGKILL)
    return batch


def refuses_five(batch: list[int]) -> list[int]:
    if 5 * 7 in batch:
        raise ValueError("five")
    return batch


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_two_can_work", lambda: True)


def test_what_is_made_comes_in_the_order_of_the_batches_and_a_second_process_made_some() -> None:
    made = list(shared(squares, BATCHES))
    assert [squared for _, squared in made] == [squares(batch)[1] for batch in BATCHES]
    assert {pid for pid, _ in made} - {os.getpid()}


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_batches_are_all_made(count: int) -> None:
    assert [squared for _, squared in shared(squares, BATCHES[:count])] == [squares(batch)[1] for batch in BATCHES[:count]]


def test_answers_larger_than_a_pipe_arrive_whole() -> None:
    assert [len(one) for one in shared(large, BATCHES)] == [3_000_000] * len(BATCHES)


def test_a_second_process_that_is_killed_costs_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_TEST_FIRST", str(os.getpid()))
    assert list(shared(ends_the_second, BATCHES)) == BATCHES


def test_an_error_in_the_work_is_raised_here() -> None:
    with pytest.raises(ValueError, match="five"):
        list(shared(refuses_five, BATCHES))


def slow_in_the_second(batch: list[int]) -> list[int]:
    if os.environ.get("KITH_TEST_FIRST") != str(os.getpid()):
        sleep(0.2)
    return batch


def test_a_slow_second_process_is_waited_for_before_too_much_lies_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_TEST_FIRST", str(os.getpid()))
    monkeypatch.setattr(worker, "SLOTS_MAX", 2)
    taken = 0

    def counted() -> Iterator[list[int]]:
        nonlocal taken
        for batch in BATCHES:
            taken += 1
            yield batch

    for handed_on, batch in enumerate(shared(slow_in_the_second, counted())):
        assert batch == BATCHES[handed_on]
        assert taken - handed_on <= 2 + worker.QUEUED_MAX + 1


def test_one_second_process_serves_one_work_after_the_other_and_what_is_asked_ahead() -> None:
    with Worker() as aside_:
        ahead = [aside_.submit(squares, batch) for batch in BATCHES]
        large_ones = list(aside_.map_batches(large, BATCHES))
        made = [one.result() for one in ahead]
        again = list(aside_.map_batches(squares, BATCHES))
    assert large_ones == [large(batch) for batch in BATCHES]
    assert [squared for _, squared in made] == [squares(batch)[1] for batch in BATCHES]
    assert len({pid for pid, _ in (*made, *again)} - {os.getpid()}) == 1


def test_what_is_asked_ahead_is_made_whatever_becomes_of_the_second_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_TEST_FIRST", str(os.getpid()))
    with Worker() as aside_:
        ahead = [aside_.submit(ends_the_second, batch) for batch in BATCHES]
        assert [one.result() for one in reversed(ahead)] == BATCHES[::-1]


def test_one_core_does_all_of_it_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_two_can_work", lambda: False)
    assert {pid for pid, _ in shared(squares, BATCHES)} == {os.getpid()}


def test_a_second_process_that_rests_is_another_when_there_is_work_again_and_one_at_work_goes_on() -> None:
    with Worker() as aside_:
        before = {pid for pid, _ in aside_.map_batches(squares, BATCHES)} - {os.getpid()}
        aside_.pause()
        waiting = [aside_.submit(squares, batch) for batch in BATCHES]
        aside_.pause()
        after = {pid for pid, _ in (one.result() for one in waiting)} - {os.getpid()}
    assert len(before) == len(after) == 1
    assert before != after
