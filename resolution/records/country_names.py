"""Countries and states by any of their names."""

import re
from functools import cache, lru_cache
from itertools import chain

from resolution.records.text import unmarked
from resolution.records.words import rows

FORMER = "former"
CODE_MAX = 3  # Letters.
NO_RELATION = ("", frozenset[str]())
_SUBDIVISION = re.compile(r"(?<=^[a-z]{2})[-_][a-z0-9]{1,3}$")  # ISO 3166-2, also as registers write it: us_de.


def country_code(text: str) -> str | None:
    """ISO 3166-1 alpha-2 in lower case of a code or name; None where it is not a country.

    >>> country_code("CAN"), country_code("Germany"), country_code("Texas")
    ('ca', 'de', None)
    """
    return _countries().get(_plain(text))


def country_of(text: str) -> str | None:
    """As `country_code`, in any of the languages of `country_words.csv`, with or without marks, dots and an article.

    >>> country_of("Vereinigtes Königreich"), country_of("俄罗斯"), country_of("U.S.A."), country_of("Atlantis")
    ('gb', 'ru', 'us', None)
    """
    return country_code(text) or _country_of(text)


@lru_cache(maxsize=1 << 12)
def _country_of(text: str) -> str | None:
    word = unmarked(text)
    plain = word.replace(".", "").replace("&", "and").removeprefix("the ")
    code = _code_by_word(word) or _code_by_word(plain)
    return code if code or not plain.endswith(")") else _in_brackets(*plain[:-1].split(" (", 1))


def _in_brackets(name: str, bracketed: str = "") -> str | None:
    """Germany (Federal Republic of), Great Britain (UK): but Congo (Kinshasa) is not the Congo that bears the bare name."""
    return _code_by_word(f"{bracketed} {name}") or (
        _code_by_word(name) if _code_by_word(name) == _code_by_word(bracketed) else None
    )


def _code_by_word(word: str) -> str | None:
    return country_code(word) or _country_words().get(word)


def country_label(code: str) -> str:
    """The name that people know a country by, in English; the code itself where it is none.

    >>> country_label("ru"), country_label("gb"), country_label("xx")
    ('Russia', 'United Kingdom', 'xx')
    """
    return _labels().get(_plain(code), code)


def state_code(text: str) -> str | None:
    """Postal code of a US state, in lower case, by its code or name; None where it is not one."""
    return _states().get(_plain(text))


def scope_code(text: str) -> str:
    """The issuer's place as one spelling: a country, else a state, else the text itself in upper case.

    >>> scope_code("USA"), scope_code("España"), scope_code("Texas"), scope_code("shop.example")
    ('US', 'ES', 'TX', 'SHOP.EXAMPLE')
    """
    return (country_of(text) or state_code(text) or text.strip()).upper()


@lru_cache(maxsize=1 << 12)
def comparable_country(text: str) -> str | None:
    """The country of a code, name or code of a part of it, a renamed one under its present code; None where it is none.

    >>> comparable_country("DEU"), comparable_country("us_de"), comparable_country("zr"), comparable_country("su")
    ('de', 'us', 'cd', 'su')
    """
    plain = _plain(text)
    code = plain if plain in _relations() else country_of(text) or country_of(_SUBDIVISION.sub("", plain))
    if code is None:
        return None
    relation, countries = _relations().get(code, ("", frozenset[str]()))
    return min(countries) if relation == FORMER and len(countries) == 1 else code


def may_be_one_country(code: str, other_code: str) -> bool:
    """Whether one code is of a former country that the other followed, or of a territory of the other.

    >>> may_be_one_country("su", "ua"), may_be_one_country("cn", "hk"), may_be_one_country("ru", "ua")
    (True, True, False)
    """
    return other_code in _relations().get(code, NO_RELATION)[1] or code in _relations().get(other_code, NO_RELATION)[1]


@cache
def country_names() -> tuple[tuple[str, str], ...]:
    """Every name of a country that is longer than a code, with the code."""
    named = chain(_country_words().items(), _countries().items())
    return tuple((name, code) for name, code in named if len(name) > CODE_MAX or not name.isascii())


def _plain(text: str) -> str:
    return text.strip().lower()


@cache
def _countries() -> dict[str, str]:
    return {_plain(name): row[0] for row in rows("countries.csv") for name in (*row[:2], *row[2].split("|"))}


@cache
def _labels() -> dict[str, str]:
    return {row[0]: row[2].partition("|")[0] for row in rows("countries.csv")}


@cache
def _country_words() -> dict[str, str]:
    return {name: code for code, names in rows("country_words.csv") for name in (code, *names.split("|"))}


@cache
def _relations() -> dict[str, tuple[str, frozenset[str]]]:
    """Code -> whether it is of a former country or of a part of one, and the countries that followed it or that it is part of."""
    return {code: (relation, frozenset(countries.split("|"))) for code, relation, countries in rows("country_relations.csv")}


@cache
def _states() -> dict[str, str]:
    return {name: row[0] for row in rows("states_us.csv") for name in row}
