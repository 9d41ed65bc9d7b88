"""The worked examples of the guide to files of one's own: `python -m docs.guide_examples` renews what the guide shows of them.

Each lies in a folder: files with a `page.yaml`, or a pack with its `sample/`. `expected.yaml` is what comes out of the files. A
block of the guide shows what lies in the folder: the file that stands between the backticks above it, to the letter; a
workbook sheet by sheet; expected.yaml in short.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from ontology.documents import read_yaml
from resolution.sources.choice import Choice, choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.packs.pack import EXPECTED
from resolution.sources.packs.pack_library import PAGE as PACK_PAGE
from resolution.sources.packs.pack_library import pack_at
from resolution.sources.packs.samples import SAMPLE_DAY, SAMPLE_KEY, facts_text, sample_files
from resolution.sources.previews import preview, preview_pack, stated_facts
from resolution.sources.reading import Reading

GUIDE = Path(__file__).resolve().parent / "guides" / "your-own-file.md"
FOLDER = GUIDE.with_suffix("")
PAGE = "page.yaml"
BLOCK = re.compile(r"^`(?P<file>\d\d-[^`]+)`(?P<said>[^\n]*)\n```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = {"records": "record", "links": "tie", "listings": "listing", "recognitions": "good mark", "experiences": "dealing"}
LISTED = ("identifiers", "addresses", "contacts", "countries")


def examples() -> list[Path]:
    """The folders, from easy to hard."""
    return sorted(folder for folder in FOLDER.iterdir() if folder.is_dir())


def files_of(folder: Path) -> list[Path]:
    """The data files of an example."""
    if is_pack(folder):
        return sample_files(pack_at(folder))
    return sorted(path for path in folder.iterdir() if path.suffix != ".yaml")


def is_pack(folder: Path) -> bool:
    """Whether an example is a pack: a delivery of several files or sheets."""
    return (folder / PACK_PAGE).is_file()


def facts_of(folder: Path) -> dict[str, Any]:
    """What comes out of the files of an example."""
    if is_pack(folder):
        return stated_facts(preview_pack(pack_at(folder), files_of(folder), id_key=SAMPLE_KEY, today=SAMPLE_DAY))
    return stated_facts(preview([(path, choice_of(path)) for path in files_of(folder)]))


def choice_of(path: Path) -> Choice:
    """How a file is read by the page beside it."""
    return choose_reading(
        path,
        mapping=path.parent / PAGE,
        kind=None,
        dataset=None,
        reading=Reading(),
        id_key=SAMPLE_KEY,
        today=SAMPLE_DAY,
        index=CrossFileIndex(),
    )


def renewed(guide: str) -> str:
    """The guide with what lies in the folders in its blocks."""

    def block(shown: re.Match[str]) -> str:
        text = shown_text(FOLDER / shown["file"])
        return f"`{shown['file']}`{shown['said']}\n```{shown['language']}\n{text.rstrip()}\n```"

    return BLOCK.sub(block, guide)


def shown_files(guide: str) -> set[str]:
    """The files that the guide shows, by folder and name."""
    return {shown["file"] for shown in BLOCK.finditer(guide)}


def shown_text(path: Path) -> str:
    """A file as the guide shows it."""
    if path.suffix == ".xlsx":
        return "\n".join(_sheet_lines(path))
    text = path.read_text("utf-8")
    return "\n".join(in_short(read_yaml(text))) if path.name == EXPECTED else text


def _sheet_lines(path: Path) -> Iterator[str]:
    for sheet in load_workbook(path, read_only=True):
        lines = io.StringIO()
        rows = ([_cell_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
        csv.writer(lines, lineterminator="\n").writerows(rows)
        yield from (f"[{sheet.title}]", *lines.getvalue().splitlines())


def _cell_text(cell: Any) -> str:
    return "" if cell is None else cell.date().isoformat() if hasattr(cell, "date") else str(cell)


def in_short(facts: dict[str, Any]) -> Iterator[str]:
    """Facts in lines to read: a record with what is said of it, a tie, a listing or a dealing each in one."""
    for id_, record in facts["records"].items():
        yield from _record_lines(id_, dict(record))
    for table, head in HEAD.items():
        yield from (_statement_line(head, dict(row)) for row in facts.get(table, ()) if table != "records")
    yield from (f"left out: {text}" for text in facts.get("left_out", ()))
    yield from (f"refused: {text}" for text in facts.get("refused", ()))
    yield f"{facts['rows_read']} rows read, {facts['rows_ignored']} of them state nothing, {facts['rows_rejected']} refused"


def _record_lines(id_: str, record: dict[str, Any]) -> Iterator[str]:
    names = record.pop("names")
    primary = " / ".join(names.pop("primary", ()))
    yield f"{id_}  {record.pop('kind')}  {primary}".rstrip()
    attributes = record.pop("attributes", {})
    parts = [f"{role} {name}" for role, texts in names.items() for name in texts]
    parts += [f"country {text}" if field == "countries" else text for field in LISTED for text in record.pop(field, ())]
    parts += [f"{field} {text}" for field, text in record.items()]
    parts += [f"{title}: {text}" for title, text in attributes.items()]
    yield from (f"    {part}" for part in parts)


def _statement_line(head: str, row: dict[str, Any]) -> str:
    ends = " → ".join(str(row.pop(end)) for end in ("source_id", "target_id", "reporter_id", "subject_id") if end in row)
    first = [str(row.pop(field)) for field in ("kind", "list_type", "mark", "dealing") if field in row]
    record = [str(row.pop("record_id"))] if "record_id" in row else []
    return ", ".join([" ".join([head, *first, *record, *([ends] if ends else [])]), *_facts_in_words(row)])


def _facts_in_words(row: dict[str, Any]) -> Iterable[str]:
    return (field if value is True else f"{field} {value}" for field, value in row.items())


def main() -> None:
    """Write down what comes out of every example, and show it in the guide: both to be read through."""
    for folder in examples():
        (folder / EXPECTED).write_text(facts_text(facts_of(folder)), "utf-8")
    GUIDE.write_text(renewed(GUIDE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
