"""Which party of the store a supplier row means, and how well it fits, in per cent."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from api.lookups import firms_filed_under, parties_with_code
from api.screenings.lists import Supplier
from ontology.entity import Entity
from resolution.comparisons.declared import FIRM_NAMES
from resolution.comparisons.firms import agree
from resolution.records.firms import FirmName, firm_name, regions_differ, split_regions
from resolution.records.identifiers import is_uscc, normal
from resolution.records.text import fold
from store.port import Row, Store

CODE_PERCENT = 100


class Marks(BaseModel):
    """The figures of marks.yaml."""

    model_config = ConfigDict(frozen=True)
    version: str
    source: str
    percent: dict[str, int]
    sure_percent: int
    possible_percent: int
    candidates_max: int
    reasons_max: int


@dataclass(frozen=True)
class Match:
    """The party that fits best. `rivals` fit as well; `code_differs` where the party has another code than the one given."""

    entity: Entity
    percent: int
    rivals: int = 0
    code_differs: bool = False

    @property
    def sure(self) -> bool:
        """Whether the party is taken as found."""
        return self.percent >= marks().sure_percent and not self.rivals and not self.code_differs


@cache
def marks() -> Marks:
    """The figures, read once."""
    return Marks.model_validate(yaml.safe_load(files("api.screenings").joinpath("marks.yaml").read_text("utf-8")))


def match(store: Store, supplier: Supplier) -> Match | None:
    """The code first, then the name. None where nothing fits well enough to be put before a person."""
    if supplier.uscc and (found := _by_code(store, supplier.uscc)):
        return Match(found, CODE_PERCENT)
    return _by_name(store, supplier) if supplier.name else None


def _by_code(store: Store, code: str) -> Entity | None:
    held = [_entity(row) for row in parties_with_code(store, code)]
    return held[0] if len(held) == 1 else None


def _by_name(store: Store, supplier: Supplier) -> Match | None:
    given = firm_name(supplier.name)
    filed = map(_entity, firms_filed_under(store, given, holders_max=marks().candidates_max))
    held = [(percent_of(given, entity, supplier.place), entity) for entity in filed]
    fitting = sorted((pair for pair in held if pair[0] >= marks().possible_percent), key=lambda pair: (-pair[0], pair[1].id))
    if not fitting:
        return None
    percent, best = fitting[0]
    rivals = sum(1 for other, _ in fitting if other == percent) - 1
    return Match(best, percent, rivals, _code_differs(supplier.uscc, best))


def percent_of(given: FirmName, entity: Entity, place: str = "") -> int:
    """How well a name fits a party, 0..100; a place that contradicts every region the party is known in leaves nothing."""
    held = tuple(firm_name(name.text) for name in entity.names)
    agreed = max((found for name in held if (found := agree(given, name)) is not None), default=None)
    if agreed is None or (place and _elsewhere(place, held, entity)):
        return 0
    level = next(level.label for level in FIRM_NAMES.levels if agreed >= level.at_least)
    return marks().percent[level]


def _elsewhere(place: str, held: Iterable[FirmName], entity: Entity) -> bool:
    _, wanted = split_regions(fold(place) + "某")  # A region that is the whole text is not split off.
    known = [name.regions for name in held if name.regions]
    known += [codes for address in entity.addresses if (codes := split_regions(fold(address.text))[1])]
    return bool(wanted and known) and all(regions_differ(wanted, codes) for codes in known)


def _code_differs(given: str, entity: Entity) -> bool:
    """Whether both sides have a right credit code and the codes are not the same."""
    code = normal(given)
    held = {one.value for one in entity.identifiers if one.scheme == "uscc" and one.valid}
    return is_uscc(code) and bool(held) and code not in held


def _entity(row: Row) -> Entity:
    return Entity.model_validate_json(row["document"])
