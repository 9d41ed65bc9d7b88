"""Loops that numba compiles once there is enough to do: of a small network they run as they are, and numba is not loaded.

Loading numba takes most of a second, which a person who asks about one party would wait for. Both ways give the same figures.
"""

import sys
from collections.abc import Callable
from functools import cached_property
from types import FunctionType
from typing import Any, Generic, ParamSpec, TypeVar, cast

PLAIN_MAX = 20_000
"""Up to so many elements in all arrays of a call, interpreted loops take less time than numba takes to load."""

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Compiled(Generic[Given, Answer]):
    """A function of arrays, numbers and tuples of them."""

    def __init__(self, function: Callable[Given, Answer]) -> None:
        self.plain = function
        self.__doc__ = function.__doc__

    def __call__(self, *told: Given.args, **named: Given.kwargs) -> Answer:
        """What the function makes of it."""
        if "numba" not in sys.modules and _elements(told) <= PLAIN_MAX:
            return self.plain(*told, **named)
        return self.native(*told, **named)

    @cached_property
    def native(self) -> Callable[Given, Answer]:
        """The function as machine code, kept in numba's cache; others it calls are compiled with it."""
        from numba import njit

        plain = cast(FunctionType, self.plain)
        called = ((name, plain.__globals__.get(name)) for name in plain.__code__.co_names)
        names = plain.__globals__ | {name: one.native for name, one in called if isinstance(one, Compiled)}
        bound = FunctionType(plain.__code__, names, plain.__name__, plain.__defaults__)
        bound.__module__, bound.__qualname__ = plain.__module__, plain.__qualname__
        native: Callable[Given, Answer] = njit(cache=True, nogil=True)(bound)
        return native


def compiled(function: Callable[Given, Answer]) -> Compiled[Given, Answer]:
    """Have numba compile a function when it pays."""
    return Compiled(function)


def _elements(told: tuple[Any, ...]) -> int:
    return sum(_elements(one) if isinstance(one, tuple) else getattr(one, "size", 1) for one in told)
