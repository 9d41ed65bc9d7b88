"""Examples of fields and parameters in the API's document: a field's own, else one of its name, else one of its type."""

from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from ontology.base import ImmutableModel
from ontology.documents import read_yaml

Schema = dict[str, Any]
JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
    "boolean": (bool,),
    "null": (),
}
BY_FORMAT = {"date": "2026-06-30", "date-time": "2026-06-30T08:15:00Z"}
DEPTH_MAX = 8  # Models that hold themselves are shown so deep.


class ExampleTable(ImmutableModel):
    """`api/schemas/examples.yaml`: examples by name of field or parameter, or by `Model.field`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    source: str
    fields: dict[str, Any]
    models: dict[str, Any]


@cache
def example_table() -> ExampleTable:
    """The table in use."""
    text = files("api.schemas").joinpath("examples.yaml").read_text("utf-8")
    return TypeAdapter(ExampleTable).validate_python(read_yaml(text))


class FieldExamples:
    """Examples for the models of one document. schemas: its components, by name."""

    def __init__(self, schemas: dict[str, Schema]) -> None:
        self._schemas = schemas
        self._table = example_table()

    def complete(self) -> None:
        """Write an example to every field of every model, and a whole one to the model itself."""
        for model, schema in self._schemas.items():
            for field, described in schema.get("properties", {}).items():
                if "examples" not in described and (example := self.of_field(described, model, field)) is not None:
                    described["examples"] = [example]
            if "properties" in schema:
                schema.setdefault("examples", [self._of_model(model, 0)])

    def of_field(self, schema: Schema, model: str, field: str, depth: int = 0) -> Any:
        """An example that fits the schema of a field or parameter; None where there is none."""
        if stated := schema.get("examples"):
            return stated[0]
        for table, name in ((self._table.models, f"{model}.{field}"), (self._table.fields, field)):
            if name in table and self._fits(table[name], schema):
                return table[name]
        return self.of_schema(schema, depth)

    def of_schema(self, schema: Schema, depth: int = 0) -> Any:
        """An example of a schema by its type alone; None where the type tells none."""
        if stated := schema.get("examples"):
            return stated[0]
        if "$ref" in schema:
            return self._of_model(schema["$ref"].rpartition("/")[2], depth)
        if options := schema.get("anyOf") or schema.get("oneOf"):
            return next((example for option in options if (example := self.of_schema(option, depth)) is not None), None)
        if schema.get("type") == "array":
            item = self.of_schema(schema.get("items", {}), depth)
            return [] if item is None else [item]
        return _plain_example(schema)

    def _of_model(self, model: str, depth: int) -> Any:
        schema = self._schemas[model]
        if "properties" not in schema:
            return self.of_schema(schema, depth)
        if depth >= DEPTH_MAX:
            return None
        examples = {name: self.of_field(field, model, name, depth + 1) for name, field in schema["properties"].items()}
        return {name: example for name, example in examples.items() if example is not None}

    def _fits(self, example: Any, schema: Schema) -> bool:
        """Whether an example of the table is of the type: one name may stand for a number here and a list there."""
        if "$ref" in schema:
            target = self._schemas[schema["$ref"].rpartition("/")[2]]
            return example in target["enum"] if "enum" in target else False
        if options := schema.get("anyOf") or schema.get("oneOf"):
            return any(self._fits(example, option) for option in options)
        if schema.get("type") == "array" and isinstance(example, list):
            return all(self._fits(item, schema["items"]) for item in example) if "items" in schema else True
        if "enum" in schema:
            return example in schema["enum"]
        types = JSON_TYPES.get(schema.get("type", ""), (object,))
        return isinstance(example, types) and isinstance(example, bool) is (bool in types) and "format" not in schema


def _plain_example(schema: Schema) -> Any:
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if schema.get("type") == "boolean":
        return schema.get("default", True)
    return BY_FORMAT.get(schema.get("format", ""), {} if schema.get("type") == "object" else None)
