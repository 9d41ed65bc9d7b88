"""One spelling for many: width, case, script variants, diacritics, other alphabets, and how Han characters sound."""

import re
import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from resolution.records.words import pairs, rows

NONE: frozenset[str] = frozenset()  # One for all: each empty set of its own takes 216 bytes, and most records have several.
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ebef]")
APOSTROPHES = re.compile(r"['’‘ʼ`´\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")  # And what nobody sees: soft hyphens, joiners.
SEPARATORS = re.compile(r"(?<=[0-9a-z])[^\w()&+]+(?=[0-9a-z])")  # Between Latin letters or digits: `abc 公司`, `3-5号`.
NOT_SIGN = re.compile(r"[^\w()&+ \u3099\u309a]|_")  # Marks, blanks and invisible characters say nothing beside Han.
NOT_WORD = re.compile(r"(?:[^\w\u0900-\u0963\u0971-\u1049\u1780-\u17d3]|_)+")  # Vowel signs of Indic scripts are no gaps.
KEPT_MARKS = {0, 7, 8, 9}  # Combining classes that are, or make, letters of their own: nukta, kana voicing, virama.
GAP_OF_LETTERS = re.compile(r"(?<=[a-z])\0(?=[a-z])|(?<=\d)\0(?=\d)")
U_UMLAUT = re.compile(r"([ln])(?:v|yu)")
WORDS, LATIN = re.compile(r"[^\W\d_]+"), re.compile(r"[a-zA-Z]")
FOREIGN = re.compile(r"[\u0370-\u058f]")  # Greek, Cyrillic, Armenian: alphabets with letters that look Latin.
CYRILLIC, GREEK = range(0x400, 0x530), range(0x370, 0x400)
WORD_LENGTHS = (2, 3, 4)
SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@lru_cache(maxsize=1 << 18)
def fold(text: str) -> str:
    """The spelling two writings of one name share: width, case, traditional Han, diacritics, Cyrillic and Greek letters.

    Words are parted by single spaces; Han is written without spaces between its characters.

    >>> fold("Müllenkranz & Söhne"), fold("華為技術（中國）有限公司")
    ('mullenkranz and sohne', '华为技术(中国)有限公司')
    """
    if text.isascii():
        return fold_latin(text)
    wide = unicodedata.normalize("NFKC", text).strip()
    if not is_han(wide):
        return fold_latin(wide)
    folded = _fold_han(wide)
    return folded if is_han(folded) else fold_latin(folded)  # Signs that Unicode keeps free for Han fall away.


def fold_latin(text: str) -> str:
    """Lower-case words of letters and digits; every other mark is a gap, an apostrophe nothing."""
    if text.isascii():
        plain = text.lower()
        if plain.replace(" ", "").isalnum():
            return " ".join(plain.split())
    else:
        wide = unicodedata.normalize("NFKC", unmasked(text)).lower().translate(SPECIAL)
        plain = _strip(wide).translate(_letters())
    return NOT_WORD.sub(" ", APOSTROPHES.sub("", plain.replace("&", " and "))).strip()


def unmasked(text: str) -> str:
    """The text with look-alike letters of another alphabet put right in each word that mixes alphabets.

    A word becomes Latin where all its foreign letters look Latin, else what the others are where all its Latin letters look so.
    Once a word was made Latin, words of look-alikes alone are Latin, too.
    Source of the letters: Unicode Technical Standard 39, confusables.

    >>> unmasked("Осeаn Вау Ltd"), unmasked("ООО Beктор")
    ('Ocean Bay Ltd', 'ООО Вектор')
    """
    if FOREIGN.search(text) is None or LATIN.search(text) is None:
        return text
    unified = WORDS.sub(lambda word: _of_one_alphabet(word[0]), text)
    was_masked = any(_mixes(word) and not FOREIGN.search(_as_latin(word)) for word in WORDS.findall(text))
    return WORDS.sub(lambda word: _as_latin(word[0], word[0]), unified) if was_masked else unified


def _of_one_alphabet(word: str) -> str:
    if not _mixes(word):
        return word
    if not FOREIGN.search(latin := _as_latin(word)):
        return latin
    return next((translated for table in _look_alikes_of_latin() if not LATIN.search(translated := word.translate(table))), word)


def _mixes(word: str) -> bool:
    return FOREIGN.search(word) is not None and LATIN.search(word) is not None


