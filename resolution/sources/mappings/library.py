"""Mappings from their pages: the built-in ones by name, a person's own by path.

A wrong one is refused naming the field, the place and the nearest right word.
"""

import re
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from ontology.documents import LOADER, read_yaml_page
from ontology.errors import MappingInvalid, SourceUnreadable
from ontology.files import read_whole
from ontology.limits import YAML_BYTES_MAX, unstorable_in
from resolution.records.identifiers import personal_schemes, schemes
from resolution.sources.header_spelling import squeeze_header
from resolution.sources.mappings.code_tables import fill_in_tables
from resolution.sources.mappings.language import IdentifierOf, ItemsOf, Mapping, Party
from resolution.sources.mappings.references import columns_read, cycle_of, is_captured_id, parts
from resolution.sources.reading.encodings import NAME_ONE, text_encoding

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

RESIDENT = "resident_id"
NAME_SHOWN = 100  # Letters of a name that errors repeat.
REMEDY = "See docs/sources/mappings.md for what a mapping may say."


NEEDED = {
    "missing": "is missing",
    "tuple_type": "needs a list: [first, second]",
    "dict_type": "needs a table: {name: value}",
    "model_type": "needs a table of fields: {field: value}",
    "model_attributes_type": "needs a table of fields: {field: value}",
    "string_type": "needs a text, in quotes where it looks like a number",
    "bool_parsing": "needs true or false",
    "int_parsing": "needs a whole number",
    "too_short": "needs at least one entry",
    "string_pattern_mismatch": "needs small letters a to z, digits and _, with a letter first",
    "date_from_datetime_parsing": "needs a day: 2026-11-22",
}
"""What a field needs, by the type of pydantic's error."""


class MappingPageLoader(LOADER):  # type: ignore[misc, valid-type]
    """YAML in which yes, no, on, off and days are words, as they stand in people's files; keys are always text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A table with text keys: `{1: person}` speaks of the text 1."""
        table = super().construct_mapping(node, deep=deep)
        return {"null" if key is None else str(key): value for key, value in table.items()}


