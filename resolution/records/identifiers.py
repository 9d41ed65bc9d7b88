"""Codes that an issuer gave: how each is written, whether it can be right, and what two different ones mean."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict
from stdnum import bic, imo, isin, lei
from stdnum.exceptions import ValidationError

from ontology.errors import MappingInvalid
from ontology.record import Identifier
from resolution.records.places import scope_code

USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z.
USCC_ALPHABET = frozenset(USCC_LETTERS)
USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
ORG_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714-1997.


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
    told: bool


@cache
def schemes() -> dict[str, Scheme]:
    """Every scheme by its id, read once from `identifiers.yaml`."""
    text = files("resolution.records").joinpath("identifiers.yaml").read_text("utf-8")
    return {name: Scheme(**told) for name, told in yaml.safe_load(text)["schemes"].items()}


@cache
def exclusive_schemes() -> frozenset[str]:
    """Schemes of which a party has one for life."""
    return frozenset(name for name, told in schemes().items() if told.grade == "exclusive")


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
    told = _scheme(scheme)
    value = text.strip() if told.as_is else normal(text)
    if scheme in {"tax_no", "reg_no"} and is_uscc(value):
        return Identifier(scheme="uscc", value=value)
    if scheme == "ssn" and re.fullmatch(r"\d{4}", value):
        return Identifier(scheme="ssn_last4", value=value)
    valid = bool(re.fullmatch(told.shape, value)) and CHECKS[told.check](value)
    place = scope_code(scope) if told.scoped and scope else None
    return Identifier(scheme=scheme, value=(f"{place}:{value}" if place else value) or text, valid=valid)


def shown(given: Identifier) -> str:
    """What may be shown of a code: public ones whole, personal ones masked."""
    told = schemes().get(given.scheme)
    return given.value if told is not None and told.told else given.masked or "*" * 8


def comparable(given: Identifier) -> str:
    """The part of the value that stays when the rest is issued anew (USCC: the organisation code inside it)."""
    part = _scheme(given.scheme).part
    return given.value[part[0] - 1 : part[1]] if part else given.value


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


def _standard(validate: Callable[[str], str]) -> Callable[[str], bool]:
    def check(value: str) -> bool:
        try:
            validate(value)
        except ValidationError:
            return False
        return True

    return check


CHECKS: dict[str | None, Callable[[str], bool]] = {
    None: lambda _: True,
    "uscc": is_uscc,
    "org_code": is_org_code,
    "lei": _standard(lei.validate),
    "bic": _standard(bic.validate),
    "isin": _standard(isin.validate),
    "imo": _standard(imo.validate),
}
