"""Which parties of the store a supplier row may mean, how well each fits, in per cent, and what speaks against it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from api.parties.search import firms_filed_under, parties_with_code, persons_named
from api.screenings.codes import GivenCode, bears, contradicts, exchanged, given_code, zeros_lost
from api.screenings.lists import Supplier
from api.screenings.places import is_elsewhere, is_there
from api.screenings.writings import How, Writing, cleaned, swapped, writings
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


class Marks(BaseModel):
    """The figures of marks.yaml."""

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
    """One party that may be meant. `writing` is how the name was read where it was not taken as given."""

    entity: Entity
    percent: int
    doubt: Doubt | None = None
    writing: Writing | None = None

    @property
    def sure(self) -> bool:
        """Whether the party is taken as found: within the certain band, and nothing but another name speaks against its code."""
        return self.percent >= marks().sure_percent and self.doubt in (None, Doubt.OTHER_NAME)


@dataclass(frozen=True)
class Answers:
    """Every party that answers to a row, the best first. `short_named` bear it only as a short name, which makes no match."""

    matches: tuple[Match, ...] = ()
    code: GivenCode | None = None
    lost_zeros: bool = False
    short_named: tuple[Entity, ...] = ()

    @property
    def sure(self) -> tuple[Match, ...]:
        """Those taken as found: more than one where several fit equally well."""
        return tuple(one for one in self.matches if one.sure)


@cache
def marks() -> Marks:
    """The figures, read once."""
    return Marks.model_validate(yaml.safe_load(files("api.screenings").joinpath("marks.yaml").read_text("utf-8")))


def match(store: Store, supplier: Supplier) -> Answers:
    """The code first, then the name; a code and a name of two parties name both."""
    code = given_code(supplier.uscc) if supplier.uscc else None
    coded = _coded(store, code) if code else []
    named, short_named = _named(store, supplier, code) if supplier.name else ([], ())
    matches = _together(coded, named, supplier) if coded else named
    lost = bool(code and any(zeros_lost(code, one.entity) for one in matches if not bears(code, one.entity)))
    return Answers(tuple(sorted(matches, key=_rank)), code, lost, short_named)


def percent_of(given: FirmName, names: Iterable[Name]) -> int:
    """How well a name fits the names of a party, 0..100. A short name never makes a match."""
    return _percent(given, (name for name in names if name.role is not NameRole.WEAK))


def _percent(given: FirmName, names: Iterable[Name]) -> int:
    """By names of the same script where it has any: what they contradict a likeness in sound does not mend."""
    every = [firm_name(name.text) for name in names]
    held = [name for name in every if name.han == given.han] or every
    return max((_level(given, name) for name in held), default=0)


def _level(given: FirmName, name: FirmName) -> int:
    agreed = agree(given, name)
    if agreed is None:
        return 0
    label = next(level.label for level in FIRM_NAMES.levels if agreed >= level.at_least)
    left_out = label == "member" and not given.han and given.roles == name.roles and {*given.tokens} ^ {*name.tokens}
    percent = marks().percent["short" if left_out else label]  # A supplier list leaves words out, or adds some.
    bare = not given.han and len(given.tokens) == 1 and bool(name.form) and not given.form
    return min(percent, marks().bare_percent_max) if bare else percent


def _rank(one: Match) -> tuple[bool, int, str]:
    return not one.sure, -one.percent, one.entity.id


def _coded(store: Store, code: GivenCode) -> list[Match]:
    """Parties that bear the code; of a wrong one those it becomes where two neighbours are exchanged."""
    if code.usable:
        return [Match(_entity(row), CODE_PERCENT) for row in parties_with_code(store, code.value)]
    meant = (row for value in exchanged(code) for row in parties_with_code(store, value))
    return [Match(_entity(row), CODE_PERCENT, Doubt.EXCHANGED_CODE) for row in meant]


def _together(coded: list[Match], named: list[Match], supplier: Supplier) -> list[Match]:
    """The parties of the code, and where the name is another party's and not theirs, those as well."""
    if not supplier.name or any(_may_bear(supplier.name, one.entity) for one in coded):
        return coded
    own = {one.entity.id for one in coded}
    others = [one for one in named if one.percent >= marks().sure_percent and one.entity.id not in own]
    if others:
        return [replace(one, doubt=Doubt.TWO_PARTIES) for one in (*coded, *others)]
    return [replace(one, doubt=one.doubt or _other_name(supplier.name, one.entity)) for one in coded]


def _may_bear(name: str, entity: Entity) -> bool:
    told = [firm_name(one.text) for one in writings(name)]
    head = head_office_name(cleaned(name))
    told += [firm_name(head)] if head else []
    heads = [Name(text=found) for one in entity.names if (found := head_office_name(one.text))]
    return any(percent_of(one, (*entity.names, *heads)) >= marks().possible_percent for one in told)


def _other_name(name: str, entity: Entity) -> Doubt | None:
    """A name in another script says nothing against the code."""
    return Doubt.OTHER_NAME if any(is_han(one.text) == is_han(name) for one in entity.names) else None


def _named(store: Store, supplier: Supplier, code: GivenCode | None) -> tuple[list[Match], tuple[Entity, ...]]:
    told = writings(supplier.name)
    firms, short_named = _firms(store, told)
    if not any(one.percent >= marks().possible_percent for one in firms):
        firms, _ = _firms(store, swapped(supplier.name))
    persons = _persons(store, told)
    judged = _placed([replace(one, doubt=_doubt(one.entity, supplier, code)) for one in firms], supplier)
    parts = list(_parts_of_firms(store, supplier.name))
    apart = {one.entity.id for one in parts}
    return [*(one for one in _chosen(judged) if one.entity.id not in apart), *persons, *parts], short_named


