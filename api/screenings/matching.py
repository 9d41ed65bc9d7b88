"""Which parties of the store a supplier row may mean, how well each fits, in per cent, and what speaks against it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from api.parties.search import search_code, search_firms, search_persons
from api.screenings.codes import GivenCode, contradicts, exchange_neighbours, has_code, parse_code, zeros_lost
from api.screenings.name_variants import NameVariant, VariantOrigin, clean_name, name_variants, swap_variants
from api.screenings.places import is_elsewhere, is_in_country, is_in_other_country, is_in_place
from api.screenings.supplier_lists import Supplier
from ontology.documents import read_yaml
from ontology.entity import Entity
from ontology.record import Name, NameRole
from resolution.comparisons.declarations import FIRM_NAMES
from resolution.comparisons.firm_names import agree
from resolution.records.branches import head_office_name
from resolution.records.firms import FirmName, firm_name
from resolution.records.persons import person_name
from resolution.records.text import is_han
from store.port import Row, Store

CODE_PERCENT = 100


class MatchPercents(BaseModel):
    """The figures of match_percents.yaml."""

    model_config = ConfigDict(frozen=True)
    version: str
    source: str
    percent: dict[str, int]
    read_percent_max: dict[str, int]
    sure_percent: int
    possible_percent: int
    person_percent: int
    bare_percent_max: int
    candidates_max: int
    named_max: int
    reasons_max: int
    row_reasons_max: int


class Doubt(StrEnum):
    """Why a party that bears the name may not be the one meant, or is meant only by way of another."""

    TWO_PARTIES = "two_parties"
    OTHER_CODE = "other_code"
    OTHER_NAME = "other_name"
    OTHER_PLACE = "other_place"
    EXCHANGED_CODE = "exchanged_code"
    FITS_LESS = "fits_less"
    PERSON = "person"
    HEAD_OFFICE = "head_office"
    BRANCH = "branch"


CONTRARY = frozenset((Doubt.TWO_PARTIES, Doubt.OTHER_CODE, Doubt.OTHER_NAME, Doubt.OTHER_PLACE, Doubt.EXCHANGED_CODE))
"""Doubts that are a question by themselves, whatever is known of the party."""


@dataclass(frozen=True)
class Match:
    """One party that may be meant. `variant` is how the name was read where it was not taken as given."""

    entity: Entity
    percent: int
    doubt: Doubt | None = None
    variant: NameVariant | None = None

    @property
    def sure(self) -> bool:
        """Whether the party is taken as found: within the certain band, and nothing but another name speaks against its code."""
        return self.percent >= match_percents().sure_percent and self.doubt in (None, Doubt.OTHER_NAME)


@dataclass(frozen=True)
class SupplierMatches:
    """Every party that a row may mean, the best first. `short_named` bear it only as a short name, which makes no match."""

    matches: tuple[Match, ...] = ()
    code: GivenCode | None = None
    lost_zeros: bool = False
    short_named: tuple[Entity, ...] = ()

    @property
    def sure(self) -> tuple[Match, ...]:
        """Those taken as found: more than one where several fit equally well."""
        return tuple(match for match in self.matches if match.sure)


@cache
def match_percents() -> MatchPercents:
    """The figures, read once."""
    return MatchPercents.model_validate(read_yaml(files("api.screenings").joinpath("match_percents.yaml").read_text("utf-8")))


def match_supplier(store: Store, supplier: Supplier) -> SupplierMatches:
    """The code first, then the name; a code and a name of two parties name both."""
    code = parse_code(supplier.code) if supplier.code else None
    by_code = _match_code(store, code) if code else []
    by_name, short_named = _match_name(store, supplier, code) if supplier.name else ([], ())
    matches = _merge_matches(by_code, by_name, supplier) if by_code else by_name
    has_lost_zeros = bool(code and any(zeros_lost(code, match.entity) for match in matches if not has_code(code, match.entity)))
    return SupplierMatches(tuple(sorted(matches, key=_rank)), code, has_lost_zeros, short_named)


def percent_of(given_name: FirmName, names: Iterable[Name]) -> int:
    """How well a name fits the names of a party, 0..100. A short name never makes a match."""
    return _best_percent(given_name, (name for name in names if name.role is not NameRole.WEAK))


def _best_percent(given_name: FirmName, names: Iterable[Name]) -> int:
    """By names of the same script where it has any: what they contradict a likeness in sound does not mend."""
    firm_names = [firm_name(name.text) for name in names]
    same_script = [name for name in firm_names if name.han == given_name.han] or firm_names
    return max((_level_percent(given_name, name) for name in same_script), default=0)


def _level_percent(given_name: FirmName, name: FirmName) -> int:
    agreed = agree(given_name, name)
    if agreed is None:
        return 0
    label = next(level.label for level in FIRM_NAMES.levels if agreed >= level.at_least)
    left_out = (
        label == "member" and not given_name.han and given_name.roles == name.roles and {*given_name.tokens} ^ {*name.tokens}
    )
    percent = match_percents().percent["short" if left_out else label]  # A supplier list leaves words out, or adds some.
    bare = not given_name.han and len(given_name.tokens) == 1 and bool(name.form) and not given_name.form
    return min(percent, match_percents().bare_percent_max) if bare else percent


def _rank(match: Match) -> tuple[bool, int, str]:
    return not match.sure, -match.percent, match.entity.id


def _match_code(store: Store, code: GivenCode) -> list[Match]:
    """Parties that bear the code; of a wrong one those it becomes where two neighbours are exchanged."""
    if code.usable:
        return [Match(_entity(row), CODE_PERCENT) for row in search_code(store, code.value)]
    rows = (row for value in exchange_neighbours(code) for row in search_code(store, value))
    return [Match(_entity(row), CODE_PERCENT, Doubt.EXCHANGED_CODE) for row in rows]


def _merge_matches(by_code: list[Match], by_name: list[Match], supplier: Supplier) -> list[Match]:
    """The parties of the code, and where the name is another party's and not theirs, those as well."""
    if not supplier.name or any(_may_bear(supplier.name, match.entity) for match in by_code):
        return by_code
    coded_ids = {match.entity.id for match in by_code}
    of_others = [
        match for match in by_name if match.percent >= match_percents().sure_percent and match.entity.id not in coded_ids
    ]
    if of_others:
        return [replace(match, doubt=Doubt.TWO_PARTIES) for match in (*by_code, *of_others)]
    return [replace(match, doubt=match.doubt or _other_name(supplier.name, match.entity)) for match in by_code]


