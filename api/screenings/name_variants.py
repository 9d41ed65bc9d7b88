"""One supplier's name in the ways it may be meant: without remarks, in one alphabet, its numbers written otherwise."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from ontology.documents import read_yaml
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


class VariantOrigin(StrEnum):
    """How a variant came from the name as given."""

    GIVEN = "given"
    REMARK = "remark"
    BRACKET = "bracket"
    FORMER = "former"
    TRADING = "trading"
    LETTERS = "letters"
    SWAPPED = "swapped"


@dataclass(frozen=True)
class NameVariant:
    """One reading of a name. Only `GIVEN` and `REMARK` may be taken for the party without a person's look."""

    text: str
    origin: VariantOrigin = VariantOrigin.GIVEN

    @property
    def exact(self) -> bool:
        """Whether nothing was read into the name."""
        return self.origin in (VariantOrigin.GIVEN, VariantOrigin.REMARK)


def name_variants(name: str) -> tuple[NameVariant, ...]:
    """The name as given first, then what else it may mean; each text once.

    >>> [(variant.text, variant.origin.value) for variant in name_variants("Hengtai Ltd (formerly Ruida Ltd)")]
    [('Hengtai Ltd (formerly Ruida Ltd)', 'given'), ('Hengtai Ltd', 'remark'), ('Ruida Ltd', 'former')]
    """
    readings = [NameVariant(name.strip()), *_apart(clean_name(STARRED.sub(r"(\1)", name)))]
    readings += [NameVariant(_other_numbers(variant.text), variant.origin) for variant in readings]
    readings += [
        NameVariant(latin, VariantOrigin.LETTERS) for variant in readings if (latin := look_alike(variant.text)) != variant.text
    ]
    unique: dict[str, NameVariant] = {}
    for variant in readings:
        if fold(variant.text):
            unique.setdefault(variant.text, variant)
    return tuple(unique.values())


def clean_name(text: str) -> str:
    """Without invisible characters, pictures, quotation marks, and marks at its ends or between Chinese characters.

    >>> clean_name("“福州\u200b建安”有限公司。")
    '福州建安有限公司'
    """
    wide = unicodedata.normalize("NFKC", text)
    kinds = ((character, unicodedata.category(character)) for character in wide)
    visible = "".join(" " if kind in PICTURES else character for character, kind in kinds if kind not in INVISIBLE)
    return " ".join(DOTS.sub("", QUOTES.sub("", visible)).split()).strip(ENDS)


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
    latin = "".join(_cased(letters.get(character) or letters.get(character.lower()), character) for character in wide)
    if not all(character.isascii() or not character.isalpha() for character in latin):
        return text
    return MIXED_WORD.sub(lambda word: word.group().translate(DIGIT_LETTERS), latin)


def swap_variants(name: str) -> Iterator[NameVariant]:
    """The name with two neighbouring characters exchanged back, one at a time; of Latin names, inside one word.

    Numbers stay: another number is another firm.
    """
    plain = clean_name(name)
    core = firm_name(plain)
    text, movable = (fold(plain), core.brand + core.industry) if core.han else (plain, plain)
    start = max(text.find(movable), 0)
    for place in range(start, start + len(movable) - 1):
        if _may_swap(text[place], text[place + 1]) and (core.han or _word_length(text, place) >= SWAP_LETTERS_MIN):
            yield NameVariant(text[:place] + text[place + 1] + text[place] + text[place + 2 :], VariantOrigin.SWAPPED)


def _may_swap(left: str, right: str) -> bool:
    return left != right and left.isalpha() and right.isalpha() and not {left, right} & set(DIGITS)


def _word_length(text: str, at: int) -> int:
    """Letters of the word that holds this place."""
    return next((len(word.group()) for word in re.finditer(r"\w+", text) if word.start() <= at < word.end()), 0)


def _apart(text: str) -> Iterator[NameVariant]:
    """The cleaned name, then the name without its brackets and what stands in them, then both sides of `trading as`."""
    yield NameVariant(text)
    name = text
    for bracket in BRACKET.finditer(text):
        inside = bracket[1].strip(ENDS)
        if fold(inside) in _words("kept") or _is_region(inside):
            continue
        name = " ".join(name.replace(bracket.group(), " ").split()).strip(ENDS)
        yield from _bracket(name, inside)
    yield from _parts(name)
    tail = next((note for note in TAIL.finditer(name) if fold(name[note.end() :]) in _words("notes")), None)
    if tail and tail.start() and _behind_form(name, tail):
        yield NameVariant(name[: tail.start()].strip(ENDS), VariantOrigin.REMARK)


def _behind_form(text: str, tail: re.Match[str]) -> bool:
    """Whether a remark is parted from the name by more than a blank, or the name in front of it ends in its legal form."""
    return bool(tail.group().strip()) or bool(firm_name(text[: tail.start()]).form)


def _bracket(name: str, inside: str) -> Iterator[NameVariant]:
    labelled_name = next(
        (
            (origin, labelled)
            for origin in (VariantOrigin.FORMER, VariantOrigin.TRADING)
            if (labelled := _behind_label(inside, origin.value))
        ),
        None,
    )
    if labelled_name:
        yield NameVariant(name, VariantOrigin.REMARK)
        yield NameVariant(labelled_name[1], labelled_name[0])
    elif _is_remark(inside):
        yield NameVariant(name, VariantOrigin.REMARK)
    elif is_han(inside) != is_han(name) and len(inside) >= OTHER_NAME_MIN:
        yield NameVariant(name, VariantOrigin.REMARK)
        yield NameVariant(inside, VariantOrigin.TRADING)
    else:
        yield NameVariant(name, VariantOrigin.BRACKET)


def _parts(text: str) -> Iterator[NameVariant]:
    """Both sides of a label that stands in the name itself: `Foo Ltd t/a Bar`."""
    for origin in (VariantOrigin.FORMER, VariantOrigin.TRADING):
        label = _label_pattern(origin.value).search(text)
        if label and label.start() > 1 and text[label.end() :].strip(ENDS):
            yield NameVariant(text[: label.start()].strip(ENDS), VariantOrigin.REMARK)
            yield NameVariant(text[label.end() :].strip(ENDS), origin)


def _behind_label(text: str, kind: str) -> str:
    label = _label_pattern(kind).match(text)
    return text[label.end() :].strip(ENDS) if label else ""


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
    plain = CHINESE_NUMBER.sub(lambda number: _as_digits(number.group()), text)
    return plain if plain != text else PLAIN_NUMBER.sub(lambda number: _as_chinese(int(number.group())), text)


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
    hundreds, below_hundred = divmod(number, 100)
    tens, units = divmod(below_hundred, 10)
    head = f"{DIGITS[hundreds]}百" if hundreds else ""
    gap = "零" if hundreds and not tens and units else ""
    middle = f"{DIGITS[tens] if tens > 1 or hundreds else ''}十" if tens else ""
    return head + gap + middle + (DIGITS[units] if units or not number else "")


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
    table: dict[str, Any] = read_yaml(files("api.screenings").joinpath("notes.yaml").read_text("utf-8"))
    return table
