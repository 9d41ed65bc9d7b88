"""What drafts are worth: `kith mapping suggest` over the sample of every pack, without its page, against what the page says.

python -m bench suggestions [PACK …] [--notes] [--folder FOLDER …] writes docs/benchmarks/suggestions.md. Every other pack by
name (the second, the fourth …) is held out: its findings were not read when drafts were made better. --notes tells what is
not as the page has it, but of packs held out; of packs named, it is told in any case. --folder adds packs that stand elsewhere.
"""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bench.machine import describe_machine
from ontology.errors import KithError
from ontology.record import NameRole, Record
from resolution.sources.choice import choose_reading
from resolution.sources.drafts.preambles import NAME_ABOVE
from resolution.sources.drafts.samples import sample_of
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.mappings.language import ItemsOf, Mapping, Party
from resolution.sources.mappings.library import parse_mapping
from resolution.sources.mappings.references import columns_read, keys_read, parts
from resolution.sources.packs.pack import Pack
from resolution.sources.packs.pack_library import pack_at, packs
from resolution.sources.packs.samples import SAMPLE_DAY, SAMPLE_KEY, sample_files
from resolution.sources.reading import ENDINGS, Reading, preamble_of, read_rows
from resolution.sources.statements.spellings import squeeze_header
from resolution.sources.suggestions import suggest

SEEN = frozenset(
    {
        "adb_debarments",
        "bills_of_lading",
        "canada_sema",
        "cn_company_data",
        "cn_court_defaulters",
        "cn_credit_china",
        "cn_einvoice",
        "cn_marketplace_orders",
        "cn_payment_statements",
        "eu_fsf",
        "icij",
        "ocds",
        "ofac",
        "opensanctions",
        "sam_exclusions",
        "seco",
        "ted",
        "ubl",
        "un",
        "usaspending",
        "wikidata",
    }
)
"""Packs whose findings were read, also those that stood at another place by name then: none of them counts as held out."""
TITLES = {"name": "main party's name", "key": "key keeps parties apart", "second": "second party"}


ABOUT = """`kith mapping suggest` drafts a mapping for each sampled file of every pack that has a page, without the page,
and is then compared with it. The name is right where the draft takes the main party's name from a column from which the page
takes it, or from a part of that column's nested value. The key is right where it puts no two parties of the page under one
id, and leaves none out. A second party is found where the draft names one from a column from which the page names one; a tie
to it may still wait for a person. Files that name nobody, such as a table of codes beside one of firms, count for neither.
Every other pack by name was held out, but those that stood elsewhere in the order when they were looked at: what drafts got
wrong there was not read when they were made better. The samples are made up, and small."""


class Finding(NamedTuple):
    """What one file's draft is worth; None where the file has no such thing. `note` says what is not as in the page."""

    pack: str
    file: str
    held_out: bool
    name: bool | None
    key: bool
    second: bool | None
    note: str = ""


def findings_of(pack: Pack, *, held_out: bool) -> Iterator[Finding]:
    """A finding for each sampled table that has a page which names somebody; what lies in an archive is no plain table."""
    for path in sample_files(pack):
        for file in pack.files_of(path) if path.suffix.lower() in ENDINGS else ():
            page = pack.mappings.get(file.mapping)
            if page and any(_name_headers(page, page.parties[name]) for name in _mains(page)):
                reading = Reading(sheet=file.sheet) if file.sheet else Reading()
                yield _finding(pack.pack, path, page, reading, held_out=held_out)


def _finding(pack: str, path: Path, page: Mapping, reading: Reading, *, held_out: bool) -> Finding:
    try:
        draft = parse_mapping(suggest(path, reading), f"{path.name}.yaml")
        drafted_ids = _ids_by_row(draft, "party", path)
    except KithError as cause:
        has_second = _second_names(page, next(iter(page.parties)))
        return Finding(pack, path.name, held_out, False, False, False if has_second else None, f"no draft: {cause}"[:200])
    headers_of_file = frozenset(_named_by(header, page) for header, cells in sample_of(path, reading).values.items() if cells)
    above = _same_above(draft, page, path, reading)
    drafted = {name: _with_above(_name_headers(draft, party, page), above) for name, party in draft.parties.items()}
    mains = {name: _name_headers(page, page.parties[name]) for name in _mains(page)}
    main = next((name for name, headers in mains.items() if drafted["party"] and _is_part(drafted["party"], headers)), None)
    if not any(headers & headers_of_file for headers in mains.values()):
        return Finding(pack, path.name, held_out, None, True, None)
    main_id = main or next(iter(mains))
    merged_page = _merged(drafted_ids, _ids_by_row(page, main_id, path))
    other_packs = [headers for headers in _second_names(page, main_id) if headers & headers_of_file]
    second = any(
        _is_part(headers, other_party) for name, headers in drafted.items() if name != "party" for other_party in other_packs
    )
    notes = [] if main else [f"names {sorted(drafted['party'])} instead of {sorted(next(iter(mains.values())))[:6]}"]
    notes += [f"key {draft.parties['party'].key.template}: {merged_page}"] if merged_page else []
    notes += (
        [f"finds {sorted(drafted)[1:] or 'no second party'}, not {sorted(other_packs[0])[:4]}"]
        if other_packs and not second
        else []
    )
    return Finding(pack, path.name, held_out, bool(main), not merged_page, second if other_packs else None, "; ".join(notes))


