"""Countries and states by any of their names."""

from functools import cache, lru_cache

from resolution.records.text import unmarked
from resolution.records.words import rows


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


def state_code(text: str) -> str | None:
    """Postal code of a US state, in lower case, by its code or name; None where it is not one."""
    return _states().get(_plain(text))


def scope_code(text: str) -> str:
    """The issuer's place as one spelling: a country, else a state, else the text itself in upper case.

    >>> scope_code("USA"), scope_code("España"), scope_code("Texas"), scope_code("shop.example")
    ('US', 'ES', 'TX', 'SHOP.EXAMPLE')
    """
    return (country_of(text) or state_code(text) or text.strip()).upper()


def _plain(text: str) -> str:
    return text.strip().lower()


@cache
def _countries() -> dict[str, str]:
    return {_plain(name): row[0] for row in rows("countries.csv") for name in (*row[:2], *row[2].split("|"))}


@cache
def _country_words() -> dict[str, str]:
    return {name: code for code, names in rows("country_words.csv") for name in (code, *names.split("|"))}


@cache
def _states() -> dict[str, str]:
    return {name: row[0] for row in rows("states_us.csv") for name in row}
