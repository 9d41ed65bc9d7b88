"""Values of a mapping, compiled once to functions on a row's fields."""

import re
from collections.abc import Callable
from functools import lru_cache
from operator import methodcaller
from typing import TypeVar, cast

from resolution.sources.mappings.language import Condition, Value
from resolution.sources.mappings.references import KEYED, reads
from resolution.sources.mappings.value_formats import PLACES, Shaped, Ways, Writing
from resolution.sources.statements.json_cells import day_in, texts_in
from resolution.sources.statements.texts import ValueRefused, folded

Fields = dict[str, str]
"""Filled cells of one row by the mapping's column names; `@party` is that party's key, `#column` a keyed hash, `&column` the
text for keys of a column with a personal number in it, `%column` the unit that a cell's list of shares tells of itself."""

Text = Callable[[Fields], str | None]
Test = Callable[[Fields], bool]
T = TypeVar("T")
DAYS_KEPT = 1 << 14  # Most files tell of some years, and a year has few days.
GAP = re.compile(r"\s\s|^[\s,]|[\s,]$|,\s*,")
GAPS = re.compile(r"(?:,\s*)+|\s+")


def text_of(value: Value, *, keyed: bool = False) -> Text:
    """The text a value stands for in a row; None where the row does not say.

    keyed: for a key: of columns that hold a personal number their text for keys, in which no two of them are alike.
    """
    told, otherwise = _source(value, keyed=keyed), value.otherwise
    if not value.values:
        told = _first(told, value.split) if value.split else told
        return told if otherwise is None else lambda fields: told(fields) or otherwise
    table = {folded(key): found for key, found in value.values.items()}
    cut = _cut(value.split)

    def look_up(fields: Fields) -> str | None:
        text = told(fields)
        if text is None:
            return table.get("", otherwise)
        key = folded(text)
        if key in table:
            return table[key]
        for part in cut(text):
            if part in table:
                return table[part]
        if otherwise is None:
            raise ValueRefused(f"{text!r} is not known here", f"Known: {', '.join(value.values)}.", value.column, sure=text)
        return otherwise

    return look_up


def key_of(value: Value | None) -> Text:
    """The text of a value that tells one thing from another; None where the row does not say."""
    return _nothing if value is None else text_of(value, keyed=True)


def fact(value: Value | None, convert: Callable[..., T]) -> Callable[[Fields], T | None]:
    """A value as a day, an amount …; None where the row does not say. Raises ValueRefused naming the column.

    convert: a text to what it stands for; of a value that can be written in several ways, the text and its `Writing`.
    """
    if value is None:
        return _nothing
    told, column = text_of(value), _title(value)
    if convert is str:
        return told  # type: ignore[return-value]  # T is str here, and texts need no reading.

    read = _in_its_writing(value, convert)

    def converted(fields: Fields) -> T | None:
        text = told(fields)
        if text is None:
            return None
        try:
            return read(day_in(text) or text if text.startswith("{") else text, fields)
        except ValueRefused as cause:
            cause.trouble = cause.trouble._replace(field=cause.trouble.field or column)
            raise

    return converted


def _in_its_writing(value: Value, convert: Callable[..., T]) -> Callable[[str, Fields], T]:
    """`convert` for texts of this value; a list of shares that tells its own unit goes before the column."""
    if not isinstance(value, Shaped):
        return lambda text, fields: convert(text)
    writing, own = value.writing, f"%{value.column}"
    if value.ASKED == "day":
        remembered = lru_cache(maxsize=DAYS_KEPT)(lambda text: convert(text, writing))
        return lambda text, fields: remembered(text)
    if value.ASKED != "share" or writing.declared or "." not in own:
        return lambda text, fields: convert(text, writing)

    def in_list(text: str, fields: Fields) -> T:
        unit: Ways = frozenset([fields[own]] if own in fields else ())
        return convert(text, Writing(lambda: unit) if unit else writing)

    return in_list


def needed(value: Value, convert: Callable[..., T], *, title: str) -> Callable[[Fields], T]:
    """As `fact`, for what a statement cannot be without."""
    if value.text is not None and convert is str:
        return _fixed(cast(T, value.text))
    told, column = fact(value, convert), _title(value) or title

    def filled(fields: Fields) -> T:
        found = told(fields)
        if found is None:
            raise ValueRefused(f"no {title.replace('_', ' ')} given", "Fill it.", column)
        return found

    return filled