def _may_bear(name: str, entity: Entity) -> bool:
    readings = [firm_name(variant.text) for variant in name_variants(name)]
    head = head_office_name(clean_name(name))
    readings += [firm_name(head)] if head else []
    heads = [Name(text=head_office) for entity_name in entity.names if (head_office := head_office_name(entity_name.text))]
    return any(percent_of(reading, (*entity.names, *heads)) >= match_percents().possible_percent for reading in readings)


def _other_name(name: str, entity: Entity) -> Doubt | None:
    """A name in another script says nothing against the code."""
    return Doubt.OTHER_NAME if any(is_han(entity_name.text) == is_han(name) for entity_name in entity.names) else None


def _match_name(store: Store, supplier: Supplier, code: GivenCode | None) -> tuple[list[Match], tuple[Entity, ...]]:
    variants = name_variants(supplier.name)
    firms, short_named = _match_firms(store, variants)
    if not any(match.percent >= match_percents().possible_percent for match in firms):
        firms, _ = _match_firms(store, swap_variants(supplier.name))
    persons = _match_persons(store, variants)
    in_place = _prefer_place([replace(match, doubt=_doubt(match.entity, supplier, code)) for match in firms], supplier)
    parts = list(_match_offices(store, supplier.name))
    apart = {match.entity.id for match in parts}
    return [*(match for match in _best_band(in_place) if match.entity.id not in apart), *persons, *parts], short_named


def _match_firms(store: Store, variants: Iterable[NameVariant]) -> tuple[list[Match], tuple[Entity, ...]]:
    """Parties but persons that any variant of the name may mean, each under the variant it fits best."""
    given_names = [(variant, firm_name(variant.text)) for variant in variants]
    rows = search_firms(store, *(name for _, name in given_names), holders_max=match_percents().candidates_max)
    entities = [_entity(row) for row in rows]
    best = [match for entity in entities if (match := _best(entity, given_names))]
    short = (entity for entity in entities if _is_short_name(entity, given_names))
    matched_ids = {match.entity.id for match in best}
    return best, tuple(entity for entity in short if entity.id not in matched_ids)


def _best(entity: Entity, given_names: Sequence[tuple[NameVariant, FirmName]]) -> Match | None:
    """The variant that fits best, the one given first among equals."""
    fits = [(min(percent_of(name, entity.names), _percent_max(variant)), variant) for variant, name in given_names]
    percent, variant = max(fits, key=lambda fit: fit[0], default=(0, None))
    if percent < match_percents().possible_percent:
        return None
    return Match(entity, percent, variant=None if variant is None or variant.origin is VariantOrigin.GIVEN else variant)