def _as_latin(word: str, otherwise: str | None = None) -> str:
    """The word with its look-alikes in Latin letters; `otherwise` where some letter looks like none."""
    latin = word.translate(_look_alikes())
    return latin if otherwise is None or not FOREIGN.search(latin) else otherwise


def unmarked(text: str) -> str:
    """Lower-case letters of any alphabet without marks, and without dots and blanks around them: how word lists are looked up.

    >>> unmarked("Févr.")
    'fevr'
    """
    return text.lower().strip(" .") if text.isascii() else _unmarked(text)


@lru_cache(maxsize=1 << 12)
def _unmarked(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize(
        "NFC", "".join(character for character in decomposed if not unicodedata.combining(character))
    ).strip(" .")


def is_han(text: str) -> bool:
    """Whether any character is Han."""
    return HAN.search(text) is not None


def is_latin(folded: str) -> bool:
    """Whether a folded text is written in a-z and digits only: nothing of it was left unread."""
    return folded.isascii()


def simplified(text: str) -> str:
    """Traditional Han as simplified, by phrase."""
    converted: str = _converter().convert(text)
    return converted


@lru_cache(maxsize=1 << 17)
def sound(han: str) -> str:
    """Pinyin without tones or spaces; characters with several readings are read as the word they stand in is.

    >>> sound("长安")
    'changan'
    """
    return "".join(syllables(han))


def syllables(han: str) -> list[str]:
    """Pinyin without tones, one entry a Han character; what is not Han stays as it is.

    Words are looked up only where some part of the text is one: that is ten times faster, and says the same.
    """
    heads = _word_heads()
    if any(_begins_word(han[index:]) for index in range(len(han) - 1) if han[index : index + 2] in heads):
        from pypinyin import lazy_pinyin

        return [str(syllable) for syllable in lazy_pinyin(han)]
    return [_syllable(character) for character in han]


@lru_cache(maxsize=1 << 15)
def _syllable(character: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character)[0])


def _begins_word(han: str) -> bool:
    words = _words()
    return any(han[:length] in words for length in WORD_LENGTHS)


@cache
def _words() -> Collection[str]:
    from pypinyin.constants import PHRASES_DICT

    words: Collection[str] = PHRASES_DICT
    return words


@cache
def _word_heads() -> frozenset[str]:
    return frozenset(word[:2] for word in _words())


def plain_u(sound: str) -> str:
    """A sound with ü written u: typists write it v, passports yu (GB/T 28039), everybody else u.

    >>> plain_u("lvyuan"), plain_u("lyuyuan"), plain_u("nyuwa")
    ('luyuan', 'luyuan', 'nuwa')
    """
    return U_UMLAUT.sub(r"\1u", sound)


def _fold_han(text: str) -> str:
    plain = simplified(text).lower().translate(BRACKETS)
    tight = NOT_SIGN.sub("", SEPARATORS.sub(" ", plain)).replace(" ", "\0")
    tight = GAP_OF_LETTERS.sub(" ", tight).replace("\0", "")
    return unicodedata.normalize("NFC", tight)  # A gap that went may join a mark.


def _strip(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if unicodedata.combining(c) in KEPT_MARKS))


BRACKETS = str.maketrans("[]{}〔〕【】", "()" * 4, "〈〉《》「」『』")  # Quotes say nothing; brackets hold a region or a form.


@cache
def _letters() -> dict[int, str]:
    """Letters in Latin; those that no table of sounds has, by what they look like."""
    return {letter: latin.lower() for letter, latin in _look_alikes().items()} | str.maketrans(pairs("cyrillic.csv"))


@cache
def _look_alikes() -> dict[int, str]:
    return {ord(letter): latin for letter, latin in rows("look_alikes_strict.csv")}


@cache
def _look_alikes_of_latin() -> tuple[dict[int, str], ...]:
    """Latin letters as Cyrillic and as Greek ones."""
    return tuple(
        {ord(latin): letter for letter, latin in reversed(rows("look_alikes_strict.csv")) if ord(letter) in block}
        for block in (CYRILLIC, GREEK)
    )


@cache
def _converter():  # type: ignore[no-untyped-def]  # opencc carries no types.
    return script_converter("t2s")


def script_converter(config: str) -> Any:
    """OpenCC by one of its own tables, named by its full path: it would take a file of that name in the working folder."""
    import opencc

    config_file = Path(opencc.__file__).parent / "clib" / "share" / "opencc" / f"{config}.json"
    return opencc.OpenCC(str(config_file) if config_file.is_file() else config)
