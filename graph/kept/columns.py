"""Columns over kept arrays: texts, figures and values that are read one at a time, where the bulk holds lists and dicts."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from math import isnan
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from graph.network.encoding import MANY, number_texts

Value = TypeVar("Value")
Made = TypeVar("Made")
Held_co = TypeVar("Held_co", covariant=True)
Arrays = Mapping[str, NDArray[Any]]
MADE_MAX = 10_000  # Values held of a column that a server reads for weeks.


class Column(Sequence[Held_co]):
    """A sequence whose items are made when they are asked for."""

    @abstractmethod
    def item(self, place: int) -> Held_co:
        """The item at a place from 0 on."""

    @overload
    def __getitem__(self, place: int) -> Held_co: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Held_co]: ...
    def __getitem__(self, place: int | slice) -> Held_co | Sequence[Held_co]:
        if isinstance(place, slice):
            return [self.item(each) for each in range(*place.indices(len(self)))]
        count = len(self)
        if not -count <= place < count:
            raise IndexError(place)
        return self.item(int(place) % count)

    def __iter__(self) -> Iterator[Held_co]:
        return map(self.item, range(len(self)))


class Texts(Column[str]):
    """Texts, one after the other in one array of UTF-8; `starts` has one entry more than there are texts."""

    def __init__(self, starts: NDArray[np.int64], content: NDArray[np.uint8]) -> None:
        self._starts, self._content = starts, content

    def __len__(self) -> int:
        return len(self._starts) - 1

    def item(self, place: int) -> str:
        """The text at a place."""
        return self.encoded(place).decode("utf-8", "surrogatepass")

    def encoded(self, place: int) -> bytes:
        """The text at a place as UTF-8."""
        return self._content[self._starts[place] : self._starts[place + 1]].tobytes()

    def place_of(self, text: str) -> int:
        """The place of a text in a column that is sorted by code points, -1 where it is not there."""
        searched = text.encode("utf-8", "surrogatepass")
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.encoded(middle) < searched:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self.encoded(low) == searched else -1


class OptionalTexts(Column[str | None]):
    """Few different texts, many times: `codes` into the texts, -1 for none."""

    def __init__(self, codes: NDArray[np.integer[Any]], texts: Texts) -> None:
        self._codes, self._texts = codes, texts

    def __len__(self) -> int:
        return len(self._codes)

    def item(self, place: int) -> str | None:
        """The text at a place, None where there is none."""
        code = int(self._codes[place])
        return None if code < 0 else self._texts.item(code)


class Figures(Column[float | None]):
    """Real numbers, None where not-a-number is kept."""

    def __init__(self, values: NDArray[np.float64]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def item(self, place: int) -> float | None:
        """The figure at a place."""
        value = float(self._values[place])
        return None if isnan(value) else value


class JsonValues(Column[Value]):
    """Values kept as JSON, made by `read` when they are asked for; the last ones made are held."""

    def __init__(self, texts: Texts, read: Callable[[bytes], Value]) -> None:
        self._texts, self._read = texts, read
        self._made: dict[int, Value] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def item(self, place: int) -> Value:
        """The value at a place."""
        value = self._made.get(place)
        if value is None:
            value = self._read(self._texts.encoded(place))
            if len(self._made) >= MADE_MAX:
                self._made.clear()
            self._made[place] = value
        return value


class NumberByText(Mapping[str, int]):
    """Whole numbers by text, the place of the text where `numbers` is None; texts are sorted by code points."""

    def __init__(self, texts: Texts, numbers: NDArray[np.integer[Any]] | None = None) -> None:
        self._texts, self._numbers = texts, numbers

    def __len__(self) -> int:
        return len(self._texts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __getitem__(self, text: str) -> int:
        place = self._texts.place_of(text)
        if place < 0:
            raise KeyError(text)
        return place if self._numbers is None else int(self._numbers[place])


class ValuesByNumber(Mapping[int, Value], Generic[Value]):
    """Values by whole number (a party, a node, a tie); `keys` are sorted."""

    def __init__(self, keys: NDArray[np.int64], values: Sequence[Value]) -> None:
        self._keys, self._values = keys, values

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys.tolist())

    def __getitem__(self, key: int) -> Value:
        place = int(np.searchsorted(self._keys, key))
        if place == len(self._keys) or self._keys[place] != key:
            raise KeyError(key)
        return self._values[place]


def texts_to_arrays(name: str, texts: Sequence[str]) -> Arrays:
    """The arrays of `Texts`."""
    if len(texts) >= MANY:
        import pyarrow as pa

        _, starts, content = pa.array(texts, pa.large_string()).buffers()
        ends = np.frombuffer(starts, np.int64, len(texts) + 1)
        return {f"{name}.starts": ends, f"{name}.content": np.frombuffer(content, np.uint8)[: ends[-1]]}
    return encoded_to_arrays(name, [text.encode("utf-8", "surrogatepass") for text in texts])


def encoded_to_arrays(name: str, encoded: Sequence[bytes]) -> Arrays:
    """The arrays of `Texts` of texts that are UTF-8 already."""
    starts = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)), out=starts[1:])
    return {f"{name}.starts": starts, f"{name}.content": np.frombuffer(b"".join(encoded), np.uint8)}


def texts_from(arrays: Arrays, name: str) -> Texts:
    """Texts that `texts_to_arrays` kept."""
    return Texts(arrays[f"{name}.starts"], arrays[f"{name}.content"])


def optional_texts_to_arrays(name: str, texts: Sequence[str | None]) -> Arrays:
    """The arrays of `OptionalTexts`."""
    codes, distinct = number_texts(texts)
    return {f"{name}.codes": codes, **texts_to_arrays(name, distinct)}


def optional_texts_from(arrays: Arrays, name: str) -> OptionalTexts:
    """Texts that `optional_texts_to_arrays` kept."""
    return OptionalTexts(arrays[f"{name}.codes"], texts_from(arrays, name))


def figures_to_array(values: Sequence[float | None]) -> NDArray[np.float64]:
    """The array of `Figures`."""
    return np.array(values, np.float64)  # None becomes not-a-number.


def numbers_by_text_to_arrays(name: str, numbers: Mapping[str, int]) -> Arrays:
    """The arrays of `NumberByText`."""
    texts = sorted(numbers)
    return {**texts_to_arrays(name, texts), f"{name}.numbers": np.array([numbers[text] for text in texts], np.int64)}


def numbers_by_text_from(arrays: Arrays, name: str) -> NumberByText:
    """Numbers that `numbers_by_text_to_arrays` kept."""
    return NumberByText(texts_from(arrays, name), arrays[f"{name}.numbers"])


def by_number_to_arrays(name: str, values: Mapping[int, Value], write: Callable[[Value], bytes]) -> Arrays:
    """The arrays of `ValuesByNumber`; `write` makes JSON of a value."""
    keys = sorted(values)
    return {f"{name}.keys": np.array(keys, np.int64), **encoded_to_arrays(name, [write(values[key]) for key in keys])}


def by_number_from(arrays: Arrays, name: str, read: Callable[[bytes], Value]) -> ValuesByNumber[Value]:
    """Values that `by_number_to_arrays` kept."""
    return ValuesByNumber(arrays[f"{name}.keys"], JsonValues(texts_from(arrays, name), read))


def fields_to_arrays(name: str, columns: Any) -> Arrays:
    """The arrays among the fields of a dataclass, each under its name."""
    values = {field.name: getattr(columns, field.name) for field in fields(columns)}
    return {f"{name}.{field}": value for field, value in values.items() if isinstance(value, np.ndarray)}


def fields_from(class_: type[Made], arrays: Arrays, name: str, **others: object) -> Made:
    """A dataclass of the arrays that `fields_to_arrays` kept, and its other fields."""
    kept = {field.name: f"{name}.{field.name}" for field in fields(class_)}  # type: ignore[arg-type]
    return class_(**others, **{field: arrays[key] for field, key in kept.items() if field not in others})


def with_known(thing: Made, **values: object) -> Made:
    """The same thing, some of its cached properties known before they are computed."""
    for name in values:
        if not isinstance(getattr(type(thing), name, None), cached_property):
            raise AttributeError(f"{type(thing).__name__} computes no {name}")
    vars(thing).update(values)
    return thing