MappingPageLoader.yaml_implicit_resolvers = {
    start: [(tag, form) for tag, form in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for start, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
MappingPageLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


@cache
def library() -> dict[str, Mapping]:
    """Every built-in mapping by name."""
    pages = sorted(page.name for page in files("resolution.sources.mappings").iterdir() if page.name.endswith(".yaml"))
    mappings = [parse_mapping(files("resolution.sources.mappings").joinpath(page).read_text("utf-8"), page) for page in pages]
    return {mapping.mapping: mapping for mapping in mappings}


def mapping_at(path: Path) -> Mapping:
    """A mapping of one's own. Raises MappingInvalid."""
    try:
        return parse_mapping(read_whole(path, YAML_BYTES_MAX).decode("utf-8-sig"), path.name, path.parent)
    except SourceUnreadable as cause:
        problem = cause.facts.get("problem")
        raise MappingInvalid(mapping=path.name, problem=problem, remedy=cause.remedy) from cause
    except UnicodeDecodeError as cause:
        raise MappingInvalid(mapping=path.name, problem="not UTF-8 text", remedy="Save it as UTF-8.") from cause


def parse_mapping(text: str, page: str, folder: Path | None = None) -> Mapping:
    """A mapping from the text of its page. Raises MappingInvalid naming what is wrong, where, and the nearest right name.

    folder: where the tables lie that it names as `values_file`; without one it may name none.
    """
    try:
        page_fields = read_yaml_page(text, MappingPageLoader)
    except yaml.YAMLError as cause:
        raise MappingInvalid(mapping=page, problem=f"not YAML: {cause}".replace("\n", " "), remedy=REMEDY) from cause
    if not isinstance(page_fields, dict):
        problem = "an empty page" if page_fields is None else "not a page of fields (name: value)"
        raise MappingInvalid(mapping=page, problem=problem, remedy=REMEDY)
    fill_in_tables(page_fields, page, folder)
    if unstorable_text := unstorable_in(page_fields):
        raise MappingInvalid(
            mapping=page, place=unstorable_text.field, problem=unstorable_text.problem, remedy=unstorable_text.remedy
        )
    try:
        mapping = Mapping.model_validate(page_fields)
    except ValidationError as cause:
        raise invalid_page(cause, Mapping, "mapping", page, REMEDY) from cause
    _check(mapping, page)
    return mapping


def invalid_page(cause: ValidationError, model: type[BaseModel], noun: str, page: str, remedy: str) -> MappingInvalid:
    """The error for a page that is none; noun: what the page is, `mapping` or `pack`."""
    errors = cause.errors()
    first = next(
        (error for error in errors if error["type"] == "extra_forbidden"), errors[0]
    )  # A slip of the pen explains the rest.
    place = [str(step) for step in first["loc"]]
    if first["type"] == "extra_forbidden":
        known_fields = _fields_at(model, place[:-1])
        return _unknown(page, place[-1], ".".join(place[:-1]) or "the page", known_fields, "field", title=noun)
    if not place:
        problem = "an empty page" if first["input"] is None else "not a page of fields (name: value)"
        return MappingInvalid(**{noun: page, "problem": problem}, remedy=remedy)
    return MappingInvalid(**{noun: page, "place": _shown_place(first), "problem": _shown_problem(first)}, remedy=remedy)


def _shown_place(error: "ErrorDetails") -> str:
    """Where in a page an error is, in the page's own words."""
    steps = [str(step) for step in error["loc"]]
    return ".".join(step for step in steps if step != "str" and not step.startswith(("tuple[", "dict[", "list[")))


def _shown_problem(error: "ErrorDetails") -> str:
    """What is wrong there, in words for who writes pages."""
    needed = NEEDED.get(error["type"])
    if needed and error["type"] != "missing":
        given = error["input"]
        needed += f", not {str(given)[:60]!r}" if isinstance(given, str | int | float) else ""
    return needed or error["msg"].removeprefix("Value error, ").replace("Input should be ", "should be ")


def _unknown(page: str, name: str, place: str, known_names: list[str], noun: str, *, title: str = "mapping") -> MappingInvalid:
    name = name[:NAME_SHOWN]  # Comparing takes quadratic time.
    nearest = get_close_matches(name, known_names, n=1, cutoff=0.0)
    remedy = f"The nearest {noun} is {nearest[0]}; known: {', '.join(known_names[:40])}." if nearest else REMEDY
    return MappingInvalid(**{title: page, "place": place, noun: name, "problem": f"unknown {noun}"}, remedy=remedy)


def _fields_at(model: type[BaseModel], place: list[str]) -> list[str]:
    """Names of the fields of the part at `place`, found along the types."""
    annotation: Any = model
    for step in place:
        inner = _model_in(annotation)
        if inner is not None and step in inner.model_fields:
            annotation = inner.model_fields[step].annotation
    inner = _model_in(annotation)
    return list(inner.model_fields) if inner else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, tuple, dict) or get_args(annotation):
        return next((model for argument in get_args(annotation) if (model := _model_in(argument))), None)
    return None


def _check(mapping: Mapping, page: str) -> None:
    """Every column, party and scheme that is named is there."""
    _check_names(mapping, page)
    columns, read = dict.fromkeys(_columns(mapping)), set(mapping.required)
    for place, part in parts(mapping):
        read.update(columns_read(part))
        for name in columns_read(part):
            if name.startswith("@") and name[1:] in mapping.parties:
                continue
            if name not in columns:
                raise _unknown(page, name, place, list(columns), "column")
        if isinstance(part, IdentifierOf):
            for scheme in sorted(part.all_schemes):
                if scheme not in schemes():
                    raise _unknown(page, scheme, place, list(schemes()), "scheme")
        for name in _parties_named(part):
            if name not in mapping.parties:
                raise _unknown(page, name, place, list(mapping.parties), "party")
    for name, party in mapping.parties.items():
        _check_personal(party, f"parties.{name}", page)
        _check_sealed(party, f"parties.{name}", page)
    for name in mapping.required:
        if name not in columns:
            raise _unknown(page, name, "required", list(columns), "column")
    _check_order(mapping, page)
    _check_dropped(mapping, page, read)


def _check_dropped(mapping: Mapping, page: str, read: set[str]) -> None:
    """Nothing is read of what is emptied before anybody sees it."""
    dropped = set(map(squeeze_header, mapping.format.drop))
    for column in sorted(read & mapping.columns.keys()):
        if {squeeze_header(word) for word in (column, *mapping.columns[column])} <= dropped:
            raise MappingInvalid(
                mapping=page,
                place="format.drop",
                column=column,
                problem="a column that the page reads is dropped",
                remedy="Take it out of drop, or do not read it.",
            )


def _check_names(mapping: Mapping, page: str) -> None:
    """What is named has a name, and the encoding is one."""
    for field, names in (("columns", mapping.columns), ("parties", mapping.parties)):
        if any(not name.strip() for name in names):
            raise MappingInvalid(mapping=page, place=field, problem="an empty key", remedy="Give it a name, or leave it out.")
    for name, spellings in mapping.columns.items():
        if not all(word.strip() for word in spellings):
            place = f"columns.{name}"
            raise MappingInvalid(mapping=page, place=place, problem="an empty spelling", remedy="Write how the header reads.")
    if mapping.format.encoding is not None:
        try:
            text_encoding(mapping.format.encoding)
        except LookupError:
            encoding = mapping.format.encoding[:40]
            raise MappingInvalid(
                mapping=page, place="format.encoding", encoding=encoding, problem="unknown encoding", remedy=NAME_ONE
            ) from None


def _check_order(mapping: Mapping, page: str) -> None:
    """The keys of parties can be made one after the other."""
    if cycle := cycle_of(mapping.parties):
        problem = f"the keys of these parties need one another: {' -> '.join(cycle)}"
        raise MappingInvalid(mapping=page, place="parties", problem=problem, remedy="Give one of them a key of its own columns.")


def _check_personal(party: Party, place: str, page: str) -> None:
    """A firm has no id of a person: that of its representative or owner would make one party of all the firms he has."""
    fixed = party.kind.possible
    for number, code in enumerate(party.identifiers, start=1):
        personal = {kind for kind, scheme in code.schemes.items() if scheme == RESIDENT and kind != "person"}
        if (code.scheme == RESIDENT and fixed <= {"firm", "agency"}) or personal:
            raise MappingInvalid(
                mapping=page,
                place=f"{place}.identifiers[{number}]",
                scheme=RESIDENT,
                problem="a personal id of a party that is no person",
                remedy="Name the person it belongs to (representative, owner) as a party of its own, with this id.",
            )


def _check_sealed(party: Party, place: str, page: str) -> None:
    """A person's number is hashed where it stands: not in a list beside another, nor taken of a part of a list."""
    for number, code in enumerate(party.identifiers, start=1):
        lists = [items for items in (party.each, code.each) if items]
        beside = {f"{items.column}.{field}" for items in lists for field in items.beside}
        inside = {f"{items.column}.{field}" for items in lists for field in items.fields}
        is_beside = bool(personal_schemes() & code.all_schemes) and not beside.isdisjoint(columns_read(code.value))
        if is_beside or (is_captured_id(code) and code.value.column in inside):
            problem = "a person's number " + ("beside a list" if is_beside else "captured out of a part of a list")
            raise MappingInvalid(
                mapping=page,
                place=f"{place}.identifiers[{number}]",
                problem=f"{problem}, where it cannot be hashed",
                remedy="Read it from a column of its own, or from a field of the list itself (each: fields).",
            )


def _columns(mapping: Mapping) -> list[str]:
    lists = [part for _, part in parts(mapping) if isinstance(part, ItemsOf)]
    inner = [f"{part.column}.{field}" for part in lists for field in (*part.fields, *part.beside)]
    return [*mapping.columns, *inner]


def _parties_named(part: BaseModel) -> list[str]:
    ends = [getattr(part, name, None) for name in ("source", "target", "party", "reporter", "subject")]
    return [name for name in (*ends, *getattr(part, "creditors", ())) if isinstance(name, str)]
