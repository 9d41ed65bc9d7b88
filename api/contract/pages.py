"""Windows of the contract's lists: limit and offset, and the order that a caller wants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.contract.ftm_model import schemata
from api.schemas.ftm_entities import FtmEntity
from ontology.errors import ContractInvalid

LIMIT_MAX, OFFSET_MAX = 500, 9_499
DIRECTIONS = ("asc", "desc")
FIELDS = ("id", "caption", "schema", "first_seen", "last_seen", "last_change", "target")
PREFIX = "properties."


@dataclass(frozen=True)
class Window:
    """Which part of a list is asked for. sort: fields or properties, each with `:asc` or `:desc` behind it or nothing."""

    limit: int
    offset: int = 0
    sort: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """Results up to and with the last of this part."""
        return self.offset + self.limit


def sort_entities(entities: Iterable[FtmEntity], sort: Sequence[str]) -> list[FtmEntity]:
    """Entities by these fields, the first one first; those without a value stand last. Raises ContractInvalid on another field.

    An entity's property is named as such, with or without `properties.` in front.
    """
    ordered = list(entities)
    for field, descending in reversed([_sort_field(text) for text in sort]):
        with_value = [entity for entity in ordered if _value(entity, field)]
        with_value.sort(key=lambda entity: _value(entity, field), reverse=descending)
        ordered = with_value + [entity for entity in ordered if not _value(entity, field)]
    return ordered


def _sort_field(text: str) -> tuple[str, bool]:
    field, _, direction = text.partition(":")
    name = field.removeprefix(PREFIX)
    is_property = any(name in schema.properties for schema in schemata().values())
    if direction and direction not in DIRECTIONS:
        raise ContractInvalid(errors=[f"sort: {direction!r} is no direction; asc or desc"])
    if field not in FIELDS and not is_property:
        raise ContractInvalid(errors=[f"sort: no field {field!r}; {', '.join(FIELDS)} or a property"])
    return name, direction == "desc"


def _value(entity: FtmEntity, field: str) -> str:
    if field in FIELDS:
        return str(getattr(entity, "schema_" if field == "schema" else field) or "")
    texts = [value for value in entity.properties.get(field, []) if isinstance(value, str)]
    return texts[0].casefold() if texts else ""
