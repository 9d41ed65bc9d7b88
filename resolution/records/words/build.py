"""Makes the carried word lists out of the shared data folder: `python -m resolution.records.words.build DATA`.

Reads names/, regions/ and resolution/ of DATA; writes regions.csv, industries.txt, surnames.csv, characters.csv, forms_cn.csv
and name_words.csv beside this file. The other lists here are written by hand. SOURCES.md says where each is from, and under
which licence.
"""

import csv
import sys
from collections.abc import Iterable
from json import loads
from pathlib import Path

from pyarrow import parquet

from ontology.documents import read_yaml

FOLDER = Path(__file__).parent
NAME_WORD_SHARE_MIN = 0.001
CHARACTERS_KEPT = 2500  # The rest occurs in fewer than one name of 25,000.


def main(data: Path, out: Path = FOLDER) -> None:
    """Write every list; the same input gives the same bytes."""
    _write(out / "regions.csv", ("name", "code"), _regions(data / "regions"))
    _write(out / "surnames.csv", ("surname", "per_100k", "reading"), _surnames(data / "names"))
    _write(out / "characters.csv", ("character", "count"), _characters(data / "names"))
    _write(out / "forms_cn.csv", ("form", "id"), _forms(data / "names"))
    _write(out / "name_words.csv", ("word", "share"), _name_words(data / "resolution" / "historical_50k.parquet"))
    words = sorted(set((data / "names" / "cnp_trade.txt").read_text("utf-8-sig").split()))
    (out / "industries.txt").write_text("\n".join(w for w in words if len(w) > 1) + "\n", "utf-8")


def _regions(folder: Path) -> list[tuple[str, str]]:
    """(name, GB/T 2260 code) today and in the past; names of two characters are kept for provinces and cities only."""
    divisions = loads((folder / "history.json").read_text("utf-8")) | loads((folder / "list.json").read_text("utf-8"))
    names_and_codes = {
        (name, code) for code, name in divisions.items() if len(name) > 1 and name not in {"市辖区", "县", "省直辖"}
    }
    return sorted(names_and_codes | {(short, code) for name, code in names_and_codes for short in _short(name, code)})


def _short(name: str, code: str) -> Iterable[str]:
    if code.endswith("00"):
        for tail in ("维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"):
            if name.endswith(tail) and len(name) - len(tail) > 1:
                return [name.removesuffix(tail)]
    return []


def _surnames(folder: Path) -> list[tuple[str, str, str]]:
    readings = {row["surname"]: row["reading"] for row in _rows(folder / "surname_readings.csv")}
    counts = {row["surname"]: row["freq"] for row in _rows(folder / "surnames_1074_freq.csv")}
    names = sorted({*readings, *counts}, key=lambda name: (-float(counts.get(name, 5)), name))
    return [(name, counts.get(name, "5"), readings.get(name, "")) for name in names]


def _name_words(path: Path) -> list[tuple[str, str]]:
    """Words of the names of 5,156 people, those that one in 1,000 of them has; a record each, as a person is told often."""
    columns = parquet.read_table(path, columns=["cluster", "full_name"]).to_pydict()
    bearers_by_word: dict[str, set[str]] = {}
    for cluster, name in zip(columns["cluster"], columns["full_name"], strict=True):
        for word in (name or "").split():
            if word.isascii() and word.isalpha() and len(word) > 1:
                bearers_by_word.setdefault(word, set()).add(cluster)
    people = len(set(columns["cluster"]))
    common = sorted(
        ((word, len(bearers) / people) for word, bearers in bearers_by_word.items()), key=lambda row: (-row[1], row[0])
    )
    return [(word, f"{share:.5f}") for word, share in common if share >= NAME_WORD_SHARE_MIN]


def _characters(folder: Path) -> list[tuple[str, str]]:
    counts = [(row["char"], row["count"]) for row in _rows(folder / "company_char_freq.csv") if row["position"] == "总计"]
    return sorted(counts, key=lambda row: (-int(row[1]), row[0]))[:CHARACTERS_KEPT]


def _forms(folder: Path) -> list[tuple[str, str]]:
    id_by_form: dict[str, str] = {}
    for declared in read_yaml((folder / "org_forms_cn.yaml").read_text("utf-8")):
        for form in declared["zh"]:
            id_by_form.setdefault(form, declared["id"])
    return sorted(id_by_form.items(), key=lambda row: (-len(row[0]), row[0]))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([header, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
