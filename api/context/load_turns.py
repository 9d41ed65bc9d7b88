"""Limits concurrent loads of networks of other days: a load takes seconds of a processor that other requests need."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import BoundedSemaphore, Lock

from ontology.errors import TooManyAtOnce

AT_ONCE = 1  # Beside the usual day's: the second processor of a small machine stays with those who ask for that.
DAYS_PER_CALLER = 2  # A page asks several things of one day at once; several days at once is a program that can wait.
WAITING_MAX = 16  # Of the 40 threads that answer; the others stay free.
WAITING_PER_CALLER = 8


class LoadTurns:
    """Limits the number of loads at a time, and of threads that wait for one, by caller."""

    def __init__(self) -> None:
        self._turn, self._usual_turn = BoundedSemaphore(AT_ONCE), BoundedSemaphore(AT_ONCE)
        self._lock = Lock()
        self._days: Counter[tuple[str, date]] = Counter()

    @contextmanager
    def waiting(self, caller: str, day: date) -> Iterator[None]:
        """Count a thread of this caller that waits for a day's network. Raises TooManyAtOnce above the limits."""
        with self._lock:
            self._refuse_many(caller, day)
            self._days[caller, day] += 1
        try:
            yield
        finally:
            with self._lock:
                self._days[caller, day] -= 1
                if not self._days[caller, day]:
                    del self._days[caller, day]

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The turn to load a network of another day; waits until earlier loads have ended."""
        with self._turn:
            yield

    @contextmanager
    def usual_turn(self) -> Iterator[None]:
        """The turn to load the usual day's network, which happens after every write: one load serves all that wait by then."""
        with self._usual_turn:
            yield

    def _refuse_many(self, caller: str, day: date) -> None:
        waiting_by_day = {
            waited_day: waiting for (waiting_caller, waited_day), waiting in self._days.items() if waiting_caller == caller
        }
        too_many_days = len(waiting_by_day.keys() | {day}) > DAYS_PER_CALLER
        if too_many_days or sum(waiting_by_day.values()) >= WAITING_PER_CALLER or self._days.total() >= WAITING_MAX:
            reason = "networks of other days are being loaded"
            raise TooManyAtOnce(
                reason=reason, remedy=f"Ask for {DAYS_PER_CALLER} days at once at most, or again in some seconds."
            )