def _same_above(draft: Mapping, page: Mapping, path: Path, reading: Reading) -> frozenset[str]:
    """What a page calls the text above the table that the draft takes for a name; squeezed as headers are."""
    texts = [
        preamble_of(path, reading.model_copy(update={"preamble": mapping.format.preamble or {}})) for mapping in (draft, page)
    ]
    return frozenset(squeeze_header(name) for name, text in texts[1].items() if text and text == texts[0].get(NAME_ABOVE))


def _with_above(headers: frozenset[str], above: frozenset[str]) -> frozenset[str]:
    return headers | above if squeeze_header(NAME_ABOVE) in headers else headers


def _mains(page: Mapping) -> list[str]:
    """Whom the rows of a page are about: the first it names, or whom it lists; of ties alone either end of the first."""
    listed = [*(listing.party for listing in page.listings), *(mark.party for mark in page.recognitions)]
    ends = [end for link in page.links[:1] for end in (link.source, link.target) if end] if not listed else []
    return [name for name in dict.fromkeys([*list(page.parties)[:1], *listed, *ends]) if name in page.parties]


def _second_names(page: Mapping, main: str) -> list[frozenset[str]]:
    """The headers that name each further party of a page, where they are not those of its main party."""
    own_columns = _name_headers(page, page.parties[main])
    headers = [_name_headers(page, party) for name, party in page.parties.items() if name != main]
    return [names for names in headers if names and not names & own_columns]


def _named_by(header: str, page: Mapping | None) -> str:
    """A header, squeezed; `column_3` of a file without headers under the name that the page gives it."""
    place = header.removeprefix("column_")
    named_parties = page.format.header if page else ()
    return squeeze_header(
        named_parties[int(place) - 1] if named_parties and place.isdigit() and int(place) <= len(named_parties) else header
    )


def _name_headers(mapping: Mapping, party: Party, page: Mapping | None = None) -> frozenset[str]:
    """Headers, squeezed, by any of their spellings, of the columns that hold the names of a party."""
    lists = {part.column: part for _, part in parts(party) if isinstance(part, ItemsOf)}
    columns = {
        column
        for name in party.names
        if name.role is NameRole.PRIMARY or not any(other_party.role is NameRole.PRIMARY for other_party in party.names)
        for value in (name.value, name.given, name.family)
        if value
        for column in columns_read(value)
    }
    headers = (path for column in columns for header in _spelled(mapping, lists, column) for path in _with_outer(header))
    return frozenset(_named_by(header, page) for header in headers)


def _with_outer(header: str) -> Iterator[str]:
    """A header, and of a path into a nested value the paths that it lies in: who takes a part of a name takes the name."""
    steps = header.split(".")
    yield from (".".join(steps[:length]) for length in range(len(steps), 1, -1) or (1,))


def _spelled(mapping: Mapping, lists: dict[str, ItemsOf], column: str) -> Iterator[str]:
    outer, _, field = column.partition(".")
    if outer in lists and field in lists[outer].fields:
        for whole in (outer, *mapping.columns.get(outer, ())):
            yield from (f"{whole}.{word}" for word in (field, *lists[outer].fields[field]))
            yield whole  # Of a list in one cell without parts of its own.
    else:
        yield from (column, *mapping.columns.get(column, ()))


def _is_part(drafted: frozenset[str], headers: frozenset[str]) -> bool:
    return bool(drafted & headers)


def _ids_by_row(mapping: Mapping, party: str, path: Path) -> dict[int, frozenset[str]]:
    """The ids of one party's records by row, with no other party and no tie of the mapping but those its key needs."""
    needed_columns = {party}
    while (grown := needed_columns.union(*(keys_read(mapping.parties[name]) for name in needed_columns))) != needed_columns:
        needed_columns = grown
    all_ids = _ids(mapping, needed_columns, path)
    other_packs = _ids(mapping, needed_columns - {party}, path) if needed_columns != {party} else {}
    return {row: ids - other_packs.get(row, frozenset()) for row, ids in all_ids.items()}


