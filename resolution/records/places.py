"""Countries and states by any of their names."""

import csv
from functools import cache
from importlib.resources import files


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
    found: dict[str, str] = {}
    for row in _rows("countries.csv"):
        for name in (row["code"], row["alpha3"], *row["names"].split("|")):
            found[_plain(name)] = row["code"]
    return found


@cache
def _states() -> dict[str, str]:
    return {name: row["code"] for row in _rows("states_us.csv") for name in (row["code"], row["name"])}


def _rows(name: str) -> list[dict[str, str]]:
    text = files("resolution.records").joinpath("words", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
