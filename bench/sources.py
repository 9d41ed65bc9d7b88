"""Reading: rows a second of each kind of file, the memory of a large XML file, and a large list delivered anew.

python -m bench sources [--rows N] [--list N] [--xml-mb N] writes docs/benchmarks/sources.md. All data is made up. Bars (2 cores):
an XML file of 100 MB within 500 MB of memory; a change of one row in a hundred of a list of a million in under 60 s, with nothing
touched but what changed.
"""

import argparse
import csv
import gzip
import json
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from bench.machine import describe_machine
from bench.processes import KITH, ProcessRun, measure

SEED = 20261130
HEADER = ("no", "name", "day", "country", "owner", "share", "street")
FIRST, SECOND = (
    ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Oak", "Pine"),
    ("Trading", "Shipping", "Tools"),
)
COUNTRIES = ("GB", "DE", "CN", "FR", "IT", "PL")
XML_BAR_MB, UPDATE_BAR_S = 500, 60.0
ROWS_PER_XML_MB = 5060
PAGE = """
mapping: wardens_listed
version: "1"
title: Listed by the wardens
source_class: 3
columns: {no: [no], name: [name], day: [day], country: [country], owner: [owner], share: [share], street: [street]}
parties:
  listed: {kind: firm, key: no, names: [name], countries: [country], addresses: [street]}
  owner: {kind: firm, key: "{no}/{owner}", names: [owner]}
links: [{kind: {text: OWNS}, source: owner, target: listed, share: {column: share, share: percent}}]
listings: [{list_type: {text: sanctions_un}, party: listed, issuer: {text: The wardens}, listed_on: day}]
"""
PACK = """
pack: wardens
version: "1"
title: List of the wardens
publisher: The wardens
layout: {address: "https://example.org/layout", compared_on: 2026-11-30}
licence: {name: Free}
rhythm_days: 1
files: [{mapping: page.yaml, names: ["listed*.csv"]}]
"""
Row = tuple[str, ...]


def made_up_rows(count: int, seed: int = SEED) -> Iterator[Row]:
    """Rows of a list: number, name, day, country, owner, share in percent, street."""
    chance = random.Random(seed)
    for number in range(count):
        name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {number} Ltd"
        day = date(2020, 1, 1) + timedelta(chance.randrange(2000))
        owner, share = f"{chance.choice(FIRST)} Holding {chance.randrange(count)} Ltd", str(chance.randrange(1, 100))
        street = f"{chance.randrange(1, 300)} {chance.choice(FIRST)} Road, Leeds"
        yield str(number), name, day.isoformat(), chance.choice(COUNTRIES), owner, share, street


def write_table(path: Path, rows: Iterator[Row], delimiter: str = ",") -> None:
    """Rows as text with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(HEADER)
        writer.writerows(rows)


def write_json_lines(path: Path, rows: Iterator[Row]) -> None:
    """Rows as objects, one a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(dict(zip(HEADER, row, strict=True))) + "\n" for row in rows)


def write_json(path: Path, rows: Iterator[Row]) -> None:
    """Rows as one list of objects."""
    path.write_text(json.dumps([dict(zip(HEADER, row, strict=True)) for row in rows]), "utf-8")


def write_xml(path: Path, rows: Iterator[Row]) -> None:
    """Rows as elements."""
    with path.open("w", encoding="utf-8") as file:
        file.write("<list>\n")
        for row in rows:
            parts = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in zip(HEADER, row, strict=True))
            file.write(f"<firm>{parts}</firm>\n")
        file.write("</list>\n")


