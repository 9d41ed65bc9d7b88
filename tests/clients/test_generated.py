"""What is written by program is what the program writes today, and reads well."""

import pytest

from clients.generate import MODELS, PACKAGE, SYNC_FOLDER, generated_files
from clients.model_text import models_text
from clients.sync_text import sync_text

RENEW = "python -m clients.generate renews it"


def test_models_and_the_synchronous_half_are_up_to_date() -> None:
    files = dict(generated_files())
    stale = [path.relative_to(PACKAGE).as_posix() for path, text in files.items() if path.read_text("utf-8") != text]
    assert not stale, RENEW
    assert {*SYNC_FOLDER.glob("*.py")} == files.keys() - {MODELS}, RENEW


DOCUMENT = {
    "paths": {"/x": {"get": {"responses": {"200": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}},
    "components": {
        "schemas": {
            "Thing": {
                "description": "A thing.",
                "required": ["id", "schema", "kind"],
                "properties": {
                    "id": {"type": "string", "description": "Its id."},
                    "schema": {"type": "string"},
                    "kind": {"$ref": "#/components/schemas/Kind"},
                    "from": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}, "default": []},
                    "counts": {"type": "object", "additionalProperties": {"type": "integer"}, "default": {}},
                },
            },
            "Kind": {"enum": ["row.matched", "2x"], "description": "What it is."},
            "Unused": {"properties": {}},
        }
    },
}
LINES = """
class Kind(OpenEnum):
    ROW_MATCHED = 'row.matched'
    N2X = '2x'
class Thing(Shape):
    id: str
    schema_: str = Field(alias='schema')
    kind: Kind
    from_: dt.date | None = Field(default=None, alias='from')
    parts: list[Thing] = Field(default_factory=list)
    counts: dict[str, int] = Field(default_factory=dict)
"""


@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_a_schema_is_a_model_with_its_names_types_and_defaults(line: str) -> None:
    text = models_text(DOCUMENT)
    assert line in text
    assert "Unused" not in text
    assert '    """Its id."""' in text


def test_without_async_and_await_the_text_is_the_same() -> None:
    source = 'async def get(self) -> AsyncIterator[str]:\n    """`await kith.get()`."""\n    await asyncio.sleep(1)\n'
    wanted = 'def get(self) -> Iterator[str]:\n    """`kith.get()`."""\n    time.sleep(1)\n'
    assert sync_text(source, "x.py").partition("\n")[2] == wanted
