"""How names written in Han signs or Hangul are spelled in Latin letters elsewhere: Wade-Giles, Hong Kong, Japanese, Korean.

Pinyin is read in `persons.py`. A reading is a text that both writings of one name give: it proposes, and speaks for a name
where a day of birth or more agrees. Readings of Han signs are data of two libraries: cantonese-romanisation (spellings of the
Hong Kong Government) and japanese-personal-name-dataset (surnames and given names with their readings).
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice, product

from resolution.records.persons import PersonName, han_sounds
from resolution.records.skeletons import skeleton
from resolution.records.syllables import sino
from resolution.records.text import plain_u, simplified

READINGS_MAX = 16  # Of one name in one language: signs with several readings multiply.
HANGUL = re.compile(r"[\uac00-\ud7a3]+")
HANGUL_FIRST = 0xAC00
HANGUL_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
HANGUL_VOWELS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
HANGUL_FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l",
    "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
# Surnames of Korea of two syllables, and those whose usual Latin spelling keeps, or gained, a letter. Source: usage on passports.
KOREAN_PAIRS = frozenset(("남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방"))
KOREAN_SPELLINGS = {
    "이": ("i", "li"), "임": ("im", "lim"), "유": ("yu", "lyu"), "양": ("yang", "lyang"), "노": ("no", "lo"), "나": ("na", "la"),
    "여": ("yeo", "lyeo"), "염": ("yeom", "lyeom"), "박": ("pak", "park"), "정": ("jeong",), "최": ("choe",), "우": ("u", "woo"),
}  # fmt: skip
KOREAN_VOWELS = {"a": "a", "aa": "a", "ae": "e", "ai": "e", "e": "e", "ei": "e", "i": "i", "ee": "i", "ie": "i", "": "i"}
KOREAN_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ng", "G"),
        ("ch|[jcz]+", "C"),
        ("sh|s+", "S"),
        ("[kgq]+", "K"),
        ("[td]+", "T"),
        ("[pbf]+", "P"),
        ("[lr]+", "L"),
        ("(?<![aeiouyw])h|h(?![aeiouyw])", ""),
    )
)
VOWELS = re.compile("[aeiouyw]+")
LONG_VOWELS = re.compile(r"ou|oo|uu|oh(?![aeiou])")


@lru_cache(maxsize=1 << 16)
def readings_of_signs(text: str, family: str) -> frozenset[str]:
    """Readings of a name in Han signs or Hangul; family: its surname, where that is known.

    >>> sorted(readings_of_signs("张小明", "张") & readings_of_letters(("chang", "hsiao", "ming")))
    ['zh:Cang-Xiao-Ming', 'zh:Xiao-Ming-Cang']
    >>> bool(readings_of_signs("田中太郎", "田") & readings_of_letters(("tanaka", "taro")))
    True
    >>> bool(readings_of_signs("김덕일", "") & readings_of_letters(("kim", "dok", "il")))
    True
    """
    if HANGUL.fullmatch(text):
        return frozenset(f"ko:{_korean_sound(spelling)}" for spelling in _korean(text))
    return frozenset((*_mandarin(text, family), *_cantonese(text), *(f"ja:{spelling}" for spelling in _japanese(text))))


@lru_cache(maxsize=1 << 16)
def readings_of_letters(words: tuple[str, ...]) -> frozenset[str]:
    """Readings that a name in Latin letters may be the spelling of, whichever word the surname is."""
    orders = {"".join(order) for order in ((words), (words[-1:] + words[:-1]), (words[1:] + words[:1]))}
    readings = {f"{language}:{normalise(compact)}" for compact in orders for language, normalise in SPELLING_RULES.items()}
    return frozenset(readings | {f"zh:{classes}" for compact in orders if (classes := sino(compact))})


def written_in_signs(name: PersonName) -> bool:
    """Whether a name is written in Han signs or Hangul, of which Latin spellings are known."""
    return name.han or HANGUL.fullmatch(name.text.replace(" ", "")) is not None


def read_alike(left: PersonName, right: PersonName) -> bool:
    """Whether one name in signs and one in Latin letters have a reading in common."""
    signs, letters = (left, right) if written_in_signs(left) else (right, left)
    if not written_in_signs(signs) or written_in_signs(letters) or not letters.readable:
        return False
    of_signs = readings_of_signs(signs.text.replace(" ", ""), signs.family if signs.han else "")
    return not of_signs.isdisjoint(readings_of_letters(letters.tokens))


def surname_outlines(text: str, family: str) -> frozenset[str]:
    """Rough sounds (`skeletons.py`) of the surname of a name in signs, as its Latin spellings begin or end."""
    if HANGUL.fullmatch(text):
        length = 2 if text[:2] in KOREAN_PAIRS else 1
        return frozenset(skeleton(spelling) for spelling in _korean_surnames(text[:length]))
    cantonese = _hong_kong().get(family, ())
    japanese = (spelling for n in (1, 2, 3) for spelling in _japanese_surnames().get(text[:n], ()))
    return frozenset(skeleton(spelling) for spelling in (*cantonese, *japanese))


def _mandarin(text: str, family: str) -> Iterable[str]:
    """Wade-Giles and pinyin as one (`syllables.py`)."""
    return (f"zh:{classes}" for spelling in han_sounds(family, text.removeprefix(family)) if (classes := sino(spelling)))


def _cantonese(text: str) -> Iterable[str]:
    spellings_by_sign = [_hong_kong().get(sign, ()) for sign in text]
    return (f"yue:{''.join(spelling)}" for spelling in islice(product(*spellings_by_sign), READINGS_MAX))


def _japanese(text: str) -> Iterable[str]:
    splits = ((text[:n], text[n:]) for n in range(1, len(text)))
    surnames, given_names = _japanese_surnames(), _japanese_given()
    pairs = (pair for family, given_name in splits for pair in product(surnames.get(family, ()), given_names.get(given_name, ())))
    return ("".join(pair) for pair in islice(pairs, READINGS_MAX))


def _korean(text: str) -> Iterable[str]:
    length = 2 if text[:2] in KOREAN_PAIRS else 1
    given_name = "".join(map(_syllable, text[length:]))
    return [surname + given_name for surname in _korean_surnames(text[:length])]


def _korean_surnames(surname: str) -> tuple[str, ...]:
    plain = "".join(map(_syllable, surname))
    hard = {"g": "k", "d": "t", "b": "p", "j": "ch", "r": "l"}.get(plain[:1], plain[:1]) + plain[1:]
    return tuple(dict.fromkeys((*KOREAN_SPELLINGS.get(surname, ()), plain, hard)))


def _syllable(sign: str) -> str:
    """A syllable of Hangul in Latin letters, by its parts. Source: Unicode, Hangul syllable decomposition."""
    initial, remainder = divmod(ord(sign) - HANGUL_FIRST, len(HANGUL_VOWELS) * len(HANGUL_FINALS))
    vowel, final = divmod(remainder, len(HANGUL_FINALS))
    return HANGUL_INITIALS[initial] + HANGUL_VOWELS[vowel] + HANGUL_FINALS[final]


def _korean_sound(spelling: str) -> str:
    """Classes of sounds that the Revised Romanization, McCune-Reischauer and passports write differently."""
    for pattern, sound in KOREAN_SOUNDS:
        spelling = pattern.sub(sound, spelling)
    return VOWELS.sub(lambda match: KOREAN_VOWELS.get(match[0].replace("y", "").replace("w", ""), "o"), spelling)


def _short(spelling: str) -> str:
    """Japanese with long vowels written short, as most Latin spellings are."""
    return LONG_VOWELS.sub(lambda match: "u" if match[0] == "uu" else "o", spelling)


SPELLING_RULES = {"yue": plain_u, "ja": _short, "ko": _korean_sound}


@cache
def _hong_kong() -> dict[str, tuple[str, ...]]:
    """Simplified Han sign -> its spellings in Hong Kong."""
    from cantoroman import Cantonese

    spellings_by_sign: dict[str, dict[str, None]] = {}
    for sign, spellings in Cantonese().charToRoman.items():
        for key in (sign, simplified(sign)):
            spellings_by_sign.setdefault(key, {}).update(dict.fromkeys(spellings))
    return {sign: tuple(spellings) for sign, spellings in spellings_by_sign.items()}


@cache
def _japanese_surnames() -> dict[str, tuple[str, ...]]:
    from japanese_personal_name_dataset import load_dataset

    names = load_dataset("org", include_last_names=True)[2]
    return _by_signs((kanji, entry["en"]) for kanji, entry in names.items())


@cache
def _japanese_given() -> dict[str, tuple[str, ...]]:
    from japanese_personal_name_dataset import load_dataset

    return _by_signs(
        (kanji, entry["en"]) for names in load_dataset("org") for entry in names.values() for kanji in entry["kanji"]
    )


def _by_signs(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Signs as names are folded -> their readings, long vowels short."""
    readings_by_signs: dict[str, dict[str, None]] = {}
    for kanji, spelling in rows:
        readings_by_signs.setdefault(simplified(kanji), {})[_short(spelling.lower())] = None
    return {kanji: tuple(spellings) for kanji, spellings in readings_by_signs.items()}