def write_workbook(path: Path, rows: Iterator[Row]) -> None:
    """Rows as the sheet of a workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("list")
    sheet.append(HEADER)
    for row in rows:
        sheet.append(row)
    book.save(path)


def write_parquet(path: Path, rows: Iterator[Row]) -> None:
    """Rows as columns of text."""
    columns = zip(*rows, strict=True)
    pq.write_table(pa.table(dict(zip(HEADER, map(list, columns), strict=True))), path)


def write_gzip(path: Path, rows: Iterator[Row]) -> None:
    """Rows as packed text."""
    table = path.with_suffix("")
    write_table(table, rows)
    path.write_bytes(gzip.compress(table.read_bytes(), 6))
    table.unlink()


def write_archive(path: Path, rows: Iterator[Row]) -> None:
    """Rows as text in an archive."""
    table = path.with_suffix(".csv")
    write_table(table, rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(table, table.name)
    table.unlink()


WRITERS: dict[str, Callable[[Path, Iterator[Row]], None]] = {
    "listed.csv": write_table,
    "listed.tsv": lambda path, rows: write_table(path, rows, "\t"),
    "listed.jsonl": write_json_lines,
    "listed.json": write_json,
    "listed.xml": write_xml,
    "listed.xlsx": write_workbook,
    "listed.parquet": write_parquet,
    "listed.csv.gz": write_gzip,
    "listed.zip": write_archive,
}


def ingest(folder: Path, *arguments: str) -> ProcessRun:
    """One `kith ingest`, a whole process, into the store of a folder."""
    environment = {
        "KITH_STORE": f"sqlite:///{folder / 'kith.db'}",
        "KITH_ID_KEY_FILE": str(folder / "id.key"),
        "KITH_TODAY": "2026-11-30",
    }
    return measure(*KITH, "ingest", "--json", "--rejects", str(folder), *arguments, environment=environment)


def measure_readers(rows: int, root: Path) -> list[str]:
    """A line of the table for each kind of file."""
    lines = []
    for name, write in WRITERS.items():
        folder = root / name.replace(".", "_")
        folder.mkdir()
        (folder / "page.yaml").write_text(PAGE)
        write(folder / name, made_up_rows(rows))
        run = ingest(folder, "--mapping", str(folder / "page.yaml"), str(folder / name))
        (file,) = json.loads(run.output)["files"]
        size_mb = (folder / name).stat().st_size / 1e6
        lines.append(
            f"| {name.partition('.')[2]} | {size_mb:.1f} | {file['rows_in']:,} | {run.wall_s:.1f} | {rows / run.wall_s:,.0f} "
            f"| {run.cpu_s:.1f} | {run.together_mb:.0f} |"
        )
    return lines


def measure_large_xml(size_mb: int, root: Path) -> str:
    """One large XML file."""
    folder = root / "large"
    folder.mkdir()
    (folder / "page.yaml").write_text(PAGE)
    write_xml(folder / "listed.xml", made_up_rows(size_mb * ROWS_PER_XML_MB))
    run = ingest(folder, "--mapping", str(folder / "page.yaml"), str(folder / "listed.xml"))
    real_mb = (folder / "listed.xml").stat().st_size / 1e6
    return f"{real_mb:.0f} MB of XML: {run.wall_s:.1f} s, {run.together_mb:.0f} MB for all processes together (bar {XML_BAR_MB})."


def deliver_anew(rows: list[Row]) -> list[Row]:
    """The list one delivery later: of a thousand rows four changed, three gone, three new."""
    chance = random.Random(SEED + 1)
    drawn = chance.sample(range(len(rows)), len(rows) // 1000 * 7)
    changed_places, gone_places = set(drawn[: len(rows) // 1000 * 4]), set(drawn[len(rows) // 1000 * 4 :])
    kept_rows = [
        (*row[:6], f"{row[6]}s") if place in changed_places else row for place, row in enumerate(rows) if place not in gone_places
    ]
    new = [(f"n{row[0]}", *row[1:]) for row in made_up_rows(len(gone_places), SEED + 2)]
    return [*new, *kept_rows]


def measure_update(count: int, root: Path) -> list[str]:
    """A list delivered twice: the first load, and the next state of it."""
    folder, pack = root / "state", root / "state" / "wardens"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text(PACK)
    (pack / "page.yaml").write_text(PAGE)
    rows = list(made_up_rows(count))
    lines = []
    for name, content in (("listed_1.csv", rows), ("listed_2.csv", deliver_anew(rows))):
        write_table(folder / name, iter(content))
        run = ingest(folder, "--pack", str(pack), str(folder / name))
        (file,) = json.loads(run.output)["files"]
        changes = f"{file['came']:,} | {file['changed']:,} | {file['went']:,}"
        lines.append(
            f"| {file['state']} | {len(content):,} | {run.wall_s:.1f} | {run.cpu_s:.1f} | {run.together_mb:.0f} | {changes} |"
        )
    return lines


def main(arguments: list[str]) -> str:
    """`sources [--rows N] [--list N] [--xml-mb N]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench sources", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--list", type=int, default=1_000_000)
    parser.add_argument("--xml-mb", type=int, default=100)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work_folder:
        root = Path(work_folder)
        readers = measure_readers(options.rows, root)
        large = measure_large_xml(options.xml_mb, root)
        states = measure_update(options.list, root)
    return "\n".join(
        [
            "# Reading files",
            "",
            describe_machine(),
            "",
            "`python -m bench sources`: whole processes, `kith ingest` into a new SQLite store, one run. A row names two firms,",
            "an address, a stake and a listing.",
            "",
            f"## {options.rows:,} rows of each kind of file",
            "",
            "| kind | MB | rows in | seconds | rows a second | processor seconds | peak MB, all together |",
            "|---|---|---|---|---|---|---|",
            *readers,
            "",
            "## A large XML file",
            "",
            large,
            "",
            f"## A list of {options.list:,} rows, delivered again with one row in a hundred changed, gone or new",
            "",
            f"Bar for the second delivery: {UPDATE_BAR_S:.0f} s. Counts are of statements; the others are not written.",
            "",
            "| delivery | rows | seconds | processor seconds | peak MB, all together | came | changed | ended |",
            "|---|---|---|---|---|---|---|---|",
            *states,
            "",
        ]
    )