def _firms(store: Store, told: Iterable[Writing]) -> tuple[list[Match], tuple[Entity, ...]]:
    """Parties but persons that any writing of the name may mean, each under the writing it fits best."""
    given = [(writing, firm_name(writing.text)) for writing in told]
    rows = firms_filed_under(store, *(name for _, name in given), holders_max=marks().candidates_max)
    entities = [_entity(row) for row in rows]
    best = [found for entity in entities if (found := _best(entity, given))]
    short = (entity for entity in entities if _is_short_name(entity, given))
    own = {one.entity.id for one in best}
    return best, tuple(entity for entity in short if entity.id not in own)


def _best(entity: Entity, given: Sequence[tuple[Writing, FirmName]]) -> Match | None:
    """The writing that fits best, the one given first among equals."""
    fits = [(min(percent_of(name, entity.names), _percent_max(writing)), writing) for writing, name in given]
    percent, writing = max(fits, key=lambda fit: fit[0], default=(0, None))
    if percent < marks().possible_percent:
        return None
    return Match(entity, percent, writing=None if writing is None or writing.how is How.GIVEN else writing)


def _percent_max(writing: Writing) -> int:
    return marks().read_percent_max.get(writing.how.value, CODE_PERCENT)


def _is_short_name(entity: Entity, given: Sequence[tuple[Writing, FirmName]]) -> bool:
    weak = [one for one in entity.names if one.role is NameRole.WEAK]
    return any(writing.exact and _percent(name, weak) >= marks().possible_percent for writing, name in given)


def _doubt(entity: Entity, supplier: Supplier, code: GivenCode | None) -> Doubt | None:
    if code and contradicts(code, entity):
        return Doubt.OTHER_CODE
    return Doubt.OTHER_PLACE if supplier.place and is_elsewhere(supplier.place, entity, name=supplier.name) else None


def _placed(firms: list[Match], supplier: Supplier) -> list[Match]:
    """Where one of the certain ones is known in the place given, those of no known place fit less well."""
    certain = [one for one in firms if one.sure]
    there = {one.entity.id for one in certain if supplier.place and is_there(supplier.place, one.entity)}
    less = {one.entity.id for one in certain} - there if there else set()
    return [replace(one, doubt=Doubt.FITS_LESS) if one.entity.id in less else one for one in firms]


def _chosen(firms: list[Match]) -> list[Match]:
    """Those in the certain band; else those that bear the name elsewhere or under another code; else the possible ones.

    Of the certain ones the less exact are kept in doubt, as are those of the name whose code or place speaks against them.
    """
    band = [one for one in firms if one.percent >= marks().sure_percent]
    certain = [one for one in band if one.doubt is None]
    if certain:
        top = max(one.percent for one in certain)
        return [one if one.doubt or one.percent == top else replace(one, doubt=Doubt.FITS_LESS) for one in band]
    possible = [one for one in firms if one.doubt is None]
    return [*band, *possible] if band else possible


def _persons(store: Store, told: Sequence[Writing]) -> list[Match]:
    """Persons of the name: never taken as found, a name alone identifies nobody."""
    rows = persons_named(store, *(writing.text for writing in told))
    every = ((entity, max(_person_percent(entity, writing) for writing in told)) for entity in map(_entity, rows))
    return [Match(entity, percent, Doubt.PERSON) for entity, percent in every if percent >= marks().possible_percent]


def _person_percent(entity: Entity, writing: Writing) -> int:
    """The same words in any order, all its words among more of them, or a Han name that sounds so."""
    names = [one.text for one in entity.names if one.role is not NameRole.WEAK]
    if any(_same_words(name, writing.text) for name in names):
        return min(marks().person_percent, _percent_max(writing))
    if any(_fewer_words(name, writing.text) for name in names):
        return min(marks().percent["short"], _percent_max(writing))
    heard = any(is_han(name) != is_han(writing.text) for name in names)
    return min(marks().percent["sound"], _percent_max(writing)) if heard else 0


def _fewer_words(one: str, other: str) -> bool:
    few, more = (set(person_name(Name(text=text)).tokens) for text in (one, other))
    return len(few) > 1 and few < more


def _same_words(one: str, other: str) -> bool:
    return sorted(person_name(Name(text=one)).tokens) == sorted(person_name(Name(text=other)).tokens)


def _parts_of_firms(store: Store, name: str) -> Iterator[Match]:
    """The head office of a branch, and branches of the firm."""
    plain = cleaned(name)
    head = head_office_name(plain)
    given = firm_name(head or plain)
    for entity in map(_entity, firms_filed_under(store, given, holders_max=marks().candidates_max)):
        if head and (percent := percent_of(given, entity.names)) >= marks().sure_percent:
            yield Match(entity, percent, Doubt.HEAD_OFFICE)
        heads = [Name(text=found) for one in entity.names if (found := head_office_name(one.text))]
        if not head and (percent := percent_of(given, heads)) >= marks().sure_percent:
            yield Match(entity, percent, Doubt.BRANCH)


def _entity(row: Row) -> Entity:
    return Entity.model_validate_json(row["document"])
