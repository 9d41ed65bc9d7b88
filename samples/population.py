"""Makes persons, firms and agencies, each with names, codes and addresses of its own."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, product
from random import Random

from samples.codes import phone, resident_id, uscc
from samples.facts import HOME, TODAY, Address, Agency, Firm, Person, Region, Stake, World
from samples.variant import AS_REGISTERED, Variant, draw_town
from samples.words import Industry, words

FORMS = (("有限公司", "Co., Ltd."), ("有限责任公司", "Co., Ltd."), ("股份有限公司", "Joint Stock Co., Ltd."))
FORM_WEIGHTS = (86, 8, 6)
RENAMED_SHARE = 0.06  # Firms that once had another name.
SECOND_FIRM_SHARE = 0.06  # Legal representatives who head a second firm.


class Population:
    """Draws parties into a world, never the same name, code or resident id twice."""

    def __init__(self, world: World, rng: Random, variant: Variant = AS_REGISTERED) -> None:
        self.world, self.rng, self._words, self._variant = world, rng, words(), variant
        self._serials: set[int] = set()
        self._names: set[str] = set()
        self._brands = self._brand_order()
        self._brand_at = 0
        self._surname_cumulated = list(accumulate(self._words.surname_weights))

    def person(self, *, name: str | None = None, region: Region | None = None) -> Person:
        """A new person; `name` makes a namesake of somebody."""
        region = region or self._region()
        written_name, latin = self._person_name() if name is None else (name, self._namesake_latin(name))
        born_on = date(1956, 1, 1) + timedelta(days=self.rng.randrange(45 * 365))
        number = resident_id(region.division, born_on, self.rng.randrange(1000))
        person = Person(f"P{len(self.world.persons):06d}", written_name, latin, born_on, number, phone(self.rng))
        self.world.persons.append(person)
        return person

    def firm(
        self,
        *,
        head: Person | None = None,
        region: Region | None = None,
        industry: Industry | None = None,
        brand: tuple[str, str] | None = None,
        founded_on: date | None = None,
        address: Address | None = None,
        size: float | None = None,
        prefix: str = "91",
    ) -> Firm:
        """A new firm, wholly owned by its head unless stakes say otherwise; what is not given is drawn."""
        rng, region = self.rng, region or self._region()
        industry = industry or rng.choice(self._words.industries)
        brand_zh, brand_en = brand or self._brand()
        name, name_en = self._firm_name(region, brand_zh, brand_en, industry)
        firm = Firm(
            cluster=f"F{len(self.world.firms):06d}",
            name=name,
            name_en=name_en,
            brand=brand_zh,
            region=region,
            industry=industry,
            uscc=uscc(prefix, region.division, self._serial()),
            founded_on=founded_on or date(1999, 1, 1) + timedelta(days=int(rng.triangular(0, 9600, 7500))),
            address=address or self.address(region),
            phone=phone(rng),
            head=head or self._head(),
            capital_wan=rng.choice((10, 50, 100, 200, 500, 1000, 2000, 5000)),
            size=size if size is not None else rng.lognormvariate(0, 0.9),
            punctual=rng.uniform(0.8, 0.99),
        )
        if rng.random() < RENAMED_SHARE:
            firm.former_name = self._firm_name(region, *self._brand(), industry)[0]
        self.world.firms.append(firm)
        return firm

    def agency(self, kind: tuple[str, str], *, region: Region = HOME) -> Agency:
        """A body of the region's government."""
        code = uscc("11", region.division, self._serial())
        agency = Agency(f"A{len(self.world.agencies):03d}", f"{region.zh}{kind[0]}", f"{region.en} {kind[1]}", code, region)
        self.world.agencies.append(agency)
        return agency

    def address(self, region: Region = HOME) -> Address:
        """An address that hardly any other firm has."""
        rng = self.rng
        room = f"{rng.randrange(1, 19)}幢{rng.randrange(1, 25)}{rng.randrange(1, 30):02d}室"
        return Address(region, rng.choice(self._words.streets), rng.randrange(1, 999), room)

    def add_stake(self, owner: Person | Firm, owned_firm: Firm, share: float, *, began_on: date | None = None) -> Stake:
        """States a stake since `began_on`, the founding where it is left out."""
        stake = Stake(owner, owned_firm, share, began_on or owned_firm.founded_on)
        self.world.stakes.append(stake)
        return stake

    def add_shareholders(self, firm: Firm) -> None:
        """Gives an ordinary firm its shareholders: mostly its head, often with one partner."""
        if self.rng.random() < 0.45:
            self.add_stake(firm.head, firm, 1.0)
            return
        share = self.rng.choice((0.51, 0.6, 0.7, 0.8, 0.9))
        self.add_stake(firm.head, firm, share)
        self.add_stake(self.person(), firm, round(1 - share, 4))

    def sibling_address(self, address: Address, room: str) -> Address:
        """Another room of the same house."""
        return replace(address, room=room)

    def _region(self) -> Region:
        """Where a party is at home that no story puts anywhere."""
        return draw_town(self.rng) if self._variant.towns else HOME

    def _head(self) -> Person:
        firms = self.world.firms
        if firms and self.rng.random() < SECOND_FIRM_SHARE:
            firm = self.rng.choice(firms)
            return self.person() if firm.quiet else firm.head
        return self.person()

    def _person_name(self) -> tuple[str, str]:
        rng = self.rng
        surname, reading = rng.choices(self._words.surnames, cum_weights=self._surname_cumulated)[0]
        given_characters = [rng.choice(self._words.given_names) for _ in range(1 if rng.random() < 0.12 else 2)]
        latin = f"{''.join(character[1] for character in given_characters).capitalize()} {reading.capitalize()}"
        return surname + "".join(character[0] for character in given_characters), latin

    def _namesake_latin(self, name: str) -> str:
        return next(person.latin for person in self.world.persons if person.name == name)

    def _firm_name(self, region: Region, brand: str, brand_en: str, industry: Industry) -> tuple[str, str]:
        form, form_en = self.rng.choices(FORMS, FORM_WEIGHTS)[0]
        bracket = self.rng.random() < 0.15
        name = f"{brand}{industry.zh}（{region.zh}）{form}" if bracket else f"{region.zh}{brand}{industry.zh}{form}"
        name_en = (
            f"{brand_en} {industry.en} ({region.en}) {form_en}" if bracket else f"{region.en} {brand_en} {industry.en} {form_en}"
        )
        if name in self._names:
            return self._firm_name(region, *self._brand(), industry)
        self._names.add(name)
        return name, name_en

    def _brand(self) -> tuple[str, str]:
        self._brand_at += 1
        brand_characters = self._brands[self._brand_at % len(self._brands)]
        if self._brand_at >= len(self._brands) or self.rng.random() < 0.15:
            brand_characters = (*brand_characters, self.rng.choice(self._words.brands))
        return "".join(character[0] for character in brand_characters), "".join(
            character[1] for character in brand_characters
        ).capitalize()

    def _brand_order(self) -> list[tuple[tuple[str, str], ...]]:
        pairs: list[tuple[tuple[str, str], ...]] = [(a, b) for a, b in product(self._words.brands, repeat=2) if a != b]
        self.rng.shuffle(pairs)
        return pairs

    def _serial(self) -> int:
        while (serial := self.rng.randrange(100_000_000)) in self._serials:
            pass
        self._serials.add(serial)
        return serial


def days_ago(days: int) -> date:
    """The day so many days before the sample's today."""
    return TODAY - timedelta(days=days)
