"""Loops that numba compiles when the input is large; on small input they run interpreted and numba is not loaded.

Loading numba takes most of a second, too long for a question about one party. Both ways give the same figures.
"""

import sys
from collections.abc import Callable
from functools import cached_property
from types import FunctionType
from typing import Any, Generic, ParamSpec, TypeVar, cast

PLAIN_MAX = 20_000
"""Up to so many elements in all arrays of a call, interpreted loops take less time than numba takes to load."""

Parameters = ParamSpec("Parameters")
Returned = TypeVar("Returned")


class Compiled(Generic[Parameters, Returned]):
    """A function of arrays, numbers and tuples of them, compiled on demand."""

    def __init__(self, function: Callable[Parameters, Returned]) -> None:
        self.plain = function
        self.__doc__ = function.__doc__

    def __call__(self, *arguments: Parameters.args, **keywords: Parameters.kwargs) -> Returned:
        """The function of these arguments, interpreted where they are few and numba is not loaded."""
        return self.for_work(_elements(arguments))(*arguments, **keywords)

    def for_work(self, steps: int) -> Callable[Parameters, Returned]:
        """The function to call for so many steps of its loops: of large arrays a walk may touch little."""
        return self.interpreted if "numba" not in sys.modules and steps <= PLAIN_MAX else self.native

    @cached_property
    def interpreted(self) -> Callable[Parameters, Returned]:
        """The function as it is, and so others it calls, however large their arrays."""
        interpreted: Callable[Parameters, Returned] = self._bound(lambda inner: inner.interpreted)
        return interpreted

    @cached_property
    def native(self) -> Callable[Parameters, Returned]:
        """The function as machine code, kept in numba's cache; others it calls are compiled with it."""
        from numba import njit

        bound = self._bound(lambda inner: inner.native)
        try:
            native: Callable[Parameters, Returned] = njit(cache=True, nogil=True)(bound)
        except RuntimeError:  # No folder to keep it in, beside the program or of the user: each process compiles it anew.
            native = njit(nogil=True)(bound)
        return native

    def _bound(self, variant_of: "Callable[[Compiled[..., Any]], Callable[..., Any]]") -> Any:
        """The function with one variant of all others it calls."""
        plain = cast(FunctionType, self.plain)
        global_functions = ((name, plain.__globals__.get(name)) for name in plain.__code__.co_names)
        names = plain.__globals__ | {
            name: variant_of(function) for name, function in global_functions if isinstance(function, Compiled)
        }
        bound = FunctionType(plain.__code__, names, plain.__name__, plain.__defaults__)
        bound.__module__, bound.__qualname__ = plain.__module__, plain.__qualname__
        return bound


def compiled(function: Callable[Parameters, Returned]) -> Compiled[Parameters, Returned]:
    """Decorator: numba compiles the function when the input is large enough."""
    return Compiled(function)


def _elements(arguments: tuple[Any, ...]) -> int:
    return sum(_elements(argument) if isinstance(argument, tuple) else getattr(argument, "size", 1) for argument in arguments)
