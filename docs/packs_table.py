"""The table of the packs that come with kith: `python -m docs.packs_table` renews it at the end of docs/sources/packs.md."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from resolution.sources.packs.pack import Licence, Pack, Redistribution
from resolution.sources.packs.pack_library import packs
from resolution.sources.packs.samples import expected_facts

PAGE = Path(__file__).resolve().parent / "sources" / "packs.md"
MARK = "<!-- From here on made by docs/packs_table.py. -->\n"
HEADINGS = ("Pack", "Publisher", "Layout", "Licence", "Redistribution", "Files", "Rows in the sample", "Facts checked")
COUNTED = {"records": "records", "links": "ties", "listings": "listings", "recognitions": "good marks", "experiences": "dealings"}
WORDS = {Redistribution.ALLOWED: "allowed", Redistribution.RESTRICTED: "restricted", Redistribution.NOT_TOLD: "not told"}


def renewed(page: str) -> str:
    """The page with the table as the packs are now."""
    return page.partition(MARK)[0] + MARK + "\n".join(packs_table()) + "\n"


def packs_table() -> Iterator[str]:
    """A line for each pack, and one for all of them."""
    yield f"| {' | '.join(HEADINGS)} |"
    yield "|" + "---|" * len(HEADINGS)
    totals: Counter[str] = Counter()
    rows_in_all = 0
    for pack in packs().values():
        expected = expected_facts(pack) or {}
        counts, rows = facts_counted(expected), int(expected.get("rows_read", 0))
        totals, rows_in_all = totals + counts, rows_in_all + rows
        yield _line(
            f"`{pack.pack}`", pack.publisher, _layout(pack), *_terms(pack.licence), _files(pack), str(rows), _words(counts)
        )
    yield _line(f"{len(packs())} packs", "", "", "", "", "", str(rows_in_all), _words(totals))


def facts_counted(expected: dict[str, Any]) -> Counter[str]:
    """What is compared when a sample is read: statements by what they are, and the names and codes of its records."""
    counts = Counter({word: len(expected.get(table, ())) for table, word in COUNTED.items()})
    for record in expected.get("records", {}).values():
        counts["names"] += sum(map(len, record.get("names", {}).values()))
        counts["codes"] += len(record.get("identifiers", ()))
    return +counts


def _line(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _words(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {word if count > 1 else word.removesuffix('s')}" for word, count in counts.items())


def _layout(pack: Pack) -> str:
    return f"[compared {pack.layout.compared_on}]({pack.layout.address})"


def _terms(licence: Licence) -> tuple[str, str]:
    name = f"[{licence.name}]({licence.address})" if licence.address else licence.name
    return name, WORDS[licence.redistribution]


def _files(pack: Pack) -> str:
    """The first name of each file, and the sheet where it is one; those that may lack in brackets."""
    names = (f"`{file.names[0]}`{f', sheet {file.sheet}' if file.sheet else ''}" for file in pack.files)
    return ", ".join(dict.fromkeys(f"({name})" if file.optional else name for name, file in zip(names, pack.files, strict=True)))


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
