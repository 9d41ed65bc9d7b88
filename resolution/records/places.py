"""Countries and states by any of their names."""

from functools import cache

from resolution.records.words import rows


def country_code(text: str) -> str | None:
    """ISO 3166-1 alpha-2 in lower case of a code or name; None where it is not a country.

    >>> country_code("CAN"), country_code("Germany"), country_code("Texas")
    ('ca', 'de', None)
    """
    return _countries().get(_plain(text))


def state_code(text: str) -> str | None:
    """Postal code of a US state, in lower case, by its code or name; None where it is not one."""
    return _states().get(_plain(text))


def scope_code(text: str) -> str:
    """The issuer's place as one spelling: a country, else a state, else the text itself in upper case.

    >>> scope_code("USA"), scope_code("Texas"), scope_code("shop.example")
    ('US', 'TX', 'SHOP.EXAMPLE')
    """
    return (country_code(text) or state_code(text) or text.strip()).upper()


def _plain(text: str) -> str:
    return text.strip().lower()


@cache
def _countries() -> dict[str, str]:
    return {_plain(name): row[0] for row in rows("countries.csv") for name in (*row[:2], *row[2].split("|"))}


@cache
def _states() -> dict[str, str]:
    return {name: row[0] for row in rows("states_us.csv") for name in row}
