"""Drafts a mapping for an unknown file from its headers and first values: a page that loads as it is, and says what to check."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from anyascii import anyascii

from ontology.errors import SourceUnreadable
from ontology.files import stat_regular_file
from ontology.personal_ids import mask
from resolution.sources.drafts.draft_columns import Column, columns_of
from resolution.sources.drafts.draft_parties import parties_of
from resolution.sources.drafts.header_words import NAME
from resolution.sources.drafts.pages import columns_page, party_lines, tail_lines
from resolution.sources.drafts.property_tables import property_lines, property_table
from resolution.sources.drafts.samples import quote_yaml, sample_of
from resolution.sources.reading import Reading

NAME_LENGTH_MAX = 48
HASHED_BYTES = 1 << 20


def suggest(path: Path, reading: Reading | None = None) -> str:
    """A mapping for the file at `path` as YAML text, commented. Raises SourceUnreadable where no row can be read.

    The draft loads and ingests as it stands. Examples in its comments are masked.
    """
    stat_regular_file(path)
    sample = sample_of(path, reading or Reading())
    columns = columns_of(sample)
    if not any(map(_says_whom_rows_are_of, columns)):  # A line above the table may.
        sample = sample_of(path, reading or Reading(), takes_name_above=True)
        columns = columns_of(sample)
    if not sample.values:
        problem = "no row could be read, or none that can be kept"
        raise SourceUnreadable(file=mask(path.name), problem=problem, remedy="Check format, encoding and content.")
    format_lines = ["format:", *sample.lines] if sample.lines else []
    if (table := property_table(columns, sample.rows)) is not None:
        return "\n".join([*_head(path), *format_lines, *property_lines(table, columns)]) + "\n"
    parties = parties_of(columns, sample.rows)
    page_lines = [*columns_page(columns, parties), *party_lines(parties), *tail_lines(parties)]
    return "\n".join([*_head(path), *format_lines, *page_lines]) + "\n"


def _says_whom_rows_are_of(column: Column) -> bool:
    return column.is_name and column.meaning.topic == NAME and column.meaning.subject is None


def _head(path: Path) -> Iterator[str]:
    name = plain_name(path)
    yield "# A draft from headers and first values. Go through the lines marked CHECK, then: kith ingest FILE --mapping THIS"
    yield f"mapping: {name}"
    yield 'version: "1"'
    yield f"title: {quote_yaml(mask(path.stem))}"
    yield f"dataset: {name}_{_mark(path)}   # CHECK: one name for every file of this source, another for another source"
    yield "source_class: 1   # CHECK: 1 a platform or your own files, 2 released by the party itself, 3 a public body"


def plain_name(path: Path) -> str:
    """The name of a file in small Latin letters, digits and underscores: 供应商 becomes gong_ying_shang."""
    latin = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", anyascii(mask(path.stem))) if not path.stem.isascii() else mask(path.stem)
    stem = re.sub(r"[^a-z0-9]+", "_", latin.lower()).strip("_")[:NAME_LENGTH_MAX].strip("_")
    return stem if re.match(r"[a-z][a-z0-9_]", stem) else f"my_{stem or 'file'}"


def _mark(path: Path) -> str:
    """Six digits that differ for two files: rows of one must never replace those of another by chance of their names."""
    digest = hashlib.blake2b(str(path.name).encode(), digest_size=3)
    with path.open("rb") as file:
        digest.update(file.read(HASHED_BYTES))
    digest.update(str(path.stat().st_size).encode())
    return digest.hexdigest()
