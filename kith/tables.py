"""Many answers of one kind: pydantic objects one by one, or all of them as a table."""

import json
import types
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, Union, get_args, get_origin, overload

from pydantic import BaseModel

if TYPE_CHECKING:
    import pandas
    import pyarrow

Model = TypeVar("Model", bound=BaseModel)


class Table(Sequence[Model], Generic[Model]):
    """A sequence of answers that is also a table: a row for each, a column for each of their fields.

    >>> from ontology.signal import Signal
    >>> table = Table(Signal, [Signal(entity_id="K-A", name="trust", value=0.5)])
    >>> table[0].value, len(table), table.to_arrow().column_names
    (0.5, 1, ['entity_id', 'name', 'value', 'own', 'exposure'])
    """

    def __init__(self, model: type[Model], rows: Sequence[Model]) -> None:
        self._model, self._rows = model, tuple(rows)

    @overload
    def __getitem__(self, place: int) -> Model: ...
    @overload
    def __getitem__(self, place: slice) -> "Table[Model]": ...
    def __getitem__(self, place: int | slice) -> "Model | Table[Model]":
        return Table(self._model, self._rows[place]) if isinstance(place, slice) else self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<Table of {len(self)} {self._model.__name__}>"

    def to_arrow(self) -> "pyarrow.Table":
        """The same as an Arrow table. Days are date32, times UTC; what has an inner structure is JSON text."""
        import pyarrow

        kinds = {name: _arrow_type(field.annotation) for name, field in self._model.model_fields.items()}
        columns = [
            pyarrow.array([_cell(getattr(row, name), kind) for row in self._rows], type=kind or pyarrow.string())
            for name, kind in kinds.items()
        ]
        return pyarrow.Table.from_arrays(columns, names=list(kinds))

    def to_pandas(self) -> "pandas.DataFrame":
        """The same as a DataFrame. Raises ModuleNotFoundError without pandas, which kith does not bring along."""
        import pandas

        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame


def _arrow_type(annotation: Any) -> "pyarrow.DataType | None":
    """The Arrow type of a field; None where it is kept as JSON text."""
    import pyarrow

    annotation = _without_none(annotation)
    plain = {
        bool: pyarrow.bool_(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        str: pyarrow.string(),
        date: pyarrow.date32(),
        datetime: pyarrow.timestamp("us", "UTC"),
    }
    if annotation in plain:
        return plain[annotation]
    if get_origin(annotation) is tuple:
        inner = _arrow_type(get_args(annotation)[0])
        return pyarrow.list_(inner) if inner else None
    texts = get_origin(annotation) is Literal or (isinstance(annotation, type) and issubclass(annotation, str))
    return pyarrow.string() if texts else None


def _without_none(annotation: Any) -> Any:
    """`str` of `str | None`."""
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        return _without_none(kinds[0]) if len(kinds) == 1 else annotation
    return getattr(annotation, "__origin__", annotation) if hasattr(annotation, "__metadata__") else annotation


def _cell(value: Any, kind: "pyarrow.DataType | None") -> Any:
    """What stands in a column of that type."""
    if value is None:
        return None
    if kind is None:
        return json.dumps(_plain(value), ensure_ascii=False)
    return _plain(value) if isinstance(value, Enum | tuple) else value


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {str(_plain(name)): _plain(entry) for name, entry in value.items()}
    return value.isoformat() if isinstance(value, date) else value
