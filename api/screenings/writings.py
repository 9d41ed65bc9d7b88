"""One supplier's name in the ways it may be meant: without remarks, in one alphabet, its numbers written otherwise."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from resolution.records.firms import firm_name
from resolution.records.text import fold, is_han
from resolution.records.words import pairs

INVISIBLE = ("Cf", "Cc", "Cs", "Co", "Cn")
PICTURES = ("So", "Sk", "Mc", "Me")
QUOTES = re.compile(r'["“”„‟«»‹›『』「」《》〈〉*^~`´|＊•●★☆※_]+')
DOTS = re.compile(r"(?<=[\u3400-\u9fff])\s*[·・‧∙•。.．,，、;；:：!！?？]+\s*(?=[\u3400-\u9fff])")
ENDS = " \t-–—,;:/|·・。.．，、；：!！?？…#=+"
BRACKET = re.compile(r"[(\[{（【〔［｛]([^()\[\]{}（）【】〔〕［］｛｝]{1,120})[)\]}）】〕］｝]")
STARRED = re.compile(r"[*＊]{1,3}\s*([^*＊]{2,60}?)\s*[*＊]{1,3}(?=\s|$)")
TAIL = re.compile(r"[\s\-–—|/,;:]+(?=\S)")
DIGITS = "零一二三四五六七八九"
CHINESE_NUMBER = re.compile(r"(?<=第)[零〇一二三四五六七八九十百]+|[零〇一二三四五六七八九十百]+(?=[号期店厂分院校中小处队])")
PLAIN_NUMBER = re.compile(r"(?<=第)\d{1,3}(?!\d)|(?<!\d)\d{1,3}(?=[号期店厂分院校中小处队])")
DIGIT_LETTERS = str.maketrans("013458", "oleasb")
MIXED_WORD = re.compile(r"(?=\w*[^\W\d_])(?=\w*\d)\w{4,}")
OTHER_NAME_MIN = 4  # Characters of a bracket that may be the name in the other script.
SWAP_LETTERS_MIN = 5


class How(StrEnum):
    """How a writing came from the name as given."""

    GIVEN = "given"
    REMARK = "remark"
    BRACKET = "bracket"
    FORMER = "former"
    TRADING = "trading"
    LETTERS = "letters"
    SWAPPED = "swapped"


@dataclass(frozen=True)
class Writing:
    """One way to read a name. Only `GIVEN` and `REMARK` may be taken for the party without a person's look."""

    text: str
    how: How = How.GIVEN

    @property
    def exact(self) -> bool:
        """Whether nothing was read into the name."""
        return self.how in (How.GIVEN, How.REMARK)


def writings(name: str) -> tuple[Writing, ...]:
    """The name as given first, then what else it may mean; each text once.

    >>> [(one.text, one.how.value) for one in writings("Hengtai Ltd (formerly Ruida Ltd)")]
    [('Hengtai Ltd (formerly Ruida Ltd)', 'given'), ('Hengtai Ltd', 'remark'), ('Ruida Ltd', 'former')]
    """
    readings = [Writing(name.strip()), *_apart(cleaned(STARRED.sub(r"(\1)", name)))]
    readings += [Writing(_other_numbers(one.text), one.how) for one in readings]
    readings += [Writing(seen, How.LETTERS) for one in readings if (seen := look_alike(one.text)) != one.text]
    unique: dict[str, Writing] = {}
    for one in readings:
        if fold(one.text):
            unique.setdefault(one.text, one)
    return tuple(unique.values())


def cleaned(text: str) -> str:
    """Without invisible characters, pictures, quotation marks, and marks at its ends or between Chinese characters.

    >>> cleaned("“福州\u200b建安”有限公司。")
    '福州建安有限公司'
    """
    wide = unicodedata.normalize("NFKC", text)
    kinds = ((character, unicodedata.category(character)) for character in wide)
    seen = "".join(" " if kind in PICTURES else character for character, kind in kinds if kind not in INVISIBLE)
    return " ".join(DOTS.sub("", QUOTES.sub("", seen)).split()).strip(ENDS)


def look_alike(text: str) -> str:
    """Letters of other alphabets that look like Latin ones, and digits inside words, as Latin letters; else the text.

    Nothing is changed where a letter looks like none, or where no Latin letter stands: what is truly Russian stays Russian.

    >>> look_alike("Осеаn Hаrvеst Ltd"), look_alike("Москва")
    ('Ocean Harvest Ltd', 'Москва')
    """
    wide = unicodedata.normalize("NFKC", text)
    if not any(character.isascii() and character.isalpha() for character in wide):
        return text
    letters = pairs("lookalikes.csv")
    seen = "".join(_cased(letters.get(character) or letters.get(character.lower()), character) for character in wide)
    if not all(character.isascii() or not character.isalpha() for character in seen):
        return text
    return MIXED_WORD.sub(lambda found: found.group().translate(DIGIT_LETTERS), seen)


