"""Columns of texts as columns of numbers: every different text is looked at once, however many rows say it."""

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.network.parties import Parties

MANY = 20_000  # Rows from which on loading pyarrow takes less time than a dictionary in Python.
Text = str | None


def numbered(values: Sequence[Text]) -> NDArray[np.int32]:
    """Equal texts get equal numbers, by first appearance; -1 for none."""
    return number_texts(values)[0]


def translated(values: Sequence[Text], translate: Callable[[Text], Any], kind: type[np.generic]) -> NDArray[Any]:
    """What each text is translated into, none among them."""
    codes, distinct = number_texts(values)
    table = np.array([*map(translate, distinct), translate(None)], kind)
    return table[codes]


def places(ids: Sequence[str], parties: Parties) -> NDArray[np.int32]:
    """Places of parties by their ids, -1 where there is none."""
    if len(ids) < MANY:
        return np.fromiter(map(parties.index.get, ids, repeat(-1)), np.int32, len(ids))
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.index_in(pa.array(ids, pa.large_string()), value_set=pa.array(parties.ids, pa.large_string()))
    result: NDArray[np.int32] = found.fill_null(-1).to_numpy()
    return result


def number_texts(values: Sequence[Text]) -> tuple[NDArray[np.int32], list[str]]:
    """A number for every text, -1 for none, and the different texts in the order of their numbers."""
    if len(values) < MANY:
        distinct = [value for value in dict.fromkeys(values) if value is not None]
        number: dict[Text, int] = {value: place for place, value in enumerate(distinct)} | {None: -1}
        return np.fromiter(map(number.__getitem__, values), np.int32, len(values)), distinct
    import pyarrow as pa

    column = pa.array(values, pa.large_string()).dictionary_encode()
    return column.indices.fill_null(-1).to_numpy(), column.dictionary.to_pylist()