def _percent_max(variant: NameVariant) -> int:
    return match_percents().read_percent_max.get(variant.origin.value, CODE_PERCENT)


def _is_short_name(entity: Entity, given_names: Sequence[tuple[NameVariant, FirmName]]) -> bool:
    weak = [entity_name for entity_name in entity.names if entity_name.role is NameRole.WEAK]
    return any(variant.exact and _best_percent(name, weak) >= match_percents().possible_percent for variant, name in given_names)


def _doubt(entity: Entity, supplier: Supplier, code: GivenCode | None) -> Doubt | None:
    if code and contradicts(code, entity):
        return Doubt.OTHER_CODE
    elsewhere = bool(supplier.place) and is_elsewhere(supplier.place, entity, name=supplier.name)
    abroad = bool(supplier.country) and is_in_other_country(supplier.country, entity)
    return Doubt.OTHER_PLACE if elsewhere or abroad else None


def _is_where_given(supplier: Supplier, entity: Entity) -> bool:
    """Whether a party is known in the place given, or where none is, in the country."""
    if supplier.place:
        return is_in_place(supplier.place, entity)
    return bool(supplier.country) and is_in_country(supplier.country, entity)


def _prefer_place(firms: list[Match], supplier: Supplier) -> list[Match]:
    """Where one of the certain ones is known in the place given, those of no known place fit less well."""
    certain = [match for match in firms if match.sure]
    in_place = {match.entity.id for match in certain if _is_where_given(supplier, match.entity)}
    not_in_place = {match.entity.id for match in certain} - in_place if in_place else set()
    return [replace(match, doubt=Doubt.FITS_LESS) if match.entity.id in not_in_place else match for match in firms]


def _best_band(firms: list[Match]) -> list[Match]:
    """Those in the certain band; else those that bear the name elsewhere or under another code; else the possible ones.

    Of the certain ones the less exact are kept in doubt, as are those of the name whose code or place speaks against them.
    """
    band = [match for match in firms if match.percent >= match_percents().sure_percent]
    certain = [match for match in band if match.doubt is None]
    if certain:
        top = max(match.percent for match in certain)
        return [match if match.doubt or match.percent == top else replace(match, doubt=Doubt.FITS_LESS) for match in band]
    possible = [match for match in firms if match.doubt is None]
    return [*band, *possible] if band else possible


def _match_persons(store: Store, variants: Sequence[NameVariant]) -> list[Match]:
    """Persons of the name: never taken as found, a name alone identifies nobody."""
    rows = search_persons(store, *(variant.text for variant in variants))
    percents = ((entity, max(_person_percent(entity, variant) for variant in variants)) for entity in map(_entity, rows))
    return [Match(entity, percent, Doubt.PERSON) for entity, percent in percents if percent >= match_percents().possible_percent]


def _person_percent(entity: Entity, variant: NameVariant) -> int:
    """The same words in any order, all its words among more of them, or a Han name that sounds so."""
    names = [entity_name.text for entity_name in entity.names if entity_name.role is not NameRole.WEAK]
    if any(_same_words(name, variant.text) for name in names):
        return min(match_percents().person_percent, _percent_max(variant))
    if any(_fewer_words(name, variant.text) for name in names):
        return min(match_percents().percent["short"], _percent_max(variant))
    heard = any(is_han(name) != is_han(variant.text) for name in names)
    return min(match_percents().percent["sound"], _percent_max(variant)) if heard else 0


def _fewer_words(name: str, given_name: str) -> bool:
    name_words, given_words = (set(person_name(Name(text=text)).tokens) for text in (name, given_name))
    return len(name_words) > 1 and name_words < given_words


def _same_words(name: str, given_name: str) -> bool:
    return sorted(person_name(Name(text=name)).tokens) == sorted(person_name(Name(text=given_name)).tokens)


def _match_offices(store: Store, name: str) -> Iterator[Match]:
    """The head office of a branch, and branches of the firm."""
    plain = clean_name(name)
    head = head_office_name(plain)
    given_name = firm_name(head or plain)
    for entity in map(_entity, search_firms(store, given_name, holders_max=match_percents().candidates_max)):
        if head and (percent := percent_of(given_name, entity.names)) >= match_percents().sure_percent:
            yield Match(entity, percent, Doubt.HEAD_OFFICE)
        heads = [Name(text=head_office) for entity_name in entity.names if (head_office := head_office_name(entity_name.text))]
        if not head and (percent := percent_of(given_name, heads)) >= match_percents().sure_percent:
            yield Match(entity, percent, Doubt.BRANCH)


def _entity(row: Row) -> Entity:
    return Entity.model_validate_json(row["document"])