def swapped(name: str) -> Iterator[Writing]:
    """The name with two neighbouring characters exchanged back, one at a time; of Latin names, inside one word.

    Numbers stay: another number is another firm.
    """
    plain = cleaned(name)
    core = firm_name(plain)
    text, movable = (fold(plain), core.brand + core.industry) if core.han else (plain, plain)
    start = max(text.find(movable), 0)
    for at in range(start, start + len(movable) - 1):
        if _may_swap(text[at], text[at + 1]) and (core.han or _word_length(text, at) >= SWAP_LETTERS_MIN):
            yield Writing(text[:at] + text[at + 1] + text[at] + text[at + 2 :], How.SWAPPED)


def _may_swap(one: str, other: str) -> bool:
    return one != other and one.isalpha() and other.isalpha() and not {one, other} & set(DIGITS)


def _word_length(text: str, at: int) -> int:
    """Letters of the word that holds this place."""
    return next((len(found.group()) for found in re.finditer(r"\w+", text) if found.start() <= at < found.end()), 0)


def _apart(text: str) -> Iterator[Writing]:
    """The cleaned name, then the name without its brackets and what stands in them, then both sides of `trading as`."""
    yield Writing(text)
    rest = text
    for found in BRACKET.finditer(text):
        inside = found[1].strip(ENDS)
        if fold(inside) in _words("kept") or _is_region(inside):
            continue
        rest = " ".join(rest.replace(found.group(), " ").split()).strip(ENDS)
        yield from _bracket(rest, inside)
    yield from _parts(rest)
    tail = next((found for found in TAIL.finditer(rest) if fold(rest[found.end() :]) in _words("notes")), None)
    if tail and tail.start() and _behind_form(rest, tail):
        yield Writing(rest[: tail.start()].strip(ENDS), How.REMARK)


def _behind_form(text: str, tail: re.Match[str]) -> bool:
    """Whether a remark is parted from the name by more than a blank, or the name in front of it ends in its legal form."""
    return bool(tail.group().strip()) or bool(firm_name(text[: tail.start()]).form)


def _bracket(rest: str, inside: str) -> Iterator[Writing]:
    labelled = next(((how, told) for how in (How.FORMER, How.TRADING) if (told := _behind_label(inside, how.value))), None)
    if labelled:
        yield Writing(rest, How.REMARK)
        yield Writing(labelled[1], labelled[0])
    elif _is_remark(inside):
        yield Writing(rest, How.REMARK)
    elif is_han(inside) != is_han(rest) and len(inside) >= OTHER_NAME_MIN:
        yield Writing(rest, How.REMARK)
        yield Writing(inside, How.TRADING)
    else:
        yield Writing(rest, How.BRACKET)


def _parts(text: str) -> Iterator[Writing]:
    """Both sides of a label that stands in the name itself: `Foo Ltd t/a Bar`."""
    for how in (How.FORMER, How.TRADING):
        found = _label_pattern(how.value).search(text)
        if found and found.start() > 1 and text[found.end() :].strip(ENDS):
            yield Writing(text[: found.start()].strip(ENDS), How.REMARK)
            yield Writing(text[found.end() :].strip(ENDS), how)


def _behind_label(text: str, kind: str) -> str:
    found = _label_pattern(kind).match(text)
    return text[found.end() :].strip(ENDS) if found else ""


def _is_remark(inside: str) -> bool:
    folded = fold(inside)
    if is_han(folded):
        return any(word in folded if len(word) > 1 else word == folded for word in _words("notes") if is_han(word))
    padded = f" {folded} "
    return any(f" {word} " in padded for word in _words("notes"))


def _is_region(inside: str) -> bool:
    return bool(firm_name(f"{inside}某某有限公司").regions) if is_han(inside) else False


def _other_numbers(text: str) -> str:
    """Chinese numerals in a series as digits, or where there are none digits as Chinese numerals."""
    plain = CHINESE_NUMBER.sub(lambda found: _as_digits(found.group()), text)
    return plain if plain != text else PLAIN_NUMBER.sub(lambda found: _as_chinese(int(found.group())), text)


def _as_digits(numeral: str) -> str:
    """三 is 3, 十二 is 12, 二十 is 20, 一百零五 is 105."""
    total, unit = 0, 0
    for character in numeral.replace("〇", "零"):
        if character in "十百":
            total, unit = total + (unit or 1) * (10 if character == "十" else 100), 0
        else:
            unit = unit * 10 + DIGITS.index(character) if unit else DIGITS.index(character)
    return str(total + unit)


def _as_chinese(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{DIGITS[hundreds]}百" if hundreds else ""
    gap = "零" if hundreds and not tens and ones else ""
    middle = f"{DIGITS[tens] if tens > 1 or hundreds else ''}十" if tens else ""
    return head + gap + middle + (DIGITS[ones] if ones or not number else "")


def _cased(latin: str | None, character: str) -> str:
    if latin is None:
        return character
    return latin.upper() if character.isupper() else latin


@cache
def _label_pattern(kind: str) -> re.Pattern[str]:
    labels = sorted(_table()[kind], key=len, reverse=True)
    latin = "|".join(re.escape(label).replace(r"\ ", r"[\s./]*") for label in labels if not is_han(label))
    han = "|".join(re.escape(label) for label in labels if is_han(label))
    return re.compile(rf"(?:(?<!\w)(?:{latin})\.?(?!\w)|{han})[\s:：.]*", re.IGNORECASE)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _table()[kind])


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(files("api.screenings").joinpath("notes.yaml").read_text("utf-8"))
    return table
