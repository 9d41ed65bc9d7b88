"""The word lists that names and addresses of the sample region are made of; see SOURCES.md."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Industry:
    """What a firm does; `tier` 0 raw goods, 1 parts, 2 finished goods, 3 services."""

    zh: str
    en: str
    short_en: str
    goods: str
    hs_code: str
    tier: int
    unit: str


@dataclass(frozen=True, slots=True)
class Street:
    """A street and its district, in Chinese and English."""

    zh: str
    en: str
    district_zh: str
    district_en: str


@dataclass(frozen=True, slots=True)
class Town:
    """A town and its province, as an address names them."""

    province: str
    town: str
    en: str


@dataclass(frozen=True, slots=True)
class Words:
    """All lists, read once. Characters stand with their reading."""

    surnames: tuple[tuple[str, str], ...]
    surname_weights: tuple[float, ...]
    given_names: tuple[tuple[str, str], ...]
    brands: tuple[tuple[str, str], ...]
    industries: tuple[Industry, ...]
    streets: tuple[Street, ...]
    agencies: tuple[tuple[str, str], ...]
    towns: tuple[Town, ...]

    def industry(self, zh: str) -> Industry:
        """The industry of that Chinese name."""
        return next(industry for industry in self.industries if industry.zh == zh)


@cache
def words() -> Words:
    """Every word list of this folder."""
    surnames = _rows("surnames")
    return Words(
        surnames=tuple((row["surname"], row["reading"]) for row in surnames),
        surname_weights=tuple(float(row["freq"]) for row in surnames),
        given_names=tuple((row["char"], row["reading"]) for row in _rows("given_names")),
        brands=tuple((row["char"], row["reading"]) for row in _rows("brands")),
        industries=tuple(Industry(**{**row, "tier": int(row["tier"])}) for row in _rows("industries")),  # type: ignore[arg-type]
        streets=tuple(Street(**row) for row in _rows("streets")),
        agencies=tuple((row["zh"], row["en"]) for row in _rows("agencies")),
        towns=tuple(Town(**row) for row in _rows("towns")),
    )


def _rows(name: str) -> list[dict[str, str]]:
    with files("samples.words").joinpath(f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