def _ids(mapping: Mapping, names: set[str], path: Path) -> dict[int, frozenset[str]]:
    kept_packs = {name: party for name, party in mapping.parties.items() if name in names}
    alone = mapping.model_copy(update={"parties": kept_packs, "links": (), "listings": (), "recognitions": (), "experiences": ()})
    choice = choose_reading(
        path,
        mapping=alone,
        kind=None,
        dataset=None,
        reading=Reading(),
        id_key=SAMPLE_KEY,
        today=SAMPLE_DAY,
        index=CrossFileIndex(),
    )
    rows = [choice.make("0" * 16).map_row(row) for row in read_rows(path, choice.reading)]  # Anew: each row tells whom it names.
    return {row.number: frozenset(record.id for record in row.statements if isinstance(record, Record)) for row in rows}


def _merged(drafted: dict[int, frozenset[str]], mapped: dict[int, frozenset[str]]) -> str:
    """What the draft's key does wrong: rows of different parties under one id, or rows whose party it leaves out."""
    rows_by_id: dict[str, list[int]] = {}
    for row, ids in drafted.items():
        for record_id in ids:
            rows_by_id.setdefault(record_id, []).append(row)
    for record_id, rows in rows_by_id.items():
        named_parties = [mapped[row] for row in rows if mapped.get(row)]
        if len(rows) > 1 and named_parties and not frozenset.intersection(*named_parties):
            return f"rows {rows[:4]} as one, {record_id[-40:]}"
    left_out = [row for row, ids in mapped.items() if ids and not drafted.get(row)]
    return f"rows {left_out[:4]} left out" if left_out else ""


def measured(folders: list[Path]) -> list[Finding]:
    """The findings over all packs, in the order of their names."""
    known_packs = {pack.pack: pack for pack in (*packs().values(), *map(pack_at, folders))}
    ordered = [known_packs[name] for name in sorted(known_packs)]
    held_out = {pack.pack for place, pack in enumerate(ordered) if place % 2 == 1} - SEEN
    return [finding for pack in ordered for finding in findings_of(pack, held_out=pack.pack in held_out)]


def _share(finding: list[Finding], title: str) -> str:
    values = [value for finding in finding if (value := getattr(finding, title)) is not None]
    return f"{sum(values)} of {len(values)}" if values else "-"


def page_of(finding: list[Finding]) -> str:
    """The page."""
    halves = {
        "all": finding,
        "looked at": [one_file for one_file in finding if not one_file.held_out],
        "held out": [one_file for one_file in finding if one_file.held_out],
    }
    lines = [
        "# Drafts of mappings",
        "",
        describe_machine(),
        "",
        f"`python -m bench suggestions`, {datetime.now(UTC):%Y-%m-%d}. {ABOUT}",
        "",
        "Bars: the name right in all, the key in all, a second party in two thirds of the files that have one.",
        "",
        f"| files | packs | {' | '.join(TITLES.values())} |",
        "|---|---|---|---|---|",
    ]
    for title, listed in halves.items():
        shares = " | ".join(_share(listed, name) for name in TITLES)
        lines.append(f"| {title}: {len(listed)} | {len({one_file.pack for one_file in listed})} | {shares} |")
    lines += ["", f"| pack | file | half | {' | '.join(TITLES.values())} |", "|---|---|---|---|---|---|"]
    words: dict[bool | None, str] = {True: "yes", False: "**no**", None: "none there"}
    for one_file in finding:
        half = "held out" if one_file.held_out else "looked at"
        answers = " | ".join(words[answer] for answer in (one_file.name, one_file.key, one_file.second))
        lines.append(f"| {one_file.pack} | {one_file.file} | {half} | {answers} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> str:
    """Draft, compare, and make the page; with names of packs, tell what is not as their pages have it."""
    parser = argparse.ArgumentParser(prog="python -m bench suggestions")
    parser.add_argument("packs", nargs="*")
    parser.add_argument("--folder", type=Path, action="append", default=[])
    parser.add_argument("--notes", action="store_true", help="Tell what is not as the page has it, but of packs held out.")
    options = parser.parse_args(arguments)
    finding = measured(options.folder)
    if options.packs or options.notes:
        for one_file in finding:
            if one_file.note and (one_file.pack in options.packs or (options.notes and not one_file.held_out)):
                print(f"{one_file.pack} {one_file.file}: {one_file.note}")
    return page_of(finding)
