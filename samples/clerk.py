"""The clerks that type: how sources spell the same name, code, day, sum and phone differently."""

from collections.abc import Callable
from datetime import date
from functools import cache
from random import Random

from resolution.records.text import script_converter
from samples.codes import PHONE_AREA, wrong_uscc
from samples.facts import Address, Firm

FORMS_LONGEST_FIRST = ("股份有限公司", "有限责任公司", "有限公司")


class Clerk:
    """One clerk's habits. `care` is the share of entries typed exactly as registered, 0..1."""

    def __init__(self, rng: Random, *, care: float = 0.8) -> None:
        self.rng, self.care = rng, care

    def name(self, firm: Firm) -> str:
        """The registered name, or one of the ways people get it wrong."""
        if self.rng.random() < self.care:
            return firm.name
        return self.rng.choice(VARIANTS)(firm, self.rng)

    def code(self, firm: Firm, *, missing_chance: float = 0.0, wrong_chance: float = 0.0) -> str:
        """The credit code; left out or mistyped with these chances."""
        chance = self.rng.random()
        if chance < missing_chance:
            return ""
        return wrong_uscc(firm.uscc) if chance < missing_chance + wrong_chance else firm.uscc

    def day(self, day: date | None) -> str:
        """A day in one of the ways files write it; empty for none."""
        if day is None:
            return ""
        return self.rng.choice(("{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0:%Y%m%d}", "{0.year}年{0.month}月{0.day}日")).format(day)

    def sum_wan(self, yuan: float) -> str:
        """A sum in ten thousands where it is large, else in yuan."""
        return f"{yuan / 10_000:g}万元" if yuan >= 10_000 and self.rng.random() < 0.5 else f"{yuan:,.2f}"

    def phone(self, digits: str) -> str:
        """A phone number with or without the marks and the country."""
        local = digits.removeprefix(PHONE_AREA)
        form = self.rng.choice(("{a}-{n}", "({a}){n}", "+86 {b} {n1} {n2}", "{a}{n}", "{a}-{n1} {n2}"))
        return form.format(a=PHONE_AREA, b=PHONE_AREA[1:], n=local, n1=local[:4], n2=local[4:])

    def address(self, address: Address) -> str:
        """The address, sometimes without the town or the room."""
        chance = self.rng.random()
        if chance < 0.15:
            return address.zh.removeprefix(address.region.in_address)
        return address.zh.removesuffix(address.room) if chance < 0.25 else address.zh


def _traditional(firm: Firm, _: Random) -> str:
    return _to_traditional()(firm.name)


def _half_width(firm: Firm, _: Random) -> str:
    return firm.name.replace("（", "(").replace("）", ")")


def _bracketed_town(firm: Firm, _: Random) -> str:
    town = f"（{firm.region.zh}）"
    if town in firm.name:
        return firm.region.zh + firm.name.replace(town, "")
    core = firm.name.removeprefix(firm.region.zh)
    form = next(form for form in FORMS_LONGEST_FIRST if core.endswith(form))
    return core.removesuffix(form) + town + form


def _without_form(firm: Firm, _: Random) -> str:
    return next(firm.name.removesuffix(form) for form in FORMS_LONGEST_FIRST if firm.name.endswith(form))


def _spaced(firm: Firm, rng: Random) -> str:
    position = rng.randrange(2, len(firm.name) - 1)
    return f"{firm.name[:position]}{rng.choice((' ', '　'))}{firm.name[position:]}"


def _other_form(firm: Firm, _: Random) -> str:
    if firm.name.endswith("有限责任公司"):
        return firm.name.replace("有限责任公司", "有限公司")
    return firm.name if firm.name.endswith("股份有限公司") else firm.name.replace("有限公司", "有限责任公司")


def _slip(firm: Firm, rng: Random) -> str:
    """Two neighbouring characters of the industry change places: never the brand, which would be another firm."""
    start = firm.name.index(firm.industry.zh)
    position = start + rng.randrange(max(1, len(firm.industry.zh) - 1))
    return firm.name[:position] + firm.name[position + 1] + firm.name[position] + firm.name[position + 2 :]


def _former(firm: Firm, _: Random) -> str:
    return firm.former_name or firm.name


VARIANTS = (_traditional, _half_width, _bracketed_town, _without_form, _spaced, _other_form, _slip, _former)


@cache
def _to_traditional() -> Callable[[str], str]:
    convert: Callable[[str], str] = script_converter("s2t").convert
    return convert
