"""Makes the lists of people's names: `python -m resolution.records.words.build_names FAKER MIMESIS DATA`.

FAKER and MIMESIS are the unpacked wheels of Faker and mimesis; DATA is the shared data folder. Writes given_names.txt,
given_common.txt, surnames_world.txt and name_characters.csv beside this file; names_more.txt and kinds.yaml are written by hand.
"""

import csv
import hashlib
import importlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from resolution.records.text import HAN, fold

FOLDER = Path(__file__).parent
LANGUAGES_OF_A_COMMON_NAME = 3
BRAND_COUNT_MIN = 20  # Characters that fewer brands hold say nothing of a brand.
HAN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
Names = dict[str, set[str]]
"""The languages that a folded name is listed for."""


def main(faker: Path, mimesis: Path, data: Path, out: Path = FOLDER) -> None:
    """Write every list; the same input gives the same bytes."""
    given_names, family_names = Names(), Names()
    for kind, language, name in (*_of_faker(faker), *_of_mimesis(mimesis)):
        for folded in _one_word(name):
            (given_names if kind == "given" else family_names).setdefault(folded, set()).add(language)
    common = (name for name, languages in given_names.items() if len(languages) >= LANGUAGES_OF_A_COMMON_NAME and len(name) > 2)
    for title, names in (("given_names.txt", given_names), ("surnames_world.txt", family_names), ("given_common.txt", common)):
        (out / title).write_text("\n".join(sorted(names)) + "\n", "utf-8")
    with (out / "name_characters.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("character", "given_per_100k", "brand_per_100k"), *_characters(data)])


def _one_word(name: str) -> Iterator[str]:
    folded = fold(name)
    if not HAN.search(name) and " " not in folded and len(folded) > 1 and (folded.isalpha() or not folded.isascii()):
        yield folded


def _of_faker(folder: Path) -> Iterator[tuple[str, str, str]]:
    sys.path.insert(0, str(folder))
    for locale in sorted(path.name for path in (folder / "faker/providers/person").iterdir() if path.is_dir()):
        if locale.startswith("__"):
            continue
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for title in dir(provider):
            if kind := _kind(title):
                yield from ((kind, locale[:2], name) for name in _texts(getattr(provider, title)))


def _kind(title: str) -> str | None:
    if title.startswith("_") or any(word in title for word in ("format", "prefix", "suffix")):
        return None
    if any(word in title for word in ("first", "given", "middle")):
        return "given"
    return "family" if any(word in title for word in ("last", "surname", "family", "patronymic")) else None


def _of_mimesis(folder: Path) -> Iterator[tuple[str, str, str]]:
    for file in sorted(folder.glob("mimesis/**/person.json")):
        names, language = json.loads(file.read_text("utf-8")), file.parent.name[:2]
        yield from (("given", language, name) for name in _texts(names.get("names", [])))
        yield from (("family", language, name) for name in _texts(names.get("surnames", names.get("surname", []))))


def _texts(nested: Any) -> Iterator[str]:
    """Every text in lists and tables of any depth."""
    if isinstance(nested, str):
        yield nested
    elif isinstance(nested, dict):
        yield from _of_each(nested if all(isinstance(value, float | int) for value in nested.values()) else nested.values())
    elif not callable(nested) and isinstance(nested, Iterable):
        yield from _of_each(nested)


def _of_each(parts: Iterable[Any]) -> Iterator[str]:
    return (text for part in parts for text in _texts(part))


def _characters(data: Path) -> list[tuple[str, int, int]]:
    """Characters by how often they are in given names and in brands; of either set half, so that the other can measure."""
    surnames = {row["surname"] for row in _rows(data / "names/surnames_1074_freq.csv")}
    people = (row["name"] for row in _rows(data / "networks/ashare_executive.csv"))
    brands = (data / "names/company_short_forms_280k.txt").read_text("utf-8-sig").splitlines()
    given_counts = Counter(sign for name in _half(people) for sign in name[2 if len(name) > 2 and name[:2] in surnames else 1 :])
    brand_counts = Counter(sign for name in _half(brand.strip() for brand in brands) for sign in name)
    parts = given_counts.total() / 1e5, brand_counts.total() / 1e5
    signs = [sign for sign in {*given_counts, *brand_counts} if given_counts[sign] or brand_counts[sign] >= BRAND_COUNT_MIN]
    rows = [(sign, round(given_counts[sign] / parts[0]), round(brand_counts[sign] / parts[1])) for sign in signs]
    return sorted(rows, key=lambda row: (-(row[1] + row[2]), row[0]))


def _half(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if HAN_NAME.fullmatch(name) and hashlib.md5(name.encode(), usedforsecurity=False).digest()[0] % 2 == 0:
            yield name


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
