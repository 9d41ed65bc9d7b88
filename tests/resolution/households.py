"""Made-up registers of households in two sources, with the truth: families behind one door, twins, father and son of one name.

Who is who is told by the id: `a:17` and `b:17` are one person. Slips are the second source's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from ontology.record import Address, Identifier, Name, Record
from resolution.comparisons.households import Chances, shipped_households
from resolution.records.identifiers import identifier
from tests.resolution.parties import person

SHIPPED = shipped_households()
NO_KIN = SHIPPED.with_counts(Chances(one_person=0.999, kin=5e-4, others=5e-4), SHIPPED.levels, 900)
"""What a store without families says of pairs that meet at one place."""
GIVEN_NAMES = """
James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica
Thomas Karen Charles Sarah Christopher Lisa Daniel Nancy Matthew Sandra Anthony Ashley Mark Emily Donald Kimberly Steven
Donna Paul Michelle Andrew Carol Joshua Amanda Kenneth Melissa Kevin Deborah Brian Stephanie George Rebecca Timothy
Laura Ronald Helen Jason Sharon Edward Cynthia Jeffrey Kathleen Ryan Amy Jacob Shirley Gary Angela Nicholas Anna Eric
Ruth Jonathan Brenda Stephen Pamela Larry Nicole Justin Katherine Scott Samantha Brandon Christine Benjamin Catherine
Samuel Virginia Gregory Debra Alexander Rachel Patrick Janet Frank Emma Raymond Carolyn Jack Maria Dennis Heather Jerry
Diane Tyler Julie Aaron Joyce
"""
GIVEN = GIVEN_NAMES.split()
ONSETS = ("Ald", "Bram", "Cald", "Dun", "Els", "Farn", "Gar", "Hol", "Ing", "Kirk", "Lang", "Mar", "Nor", "Orm", "Pen", "Rad")
ENDINGS = ("ton", "ley", "field", "ham", "by", "wick", "worth", "stead", "more", "ford", "well", "dale", "ridge", "combe", "man")
MIDDLES = ("", "er", "in", "el", "ing", "ers", "a", "o")
STREETS = ("street", "road", "lane", "avenue", "close", "crescent", "place", "drive")
TOWNS = 120
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Register:
    """What is made. kin: share of households of several persons; overlap: share of persons whom both sources tell.

    one_each: each source tells one person of a household, and not always the same. renamed, redated, renumbered, moved:
    shares of persons of whom the second source tells another given name, another day, another number, another home.
    """

    households: int
    kin: float = 1.0
    overlap: float = 0.8
    one_each: bool = False
    numbers: bool = False
    slips: float = 0.1
    renamed: float = 0.02
    redated: float = 0.02
    renumbered: float = 0.02
    moved: float = 0.05
    seed: int = 1


@dataclass(frozen=True)
class _Person:
    given: str
    family: str
    born: date
    door: tuple[str, str, str]
    number: str


def records_of(register: Register) -> list[Record]:
    """The records of both sources."""
    random = Random(register.seed)  # Made-up persons.
    found: list[Record] = []
    number = 0
    for _ in range(register.households):
        for household in _listed(random, register, list(_household(random, several=random.random() < register.kin))):
            for at, one in household:
                source = "ab"[at]
                told = _slipped(random, register, one) if source == "b" else one
                found.append(_record(f"{source}:{number + id_of(household, one)}", told, numbers=register.numbers))
            number += len({id_of(household, one) for _, one in household})
    return found


def id_of(household: Sequence[tuple[int, _Person]], one: _Person) -> int:
    """The number of a person in its household."""
    return list(dict.fromkeys(other for _, other in household)).index(one)


def truth(records: Sequence[Record]) -> list[list[str]]:
    """Ids of the records of each person."""
    found: dict[str, list[str]] = {}
    for one in records:
        found.setdefault(one.id.partition(":")[2], []).append(one.id)
    return list(found.values())


def _listed(random: Random, register: Register, home: list[_Person]) -> Iterator[list[tuple[int, _Person]]]:
    """A household with the sources that tell each of its persons."""
    if register.one_each:
        yield [(0, home[0]), (1, home[0] if random.random() < register.overlap else random.choice(home))]
        return
    alone = (1.0 - register.overlap) / 2
    drawn = [(one, random.random()) for one in home]
    yield [(at, one) for one, share in drawn for at in ((0,) if share < alone else (1,) if share > 1 - alone else (0, 1))]


def _household(random: Random, *, several: bool) -> Iterator[_Person]:
    family = f"{random.choice(ONSETS)}{random.choice(MIDDLES)}{random.choice(ENDINGS)}"
    town = random.randrange(TOWNS)
    street = f"{random.choice(ONSETS)}{random.choice(ENDINGS)} {random.choice(STREETS)}".lower()
    door = f"{random.randrange(1, 200)} {street}", f"Town{LETTERS[town % 26]}{LETTERS[town // 26]}ville", str(2000 + town)
    make = lambda given, born: _Person(given, family, born, door, f"{random.randrange(10**7, 10**8)}")  # noqa: E731
    head = make(random.choice(GIVEN), date(1940, 1, 1) + timedelta(random.randrange(365 * 50)))
    yield head
    if not several:
        return
    if random.random() < 0.8:
        yield make(random.choice(GIVEN), head.born + timedelta(random.randrange(-2000, 2000)))
    born = head.born + timedelta(random.randrange(8000, 12000))
    names = random.sample(GIVEN, 4)
    for at in range(random.choice((0, 1, 1, 2, 2, 3))):
        twin = at > 0 and random.random() < 0.04
        born = born if twin else born + timedelta(random.randrange(300, 1500))
        yield make(head.given if at == 0 and random.random() < 0.05 else names[at], born)


def _slipped(random: Random, register: Register, one: _Person) -> _Person:
    """A person as the second source tells it."""
    hit = lambda share: random.random() < share  # noqa: E731
    one = replace(one, given=_typo(random, one.given)) if hit(register.slips) else one
    one = replace(one, family=_typo(random, one.family)) if hit(register.slips) else one
    one = replace(one, given=random.choice(GIVEN)) if hit(register.renamed) else one
    day = date(1940, 1, 1) + timedelta(random.randrange(365 * 60))
    one = replace(one, born=day) if hit(register.redated) else one
    one = replace(one, number=f"{random.randrange(10**7, 10**8)}") if hit(register.renumbered) else one
    moved = f"{random.randrange(1, 200)} {random.choice(ONSETS)}{random.choice(ENDINGS)} road".lower()
    return replace(one, door=(moved, *one.door[1:])) if hit(register.moved) else one


def _typo(random: Random, text: str) -> str:
    at = random.randrange(1, len(text))
    return random.choice((text[:at] + text[at + 1 :], text[:at] + random.choice(LETTERS) + text[at + 1 :]))


def _record(id_: str, one: _Person, *, numbers: bool) -> Record:
    street, town, postcode = one.door
    codes: tuple[Identifier, ...] = (identifier("national_id", one.number, scope="AU"),) if numbers else ()
    return person(
        id_,
        names=(Name(text=f"{one.given} {one.family}", given=one.given, family=one.family),),
        born_on=one.born.isoformat(),
        addresses=(Address(text=f"{street} {town} {postcode}", city=town, postcode=postcode),),
        identifiers=codes,
    )
