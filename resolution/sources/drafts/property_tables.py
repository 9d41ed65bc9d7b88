"""Tables with one row for each property of a party: what they say of whom stands in two columns, `property` and `value`."""

from collections.abc import Iterator
from dataclasses import dataclass

from resolution.sources.drafts.draft_columns import Column
from resolution.sources.drafts.header_words import NAME, NUMBER, header_meaning, words
from resolution.sources.drafts.pages import column_line
from resolution.sources.drafts.samples import quote_yaml
from resolution.sources.statements.values import fold_text

ROLES = {None: "primary", "alias": "alias", "previous": "previous"}


@dataclass
class PropertyTable:
    """The three columns that matter, and the words of `property` that say that a value is a name, by the role of it."""

    key: Column
    of: Column
    value: Column
    names: dict[str, list[str]]


def property_table(columns: list[Column], rows: list[dict[str, str]]) -> PropertyTable | None:
    """The columns of such a table; None where the file is none: one of names alone, or whose rows each tell of another party."""
    said = words()["properties"]
    properties = [column for column in columns if fold_text(column.header) in map(fold_text, said["property"])]
    values = [column for column in columns if fold_text(column.header) in map(fold_text, said["value"])]
    keys = [
        column
        for column in columns
        if column.meaning.topic == NUMBER and 1 < len({*column.cells}) < len(rows) == len(column.cells)
    ]
    keys = keys or [
        column for column in columns if column.meaning.topic == NUMBER and len({*column.cells}) < len(rows) == len(column.cells)
    ]
    if not (len(properties) == 1 and values and keys):
        return None
    names: dict[str, list[str]] = {}
    for word in dict.fromkeys(properties[0].cells):
        meaning = header_meaning(word)
        if meaning.topic == NAME or (meaning.topic is None and meaning.variant in ("alias", "previous") and not meaning.stem):
            names.setdefault(ROLES.get(meaning.variant, "alias"), []).append(word)
    return PropertyTable(keys[0], properties[0], values[0], names) if "primary" in names else None


def property_lines(table: PropertyTable, columns: list[Column]) -> Iterator[str]:
    """The page of such a table: its names; the rest is for a person to say."""
    yield "columns:           # our name: how the header may be spelled; add other spellings"
    yield from map(column_line, columns)
    yield f"required: [{table.key.name}, {table.of.name}, {table.value.name}]"
    yield "parties:"
    yield f"  party:   # CHECK: a better name; {table.of.name} says what {table.value.name} is, row by row"
    yield "    kind: by_name   # CHECK: firm, person, agency or by_name (by the words of the name)"
    yield f'    key: "{{{table.key.name}}}"   # CHECK: what tells two of them apart; several rows have each'
    yield "    names:"
    for role, listed in table.names.items():
        among = ", ".join(map(quote_yaml, listed))
        yield f"      - {{value: {table.value.name}, role: {role}, when: {{column: {table.of.name}, among: [{among}]}}}}"
    known = {word for listed in table.names.values() for word in listed}
    others = [word for word in dict.fromkeys(table.of.cells) if word not in known]
    yield f"# CHECK: other words of {table.of.name}, each a fact to be named so: {', '.join(map(quote_yaml, others[:20]))}"
