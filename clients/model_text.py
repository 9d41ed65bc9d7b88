"""The text of `kith_client/models.py`: a pydantic model for each shape that the API's document declares and a route uses."""

import json
import keyword
import re
import textwrap
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

Schema = dict[str, Any]
HEAD = '''"""Shapes that kith's API takes and gives. Written by `python -m clients.generate` from the API's document: do not edit.

Fields that a newer server adds are passed over, and a word that this version does not know is a member of its enumeration too.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field, JsonValue

from kith_client.shapes import OpenEnum, Shape
'''
NOT_SHAPES = {"HTTPValidationError", "ValidationError", "Problem", "ContractProblem"}
"""Problems are exceptions: kith_client/errors.py."""
REFERENCE = "#/components/schemas/"
WIDTH = 120
PLAIN_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
FORMATS = {"date": "dt.date", "date-time": "dt.datetime"}


def models_text(document: Schema) -> str:
    """The module, not formatted yet."""
    schemas = document["components"]["schemas"]
    class_names = _class_names({name: schemas[name] for name in sorted(_used_schemas(document) - NOT_SHAPES)})
    named = {class_names[name]: _renamed(schemas[name], class_names) for name in class_names}
    enums = [_enum_text(name, schema) for name, schema in sorted(named.items()) if "enum" in schema]
    models = [_model_text(name, schema, named) for name, schema in sorted(named.items()) if "enum" not in schema]
    return "\n\n".join([HEAD, *enums, *models])


def _class_names(schemas: Schema) -> dict[str, str]:
    """A class name for each schema. Two of one name that differ bear the module's before it, as `WatchingEventKind`."""
    plain = {name: re.sub(r"-(Input|Output)$", "", name).split("__") for name in schemas}
    shapes: dict[str, list[Schema]] = {}
    for name, parts in plain.items():
        shapes.setdefault(parts[-1], []).append({key: value for key, value in schemas[name].items() if key != "title"})
    clear = {name for name, same_named in shapes.items() if all(schema == same_named[0] for schema in same_named)}
    return {
        name: parts[-1] if parts[-1] in clear else "".join(part.title() for part in parts[-2:-1]) + parts[-1]
        for name, parts in plain.items()
    }


def _renamed(part: Any, class_names: dict[str, str]) -> Any:
    """A part of the document whose references name classes."""
    if isinstance(part, dict):
        renamed = {key: _renamed(value, class_names) for key, value in part.items()}
        if isinstance(reference := part.get("$ref"), str):
            name = reference.removeprefix(REFERENCE)
            renamed["$ref"] = REFERENCE + class_names.get(name, name)
        return renamed
    return [_renamed(inner, class_names) for inner in part] if isinstance(part, list) else part


def _used_schemas(document: Schema) -> set[str]:
    """Names of the schemas that a route refers to, and those within them."""
    schemas, names = document["components"]["schemas"], set[str]()
    waiting = list(_references(document["paths"]))
    while waiting:
        name = waiting.pop()
        if name not in names and name in schemas:
            names.add(name)
            waiting.extend(_references(schemas[name]))
    return names


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(reference := part.get("$ref"), str):
            yield reference.removeprefix(REFERENCE)
        for inner in part.values():
            yield from _references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner)


def _enum_text(name: str, schema: Schema) -> str:
    lines = [f"class {name}(OpenEnum):", _docstring(schema.get("description") or "One of these words.")]
    lines += [f"    {_constant(value)} = {value!r}" for value in schema["enum"]]
    return "\n".join(lines)


def _constant(value: str) -> str:
    word = re.sub(r"\W+", "_", value).upper().strip("_") or "NONE"
    return f"N{word}" if word[0].isdigit() else word


def _model_text(name: str, schema: Schema, schemas: Schema) -> str:
    required = set(schema.get("required", ()))
    lines = [f"class {name}(Shape):", _docstring(schema.get("description") or "A shape of the API.")]
    for field, inner in schema.get("properties", {}).items():
        lines += ["", _field_text(field, inner, schemas, is_required=field in required)]
        if inner.get("description"):
            lines.append(_docstring(inner["description"]))
    return "\n".join(lines)


def _field_text(field: str, schema: Schema, schemas: Schema, *, is_required: bool) -> str:
    name, type_ = _python_name(field), _type_of(schema)
    options = [] if name == field else [f"alias={field!r}"]
    if not is_required:
        default = schema.get("default")
        if default is None and not _takes_none(schema):
            type_ += " | None"
        options.insert(0, _default_text(default, schema, schemas))
    if not options:
        return f"    {name}: {type_}"
    only_default = len(options) == 1 and options[0].startswith("default=")
    value = options[0].removeprefix("default=") if only_default else f"Field({', '.join(options)})"
    return f"    {name}: {type_} = {value}"


def _python_name(field: str) -> str:
    name = re.sub(r"\W", "_", field)
    return f"{name}_" if keyword.iskeyword(name) or hasattr(BaseModel, name) else name


def _default_text(default: Any, schema: Schema, schemas: Schema) -> str:
    reference = schema.get("$ref", "").removeprefix(REFERENCE)
    if default in ([], {}) and not reference:
        return f"default_factory={'list' if default == [] else 'dict'}"
    if isinstance(default, str) and "enum" in schemas.get(reference, {}):
        return f"default={reference}.{_constant(default)}"
    if isinstance(default, dict) and reference:
        return f"default_factory=lambda: {reference}.model_validate({default!r})"
    if isinstance(default, dict | list):
        return f"default_factory=lambda: {default!r}"
    return f"default={default!r}"


def _takes_none(schema: Schema) -> bool:
    return schema.get("type") == "null" or any(_takes_none(inner) for inner in schema.get("anyOf", ()))


def _type_of(schema: Schema) -> str:
    """The Python type of a value of this schema."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(REFERENCE)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return " | ".join(dict.fromkeys(_type_of(inner) for inner in schema[word]))
    if "enum" in schema or "const" in schema:
        return f"Literal[{', '.join(map(repr, schema.get('enum', [schema.get('const')])))}]"
    if schema.get("type") == "array":
        return _array_type(schema)
    if schema.get("type") == "object":
        return _object_type(schema)
    type_ = PLAIN_TYPES.get(schema.get("type", ""), "JsonValue")
    return FORMATS.get(schema.get("format", ""), type_)


def _array_type(schema: Schema) -> str:
    if "prefixItems" in schema:
        return f"tuple[{', '.join(map(_type_of, schema['prefixItems']))}]"
    return f"list[{_type_of(schema.get('items', {}))}]"


def _object_type(schema: Schema) -> str:
    values = schema.get("additionalProperties", True)
    value_type = _type_of(values) if isinstance(values, dict) and values else "JsonValue"
    names = schema.get("propertyNames", {})
    return f"dict[{_type_of(names) if '$ref' in names else 'str'}, {value_type}]"


def _docstring(text: str) -> str:
    text = " ".join(text.split()).replace("\\", "\\\\").replace('"""', "'''")
    if text.endswith('"'):
        text += " "
    lines = textwrap.wrap(text, WIDTH, break_long_words=False) or [json.dumps("")]
    if len(lines) == 1:
        return f'    """{lines[0]}"""'
    return "\n".join(['    """' + lines[0], *(f"    {line}" for line in lines[1:]), '    """'])