def all_of(conditions: tuple[Condition, ...]) -> Test | None:
    """A test that every condition holds; None where there is no condition."""
    tests = [_test(condition) for condition in sorted(conditions, key=_effort)]
    if len(tests) < 2:
        return tests[0] if tests else None

    def all_hold(fields: Fields) -> bool:
        for test in tests:  # noqa: SIM110  # A generator in all() takes twice as long.
            if not test(fields):
                return False
        return True

    return all_hold


def any_of(conditions: tuple[Condition, ...]) -> Test:
    """A test that one condition holds at least; never where there is no condition."""
    tests = [_test(condition) for condition in conditions]
    if len(tests) == 1:
        return tests[0]
    return (lambda fields: any(test(fields) for test in tests)) if tests else lambda fields: False


def _first(told: Text, marks: str) -> Text:
    def first(fields: Fields) -> str | None:
        text = told(fields)
        return next((part.strip() for part in re.split(f"[{re.escape(marks)}]", text) if part.strip()), None) if text else None

    return first


def _cut(marks: str | None) -> Callable[[str], list[str]]:
    """The texts of one cell, folded; none where a cell holds one text only."""
    if not marks:
        return lambda text: []
    return lambda text: [folded(part) for one in texts_in(text) for part in re.split(f"[{re.escape(marks)}]", one)]


def _effort(condition: Condition) -> bool:
    """Whether a condition looks at what a cell says: those that need not are asked first."""
    return bool(condition.among or condition.not_among)


def _fixed(found: T) -> Callable[[Fields], T]:
    return lambda fields: found


def _nothing(fields: Fields) -> None:
    return None


def _title(value: Value) -> str | None:
    return value.column or ", ".join(reads(value)) or None


def _source(value: Value, *, keyed: bool) -> Text:
    if value.column:
        return _keyed(value.column) if keyed else methodcaller("get", value.column)
    if value.template is None:
        return lambda fields: value.text
    return _template(value.template, keyed=keyed)


def _keyed(column: str, absent: str | None = None) -> Text:
    for_keys = f"{KEYED}{column}"
    return lambda fields: fields[for_keys] if for_keys in fields else fields.get(column, absent)


def _template(template: str, *, keyed: bool) -> Text:
    pieces = PLACES.split(template)
    fixed, places = pieces[::2], [_place(place, keyed=keyed) for place in pieces[1::2]]
    if len(places) == 1 and fixed == ["", ""]:
        return places[0]

    def filled(fields: Fields) -> str | None:
        text = fixed[0]
        missing = False
        for place, after in zip(places, fixed[1:], strict=True):
            found = place(fields)
            if found is None:
                return None
            missing = missing or not found
            text += found + after
        return (_closed_up(text) if missing else text) or None

    return filled


def _closed_up(text: str) -> str:
    """A text without the blanks and commas that parts left which are missing: `{street?}, {city?}` of a city alone."""
    return GAPS.sub(lambda found: ", " if "," in found[0] else " ", text).strip(" ,") if GAP.search(text) else text


def _place(place: str, *, keyed: bool) -> Text:
    first, *others = place.rstrip("?").split("|")
    absent = "" if place.endswith("?") else None
    if not others:
        return _keyed(first, absent) if keyed else methodcaller("get", first, absent)
    mark = KEYED if keyed else ""

    def first_filled(fields: Fields) -> str | None:
        if first in fields:
            return fields.get(mark + first, fields[first])
        for name in others:
            if name in fields:
                return fields.get(mark + name, fields[name])
        return absent

    return first_filled


def _test(condition: Condition) -> Test:
    column = condition.column
    among = frozenset(map(folded, condition.among))
    against = frozenset(map(folded, condition.not_among))
    if condition.empty:
        return lambda fields: column not in fields
    if not among and not against:
        return lambda fields: column in fields
    if among:
        return lambda fields: folded(fields.get(column, "")) in among
    return lambda fields: column in fields and folded(fields[column]) not in against
