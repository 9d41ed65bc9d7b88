"""The mapping language as a JSON schema, for editors that complete and check a page while it is written."""

from typing import Any

from resolution.records.identifiers import schemes
from resolution.sources.mappings.code_tables import FIELD
from resolution.sources.mappings.language import Mapping

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:kith:mapping"
TABLE_OF_CODES = {
    "type": "string",
    "pattern": r"^[^/\\]+\.csv$",
    "description": "A .csv beside the page, in place of `values` or added to them.",
}
VALUE_NEEDS = [{"required": ["column"]}, {"required": ["template"]}, {"required": ["text"]}]


def mapping_schema() -> dict[str, Any]:
    """The JSON schema (2020-12) of a mapping page, shorthands included.

    What it cannot say, loading the page checks: that columns, parties and schemes which are named are there, and patterns.
    """
    schema = Mapping.model_json_schema()
    for part in schema["$defs"].values():
        properties = part.get("properties", {})
        if "values" in properties:
            properties[FIELD] = TABLE_OF_CODES
        if "template" in properties:
            part["anyOf"] = VALUE_NEEDS
    codes = schema["$defs"]["IdentifierOf"]["properties"]
    codes["scheme"] |= {"anyOf": [{"enum": [*schemes()]}, {"type": "null"}]}
    return {"$schema": DIALECT, "$id": ID} | schema | {"title": "A mapping page of kith"}
