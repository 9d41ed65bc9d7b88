"""Codes that an issuer gave: how each is written, whether it can be right, and what two different ones mean."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from ontology.documents import read_yaml
from ontology.errors import MappingInvalid
from ontology.record import Identifier
from resolution.records.country_names import comparable_country, scope_code
from resolution.records.courts import court_number
from resolution.records.damage import LENGTHS, SHORTENED, damage, without_point_zero
from resolution.records.placeholders import is_empty_code, is_placeholder_code

USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z.
USCC_ALPHABET = frozenset(USCC_LETTERS)
USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
ORG_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714-1997.
HINT = "hint:"  # In front of a scheme: what is left of its values where several parties may share it.
NO_PLACE = "?"  # Of an issuer that is one of several places, nobody knows which; in front of a country: perhaps this one.
_LEADING_ZEROS = re.compile(r"^([A-Z]{0,4})0+(?=[1-9])")
_COUNTRY_PREFIX = re.compile(r"([A-Z]{2})([0-9A-Z]+)")
_DIGIT = re.compile(r"\d")


class Scheme(BaseModel):
    """One kind of code, as `identifiers.yaml` declares it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    grade: Literal["exclusive", "issued", "loose"]
    shape: str
    check: str | None = None
    part: tuple[int, int] | None = None
    family: str | None = None
    scoped: bool = False
    as_is: bool = False
    free: bool = False
    typed: bool = False
    several: bool = False
    personal: bool = False
    prefixed: bool = False
    near: int | None = None
    told: bool


@cache
def _declarations() -> dict[str, Any]:
    return dict(read_yaml(files("resolution.records").joinpath("identifiers.yaml").read_text("utf-8")))


@cache
def schemes() -> dict[str, Scheme]:
    """Every scheme by its id, read once from `identifiers.yaml`."""
    return {name: Scheme(**declared) for name, declared in _declarations()["schemes"].items()}


@cache
def _local_numbers() -> dict[str, re.Pattern[str]]:
    """Country in capitals -> how the numbers look that each of its courts or states gives anew."""
    return {country.upper(): re.compile(shape) for country, shape in _declarations()["local"].items()}


@cache
def exclusive_schemes() -> frozenset[str]:
    """Schemes of which a party has one for life."""
    return frozenset(name for name, scheme in schemes().items() if scheme.grade == "exclusive")


@cache
def personal_schemes() -> frozenset[str]:
    """Schemes of numbers that a state gives to its people."""
    return frozenset(name for name, scheme in schemes().items() if scheme.personal)


def identifier(scheme: str, text: str, *, scope: str | None = None) -> Identifier:
    """The code in the form it is compared in, and whether it can be right.

    text:   as the source wrote it; for `resident_id` the keyed hash, kept as it is.
    scope:  country or state of the issuer where the scheme is scoped ("USA", "Texas", "shop.example"); else left out.
    A tax or registration number that is a valid USCC becomes one, four digits of an SSN are told apart.
    Raises MappingInvalid on an unknown scheme.

    >>> identifier("uscc", "91350100m000100y43").valid
    True
    >>> identifier("passport", "72129291", scope="CAN").value
    'CA:72129291'
    """
    declared = _scheme(scheme)
    value = text.strip() if declared.as_is else _clean_code(scheme, text)
    if scheme in {"tax_no", "reg_no"} and is_uscc(value):
        return Identifier(scheme="uscc", value=value)
    if scheme == "ssn" and re.fullmatch(r"\d{4}", value):
        return Identifier(scheme="ssn_last4", value=value)
    place = scope_code(scope) if declared.scoped and scope else None
    if scheme == "reg_no" and (court := court_number(text, place)):
        place, value = court
    valid = (
        bool(re.fullmatch(declared.shape, value)) and CHECKS[declared.check](value) and not _says_nothing(declared, text, value)
    )
    return Identifier(scheme=scheme, value=(f"{place}:{value}" if place else value) or text, valid=valid)


def _clean_code(scheme: str, text: str) -> str:
    """The code without gaps; what a spreadsheet dropped or added is put right where that can be told."""
    value = normal(without_point_zero(_narrow(text).strip()))
    return value.zfill(LENGTHS[scheme]) if scheme in LENGTHS and damage(value, scheme) == SHORTENED else value


