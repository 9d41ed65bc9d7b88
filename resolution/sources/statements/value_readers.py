"""Values of a mapping, compiled once to functions on a row's fields."""

import re
from collections.abc import Callable
from functools import lru_cache
from operator import methodcaller
from typing import TypeVar, cast

from resolution.sources.mappings.language import Condition, Value
from resolution.sources.mappings.references import KEYED, columns_read
from resolution.sources.mappings.value_formats import PLACES, FormattedValue, ListValue, Ways, Writing
from resolution.sources.patterns import compile_pattern, searchable
from resolution.sources.statements.json_cells import day_in, texts_in
from resolution.sources.statements.texts import ValueRefused, fold_text

Fields = dict[str, str]
"""Filled cells of one row by the mapping's column names; `@party` is that party's key, `#column` a keyed hash, `&column` the
text for keys of a column with a personal number in it, `%column` the unit that a cell's list of shares tells of itself."""

TextReader = Callable[[Fields], str | None]
FieldsTest = Callable[[Fields], bool]
T = TypeVar("T")
DAYS_KEPT = 1 << 14  # Most files tell of some years, and a year has few days.
MISSING = "\0"  # Stands in a template for a part that is missing: no cell holds it.
GAP = re.compile(r"(?:[\s,]*\0)+[\s,]*")


def text_reader(value: Value, *, mask_with_hash: bool = False) -> TextReader:
    """The text a value stands for in a row; None where the row does not say.

    mask_with_hash: read columns of personal numbers masked with their keyed hash, so that two numbers stay two in an id.
    """
    read_text, otherwise = _source_reader(value, mask_with_hash=mask_with_hash), value.otherwise
    if value.replace:
        read_text = _replaced(read_text, value.replace)
    if value.capture:
        read_text = _captured(read_text, value.capture)
    if not value.values:
        read_text = _first_part(read_text, value.split) if value.split and not isinstance(value, ListValue) else read_text
        return _where(value, read_text if otherwise is None else lambda fields: read_text(fields) or otherwise)
    table = {fold_text(key): entry for key, entry in value.values.items()}
    split_cell = _cell_splitter(value.split)

    def look_up(fields: Fields) -> str | None:
        text = read_text(fields)
        if text is None:
            return table.get("", otherwise)
        key = fold_text(text)
        if key in table:
            return table[key]
        for part in split_cell(text):
            if part in table:
                return table[part]
        if value.keep_others:
            return text
        if otherwise is None:
            raise ValueRefused(f"{text!r} is not known here", f"Known: {', '.join(value.values)}.", value.column, sure=text)
        return otherwise

    return _where(value, look_up)


def _where(value: Value, read_text: TextReader) -> TextReader:
    """The text only where the value's conditions hold."""
    applies = all_of(value.when)
    return read_text if applies is None else lambda fields: read_text(fields) if applies(fields) else None


def _replaced(read_text: TextReader, replacements: dict[str, str]) -> TextReader:
    def read_replaced(fields: Fields) -> str | None:
        text = read_text(fields)
        for before, after in replacements.items() if text else ():
            text = (text or "").replace(before, after)
        return text.strip() or None if text else None

    return read_replaced


def _captured(read_text: TextReader, pattern: str) -> TextReader:
    """What a pattern takes of the text. RE2 takes linear time, whatever the pattern and the text."""
    compiled = compile_pattern(pattern)
    group = compiled.groups

    def read_captured(fields: Fields) -> str | None:
        text = read_text(fields)
        taken = (match.group(group) for match in compiled.finditer(searchable(text))) if text else ()
        return "; ".join(dict.fromkeys(part.strip() for part in taken if part and part.strip())) or None

    return read_captured


def key_reader(value: Value | None) -> TextReader:
    """The text of a value that tells one thing from another; None where the row does not say."""
    return _no_text if value is None else text_reader(value, mask_with_hash=True)


def fact_reader(value: Value | None, convert: Callable[..., T]) -> Callable[[Fields], T | None]:
    """A value as a day, an amount …; None where the row does not say. Raises ValueRefused naming the column.

    convert: a text to what it stands for; of a value that can be written in several ways, the text and its `Writing`.
    """
    if value is None:
        return _no_text
    read_text, column = text_reader(value), _title(value)
    if convert is str:
        return read_text  # type: ignore[return-value]  # T is str here, and texts need no reading.

    read = _in_its_writing(value, convert)

    def read_fact(fields: Fields) -> T | None:
        text = read_text(fields)
        if text is None:
            return None
        try:
            return read(day_in(text) or text if text.startswith("{") else text, fields)
        except ValueRefused as cause:
            cause.trouble = cause.trouble._replace(field=cause.trouble.field or column)
            raise

    return read_fact


def _in_its_writing(value: Value, convert: Callable[..., T]) -> Callable[[str, Fields], T]:
    """`convert` for texts of this value; a list of shares that tells its own unit goes before the column."""
    if not isinstance(value, FormattedValue):
        return lambda text, fields: convert(text)
    writing, unit_key = value.writing, f"%{value.column}"
    if value.QUANTITY == "day":
        convert_cached = lru_cache(maxsize=DAYS_KEPT)(lambda text: convert(text, writing))
        return lambda text, fields: convert_cached(text)
    if value.QUANTITY != "share" or writing.declared or "." not in unit_key:
        return lambda text, fields: convert(text, writing)

    def convert_in_list(text: str, fields: Fields) -> T:
        unit: Ways = frozenset([fields[unit_key]] if unit_key in fields else ())
        return convert(text, Writing(lambda: unit) if unit else writing)

    return convert_in_list


