"""The code of a supplier's line: as it can be compared, or what a spreadsheet or a slip of the pen did to it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from stdnum import lei

from ontology.entity import Entity
from resolution.records.damage import is_rounded
from resolution.records.identifiers import is_uscc, normal, schemes

SCIENTIFIC = re.compile(r"\d{1,4}(?:[.,]\d+)?\s*[eE]\s*\+?\s*\d{1,3}")
DECIMAL = re.compile(r"\d+[.,]0{1,2}")
TAIL = re.compile(r"(?<=[0-9A-Za-z])[.,]0{1,2}$")
QUOTED = re.compile(r'^=?[\s"\'’‘`´＇]+|^=|[\s"\'’‘`´＇]+$')  # A mark that says: this is text.
USCC_SHAPE = re.compile(r"(?=(?:\D*\d){10})[159ANY][1-9A-HJ-NP-Z][0-9A-Z]{16}")
USCC_NEARLY = re.compile(r"9[123]\d{6}[0-9A-Z]{8,9}|9[123]\d{6}[0-9A-Z]{11,12}")  # One or two characters short, or long.
LEI_SHAPE = re.compile(r"[0-9A-Z]{18}\d{2}")
LETTERS = re.compile(r"[A-Z]")


class Fault(StrEnum):
    """Why a code cannot be compared as it stands."""

    SCIENTIFIC = "scientific"
    ROUNDED = "rounded"
    DECIMAL = "decimal"
    ZEROS = "zeros"
    CHECK = "check"


DAMAGES = frozenset((Fault.SCIENTIFIC, Fault.ROUNDED, Fault.DECIMAL, Fault.ZEROS))
"""What a spreadsheet does. A wrong check digit is a slip of the pen."""


@dataclass(frozen=True)
class GivenCode:
    """A code as given. `value` is in the form codes are compared in; `verified` where its check digit is right."""

    text: str
    value: str
    fault: Fault | None = None
    verified: bool = False

    @property
    def damaged(self) -> bool:
        """Whether a spreadsheet changed it."""
        return self.fault in DAMAGES

    @property
    def usable(self) -> bool:
        """Whether a party may be looked up by it."""
        return self.fault is None


def parse_code(text: str) -> GivenCode | None:
    """What the field holds; None where it is empty or hides a person's number.

    >>> parse_code("9.13E+17").fault, parse_code("913101157867540000").fault, parse_code("10045678.0").fault
    (<Fault.SCIENTIFIC: 'scientific'>, <Fault.ROUNDED: 'rounded'>, <Fault.DECIMAL: 'decimal'>)
    >>> parse_code("'9135 0100-M000100Y43").verified
    True
    """
    plain = _plain(text)
    value = normal(TAIL.sub("", plain))
    if not value or "*" in value:
        return None
    verified = is_uscc(value) or (bool(LEI_SHAPE.fullmatch(value)) and lei.is_valid(value))
    return GivenCode(text, value, None if verified else _fault(plain, value), verified)


def zeros_lost(code: GivenCode, entity: Entity) -> bool:
    """Whether the party bears this code with zeros in front that a spreadsheet dropped."""
    codes = (identifier.value.rpartition(":")[2] for identifier in entity.identifiers)
    return code.value.isdigit() and any(party_code != code.value and party_code.lstrip("0") == code.value for party_code in codes)


def contradicts(code: GivenCode, entity: Entity) -> bool:
    """Whether both sides have a code of one scheme whose check digit is right, and the codes are not the same."""
    scheme = "uscc" if is_uscc(code.value) else "lei"
    codes = {identifier.value for identifier in entity.identifiers if identifier.scheme == scheme and identifier.valid}
    return code.verified and bool(codes) and code.value not in codes


def has_code(code: GivenCode, entity: Entity) -> bool:
    """Whether the party has this code, shown ones only."""
    return any(
        identifier.value.rpartition(":")[2] == code.value and schemes()[identifier.scheme].told
        for identifier in entity.identifiers
    )


def exchange_neighbours(code: GivenCode) -> Iterator[str]:
    """Right credit codes that two exchanged neighbours may have stood for."""
    value = code.value
    for at in range(len(value) - 1):
        exchanged_value = value[:at] + value[at + 1] + value[at] + value[at + 2 :]
        if exchanged_value != value and is_uscc(exchanged_value):
            yield exchanged_value


def _plain(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text)
    visible = "".join(character for character in wide if unicodedata.category(character) not in ("Cf", "Cc", "Zl", "Zp"))
    return QUOTED.sub("", visible.strip()).strip()


def _fault(plain: str, value: str) -> Fault | None:
    if SCIENTIFIC.fullmatch(plain):
        return Fault.SCIENTIFIC
    if DECIMAL.fullmatch(plain):
        return Fault.DECIMAL
    if is_rounded(value):
        return Fault.ROUNDED
    return Fault.CHECK if _is_wrong(value) else None


def _is_wrong(value: str) -> bool:
    """Whether it has the shape of a credit code or an LEI, or nearly, and cannot be one."""
    if LEI_SHAPE.fullmatch(value) and LETTERS.search(value):
        return True
    return bool(USCC_NEARLY.fullmatch(value)) if len(value) != 18 else bool(USCC_SHAPE.fullmatch(value))
