"""Amounts as people write them: which mark is the decimal one, thousands in all their forms, words for scale and currency."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from ontology.limits import AMOUNT_MAX, CELL_LENGTH_MAX
from resolution.sources.mappings.value_formats import Ways, Writing
from resolution.sources.statements.ambiguity import possible_values
from resolution.sources.statements.texts import ValueRefused, fold_text, words

MARKS: Ways = frozenset({",", "."})
BY_MACHINE = Writing(lambda: frozenset("."))  # Of a text that has no column: programs write a point.
REMEDY = "Write digits, such as 1234.50."
SAY_IT = "Say in the mapping which mark comes before the cents, as decimal: ',' or decimal: '.' of this value."
_AMOUNT = re.compile(
    r"(?P<before>(?:(?![.,]\d)[^\d(+-]*)?)(?P<open>\(?)\s*(?P<sign>[+-]?)\s*(?P<unit>(?:(?![.,]\d)[^\d(+\s-]*)?)\s*"
    r"(?P<number>(?:[.,](?=\d))?\d[\d., '’٬٫]*)(?P<exponent>[eE][+-]?\d+)?\s*\)?\s*(?P<after>\D*)"
)
_BLANKS = re.compile(r"[ '’]")
THOUSANDS = 3  # Digits between two marks; the last group of Indian ones, too.


class Amount(NamedTuple):
    """What one text says: the amount by its decimal mark, and the currency it names itself."""

    by_mark: dict[str, float]
    currency: str | None = None


def money(text: str, writing: Writing = BY_MACHINE) -> float:
    """1,234.50, 1.234,50, 1 234,50, ￥1234.5, 120万元, (35.00) for a negative one. Raises ValueRefused.

    >>> money("120.5万元"), money("1.250.000,50 €")
    (1205000.0, 1250000.5)
    """
    if len(text) > CELL_LENGTH_MAX:
        raise ValueRefused(f"{text[:20]!r} … is {len(text)} letters long: no amount", REMEDY)
    if not writing.declared and text.isascii() and is_plain(text):
        return _check_amount(text, float(text))
    by_mark = readings(text).by_mark
    for amount in by_mark.values():
        _check_amount(text, amount)
    values = possible_values(by_mark, writing)
    if len(values) == 1:
        return values.pop()
    if not by_mark:
        raise ValueRefused(f"{text!r} is no amount", REMEDY)
    if writing.declared:
        other_mark = "'.'" if "," in writing.ways() else "','"
        remedy = f"Write it so, or say decimal: {other_mark} in the mapping."
        raise ValueRefused(f"{text!r} is no amount with the decimal mark {' '.join(writing.ways())}", remedy)
    choices = " or ".join(f"{value:g}" for value in sorted(set(by_mark.values())))
    raise ValueRefused(f"{text!r} can be {choices}, and the column does not say which", SAY_IT, unsettled=True)


def _check_amount(text: str, amount: float) -> float:
    """The amount. Raises ValueRefused where nothing can be worth it, and a sum with it would be no number."""
    if not abs(amount) <= AMOUNT_MAX:
        raise ValueRefused(f"{text[:40]!r} is no amount: at most {AMOUNT_MAX:g}", REMEDY)
    return amount


def currency_in(text: str) -> str | None:
    """The currency that an amount names itself: 100 USD, €5, 3,50 zł; None where it names none."""
    return None if len(text) > CELL_LENGTH_MAX or (text.isascii() and is_plain(text)) else readings(text).currency


@lru_cache(maxsize=1 << 10)
def currency(text: str) -> str:
    """Three letters of ISO 4217, from the code or a usual word for it. Raises ValueRefused."""
    word = fold_text(text)
    code = _currency(word) or (word.upper() if re.fullmatch(r"[a-z]{3}", word) else None)  # Withdrawn ones, too.
    if code:
        return code
    raise ValueRefused(f"{text!r} is no currency", "Write three letters, such as CNY.")


@lru_cache(maxsize=1 << 15)
def readings(text: str) -> Amount:
    """The amount of a text by each mark that may be its decimal one; none where it is no amount."""
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not match or (bool(match["before"].strip()) and bool(match["unit"])):
        return Amount({})
    after, minus = _after_digits(match["after"])
    scale, unit = _scale_and_currency(match["before"] + match["unit"], after)
    if scale is None:
        return Amount({})
    sign = -1 if match["open"] or minus or match["sign"] == "-" else 1
    by_mark = _by_mark(match["number"].strip(), match["exponent"] or "")
    return Amount({mark: sign * scale * float(number) for mark, number in by_mark.items()}, unit)


def is_plain(text: str) -> bool:
    """Whether a text is digits with or without a point that no one takes for a thousands mark."""
    if text.isdigit():
        return True
    whole, point, decimals = text.partition(".")
    return (
        bool(point)
        and whole.isdigit()
        and decimals.isdigit()
        and (len(decimals) != THOUSANDS or len(whole) > THOUSANDS or whole == "0")
    )


def _by_mark(number: str, exponent: str) -> dict[str, str]:
    """Digits with a decimal point, by each mark that may be the decimal one in `number`."""
    number = number.replace("٬", ",").replace("٫", ".") if "٫" in number or "٬" in number else number
    digits_by_mark = {mark: _digits_by_marks(number, mark, "." if mark == "," else ",") for mark in MARKS}
    if exponent:
        return {
            mark: digits + exponent for mark, digits in digits_by_mark.items() if digits and _BLANKS.sub("", number) == digits
        }
    return {mark: digits for mark, digits in digits_by_mark.items() if digits}


def _digits_by_marks(number: str, decimal: str, thousands: str) -> str | None:
    """The number with `decimal` as its decimal mark; None where it cannot be one: groups of other than three digits."""
    whole, mark, cents = number.partition(decimal)
    if mark and not cents.isdigit():
        return None
    marks = set(re.findall(r"\D", whole))
    if len(marks) > 1 or not marks <= {thousands, " ", "'", "’"}:
        return None
    if marks and not _in_groups(re.split(r"\D", whole)):
        return None
    digits = re.sub(r"\D", "", whole)
    return f"{digits or 0}.{cents}" if mark else digits


def _in_groups(groups: list[str]) -> bool:
    """Whether digits stand in groups of three, or as in India of three at the end and of two before."""
    first, *middle, last = groups
    if len(last) != THOUSANDS or not first or first == "0":
        return False
    threes = len(first) <= THOUSANDS and all(len(group) == THOUSANDS for group in middle)
    return threes or (len(first) <= THOUSANDS - 1 and all(len(group) == THOUSANDS - 1 for group in middle))


def _after_digits(text: str) -> tuple[str, bool]:
    """What follows the digits, and whether a minus does, as some ledgers write it."""
    stripped = text.strip()
    return stripped.removeprefix("-").strip(), stripped.startswith("-")


def _scale_and_currency(before: str, after: str) -> tuple[float | None, str | None]:
    """What to multiply by, None for words that are neither a scale nor a currency; and the currency named on either side."""
    ahead, behind = fold_text(before).strip(" .:"), fold_text(after).strip(" ")
    unit = _currency(ahead)
    if ahead and not unit:
        return None, None
    scale, remainder = _scale(behind)
    trailing_currency = _currency(remainder.strip())
    return (scale, unit or trailing_currency) if not remainder.strip() or trailing_currency else (None, None)


def _scale(text: str) -> tuple[float, str]:
    """The scale that a text begins with, the longest there is, and what follows it."""
    for word, scale in _scales():
        if text.startswith(word) and not (word.isascii() and text[len(word) :][:1].isalpha()):
            return scale, text.removeprefix(word).lstrip(".")
    return 1.0, text


@cache
def _scales() -> list[tuple[str, float]]:
    scales = ((fold_text(word), float(scale)) for word, scale in words()["scale"].items())
    return sorted(scales, key=lambda scale_entry: -len(scale_entry[0]))


def _currency(word: str) -> str | None:
    return _currencies().get(word.strip("() ."))


@cache
def _currencies() -> dict[str, str]:
    """Codes of ISO 4217 in use, and words and signs for them."""
    codes = {code.lower(): code for code in words()["currency_codes"].split()}
    return codes | {fold_text(word): code for word, code in words()["currency"].items()}