def _says_nothing(declared: Scheme, text: str, value: str) -> bool:
    """Whether a code is none: a word for nothing, a finger on the keyboard, a number that a spreadsheet rounded."""
    if declared.as_is:
        return False
    if declared.free:
        return is_empty_code(value)
    return is_placeholder_code(value) or not _DIGIT.search(value) or damage(text) is not None


def displayable_value(code: Identifier) -> str:
    """The value of a code as it may be displayed: public codes in full, personal ones masked."""
    scheme = schemes().get(code.scheme)
    return code.value if scheme is not None and scheme.told else code.masked or "*" * 8


def comparable(code: Identifier) -> str:
    """The part of the value that stays when the rest is issued anew (USCC: the organisation code inside it).

    Zeros in front do not count: many a spreadsheet drops them, also of numbers that their issuer chooses freely.

    >>> comparable(identifier("reg_no", "SC00431127", scope="gb"))
    'GB:SC431127'
    """
    scheme = _scheme(code.scheme)
    if scheme.part:
        return code.value[scheme.part[0] - 1 : scheme.part[1]]
    if scheme.grade != "issued":
        return code.value
    place, mark, number = _by_prefix(code.value) if scheme.prefixed else code.value.rpartition(":")
    if "0" in number and (number.isdigit() or not scheme.free):
        number = _LEADING_ZEROS.sub(r"\1", number)
    return place + mark + number


def _by_prefix(value: str) -> tuple[str, str, str]:
    """A code of which two letters in front tell the country: that country, a mark between, and the rest."""
    match = _COUNTRY_PREFIX.fullmatch(value)
    return (scope_code(comparable_country(match[1]) or match[1]), ":", match[2]) if match else ("", "", value)


def without_place(value: str) -> str:
    """A code without the place that issued it."""
    return value.rpartition(":")[2]


def place_of(value: str) -> str:
    """The place that issued a code, as its value tells it; "" where it does not."""
    return value.rpartition(":")[0]


def hint_of(scheme: str, value: str) -> str:
    """A registration number that each court or state gives anew, with the country alone; "" of one that tells a party.

    >>> hint_of("reg_no", "DE:HRB33517"), hint_of("reg_no", "DE/KIEL:HRB33517"), hint_of("reg_no", "GB:431127")
    ('DE:HRB33517', 'DE:HRB33517', '')
    """
    if scheme != "reg_no" or ":" not in value:
        return ""
    country, number = place_of(value).partition("/")[0], without_place(value)
    shape = _local_numbers().get(country)
    return f"{country}:{number}" if shape and shape.fullmatch(number) else ""


def normal(text: str) -> str:
    """Upper case without width, spaces and the marks people put between digits."""
    return re.sub(r"[\s\-‐–—./·]", "", _narrow(text)).upper()


def is_uscc(value: str) -> bool:
    """Whether the 18th character is the check digit of the first 17.

    Source: GB 32100-2015 §4.2: weights 3^(i-1) mod 31, C18 = (31 - sum mod 31) mod 31.
    """
    if len(value) != 18 or not USCC_ALPHABET.issuperset(value):
        return False
    total = sum(USCC_LETTERS.index(c) * weight for c, weight in zip(value, USCC_WEIGHTS, strict=False))
    return USCC_LETTERS[-total % 31] == value[17]


def is_org_code(value: str) -> bool:
    """Whether the 9th character is the check digit of the first eight (GB 11714-1997; 10 is written X, 11 is 0)."""
    if len(value) != 9 or not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", value):
        return False
    total = sum(int(c, 36) * weight for c, weight in zip(value, ORG_CODE_WEIGHTS, strict=False))
    return "0123456789X0"[11 - total % 11] == value[8]


def _scheme(name: str) -> Scheme:
    if name not in schemes():
        raise MappingInvalid(scheme=name, remedy=f"Use one of: {', '.join(sorted(schemes()))}.")
    return schemes()[name]


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _standard(name: str) -> Callable[[str], bool]:
    def check(value: str) -> bool:
        return bool(_is_valid_by(name)(value))

    return check


@cache
def _is_valid_by(name: str) -> Callable[[str], bool]:
    """The check of python-stdnum's module of that name, loaded with the first code that needs it."""
    check: Callable[[str], bool] = import_module(f"stdnum.{name}").is_valid
    return check


CHECKS: dict[str | None, Callable[[str], bool]] = {
    None: lambda _: True,
    "uscc": is_uscc,
    "org_code": is_org_code,
    "lei": _standard("lei"),
    "bic": _standard("bic"),
    "isin": _standard("isin"),
    "imo": _standard("imo"),
}