def required_fact_reader(value: Value, convert: Callable[..., T], *, title: str) -> Callable[[Fields], T]:
    """As `fact_reader`, for what a statement cannot be without."""
    if value.text is not None and convert is str and not value.when:
        return _fixed_reader(cast(T, value.text))
    read_optional, column = fact_reader(value, convert), _title(value) or title

    def read_required(fields: Fields) -> T:
        stated_fact = read_optional(fields)
        if stated_fact is None:
            raise ValueRefused(f"no {title.replace('_', ' ')} given", "Fill it.", column)
        return stated_fact

    return read_required


def all_of(conditions: tuple[Condition, ...]) -> FieldsTest | None:
    """A test that every condition holds; None where there is no condition."""
    tests = [_condition_test(condition) for condition in sorted(conditions, key=_effort)]
    if len(tests) < 2:
        return tests[0] if tests else None

    def all_hold(fields: Fields) -> bool:
        for test in tests:  # noqa: SIM110  # A generator in all() takes twice as long.
            if not test(fields):
                return False
        return True

    return all_hold


def any_of(conditions: tuple[Condition, ...]) -> FieldsTest:
    """A test that one condition holds at least; never where there is no condition."""
    tests = [_condition_test(condition) for condition in conditions]
    if len(tests) == 1:
        return tests[0]
    return (lambda fields: any(test(fields) for test in tests)) if tests else lambda fields: False


def _first_part(read_text: TextReader, marks: str) -> TextReader:
    def read_first(fields: Fields) -> str | None:
        text = read_text(fields)
        return next((part.strip() for part in re.split(f"[{re.escape(marks)}]", text) if part.strip()), None) if text else None

    return read_first


def _cell_splitter(marks: str | None) -> Callable[[str], list[str]]:
    """The texts of one cell, folded; none where a cell holds one text only."""
    if not marks:
        return lambda text: []
    return lambda text: [fold_text(part) for one_text in texts_in(text) for part in re.split(f"[{re.escape(marks)}]", one_text)]


def _effort(condition: Condition) -> bool:
    """Whether a condition looks at what a cell says: those that need not are asked first."""
    return bool(condition.among or condition.not_among)


def _fixed_reader(fixed: T) -> Callable[[Fields], T]:
    return lambda fields: fixed


def _no_text(fields: Fields) -> None:
    return None


def _title(value: Value) -> str | None:
    return value.column or ", ".join(columns_read(value)) or None


def _source_reader(value: Value, *, mask_with_hash: bool) -> TextReader:
    if value.column:
        return _key_text_reader(value.column) if mask_with_hash else methodcaller("get", value.column)
    if value.template is None:
        return lambda fields: value.text
    return _template_reader(value.template, mask_with_hash=mask_with_hash)


def _key_text_reader(column: str, absent: str | None = None) -> TextReader:
    for_keys = f"{KEYED}{column}"
    return lambda fields: fields[for_keys] if for_keys in fields else fields.get(column, absent)


def _template_reader(template: str, *, mask_with_hash: bool) -> TextReader:
    pieces = PLACES.split(template)
    fixed, places = pieces[::2], [_place_reader(place, mask_with_hash=mask_with_hash) for place in pieces[1::2]]
    if len(places) == 1 and fixed == ["", ""]:
        only_place = places[0]
        return lambda fields: only_place(fields) or None

    def fill_template(fields: Fields) -> str | None:
        text = fixed[0]
        has_gaps = False
        for place, after in zip(places, fixed[1:], strict=True):
            part = place(fields)
            if part is None:
                return None
            has_gaps = has_gaps or not part
            text += (part or MISSING) + after
        return (_closed_up(text) if has_gaps else text) or None

    return fill_template


def _closed_up(text: str) -> str:
    """A text without the blanks and commas that parts left which are missing: `{street?}, {city?}` of a city alone."""
    ends_in_gap = text.endswith(MISSING)
    text = GAP.sub(lambda gap: ", " if "," in gap[0] else " " if gap[0].strip(MISSING) else "", text)
    return text.strip(" ,").rstrip(" ,:;") if ends_in_gap else text.strip(" ,")


def _place_reader(place: str, *, mask_with_hash: bool) -> TextReader:
    first, *alternatives = place.rstrip("?").split("|")
    absent = "" if place.endswith("?") else None
    if not alternatives:
        return _key_text_reader(first, absent) if mask_with_hash else methodcaller("get", first, absent)
    mark = KEYED if mask_with_hash else ""

    def read_first_filled(fields: Fields) -> str | None:
        if first in fields:
            return fields.get(mark + first, fields[first])
        for name in alternatives:
            if name in fields:
                return fields.get(mark + name, fields[name])
        return absent

    return read_first_filled


def _condition_test(condition: Condition) -> FieldsTest:
    column = condition.column
    among = frozenset(map(fold_text, condition.among))
    against = frozenset(map(fold_text, condition.not_among))
    if condition.empty:
        return lambda fields: column not in fields
    if not among and not against:
        return lambda fields: column in fields
    if among:
        return lambda fields: fold_text(fields.get(column, "")) in among
    return lambda fields: column in fields and fold_text(fields[column]) not in against
