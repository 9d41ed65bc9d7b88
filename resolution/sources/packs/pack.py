"""A source pack: a folder that says all there is to know of one publisher's files. See docs/sources/packs.md.

packs/court_list/
  pack.yaml       # this page
  defaulters.yaml # mappings, as in docs/sources/mappings.md
  sample/         # made-up files in the publisher's layout
  expected.yaml   # what comes out of the sample
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from fnmatch import fnmatch
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, PrivateAttr

from ontology.errors import MappingInvalid
from resolution.sources.mappings.language import Mapping
from resolution.sources.mappings.value_formats import ClosedModel
from resolution.sources.reading.workbooks import WORKBOOKS, sheet_names

SAMPLE, EXPECTED = "sample", "expected.yaml"


class Redistribution(StrEnum):
    """What may be done with the publisher's data beyond one's own use of it."""

    ALLOWED = "allowed"
    RESTRICTED = "restricted"
    NOT_TOLD = "not_told"


class Licence(ClosedModel):
    """The terms the publisher's data comes under, as the publisher states them."""

    name: str
    address: str | None = None
    redistribution: Redistribution = Redistribution.NOT_TOLD


class Layout(ClosedModel):
    """Where the publisher describes the layout, and when that was last compared with the pack."""

    address: str
    compared_on: date


Words = Annotated[tuple[str, ...], BeforeValidator(lambda words: (words,) if isinstance(words, str) else words)]


class PackFile(ClosedModel):
    """One file of a delivery.

    mapping: page in the pack's folder, or the name of a graph format (follow_the_money, bods, truth_set) or built-in kind.
    names:   patterns of file names, as `sdn*.csv`; upper and lower case do not count.
    """

    mapping: str
    names: Words = Field(min_length=1)
    address: str | None = Field(None, description="Where the publisher offers the file itself, or an archive of it; https.")
    page: str | None = Field(None, description="Where a person gets it, with a form, a key or a choice: no address gives it.")
    other_form: bool = Field(
        False, description="Another file of the pack holds the same: it is fetched where it is the one loaded."
    )
    checksum: str | None = Field(None, description="Address of a text with the file's MD5, SHA-1, SHA-256 or SHA-512.")
    dataset: str | None = Field(None, pattern=r"^[a-z][a-z0-9_.-]{0,79}$", description="The mapping's when left out.")
    sheet: str | None = Field(
        None, description="The sheet of a workbook that it is: several files of a pack may be one workbook."
    )
    optional: bool = Field(False, description="A delivery without it is whole.")
    complete: bool | None = Field(None, description="Where this file's deliveries are whole, or parts, unlike the pack's.")

    def fits(self, file_name: str) -> bool:
        """Whether a file of this name is meant."""
        return any(fnmatch(file_name.lower(), pattern.lower()) for pattern in self.names)


class Pack(ClosedModel):
    """All there is to know of one publisher's files; `files` in the order they are loaded."""

    pack: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    version: str
    title: str
    about: str | None = None
    publisher: str
    layout: Layout
    licence: Licence
    rhythm_days: int = Field(ge=1, description="After so many days a load is overdue: the publisher has renewed it.")
    complete: bool = Field(True, description="Each delivery is the whole list: what is gone from it has ended.")
    files: tuple[PackFile, ...] = Field(min_length=1)
    _mappings: dict[str, Mapping] = PrivateAttr(default_factory=dict)
    _folder: Path = PrivateAttr(default=Path())

    def settle(self, folder: Path, mappings: dict[str, Mapping]) -> "Pack":
        """The pack with its folder and the pages read from it."""
        self._folder, self._mappings = folder, mappings
        return self

    @property
    def folder(self) -> Path:
        """Where its page lies."""
        return self._folder

    @property
    def mappings(self) -> dict[str, Mapping]:
        """Mapping by the name of its page; graph formats and built-in kinds are not among them."""
        return self._mappings

    def files_of(self, path: Path) -> tuple[PackFile, ...]:
        """The files of the pack that a file is: one, or of a workbook one for each of its sheets that the pack knows."""
        fitting = [file for file in self.files if file.fits(path.name)]
        if not fitting or fitting[0].sheet is None:
            return tuple(fitting[:1])
        sheets = sheet_names(path) if path.suffix.lower() in WORKBOOKS else []
        sheet_files = tuple(file for file in fitting if file.sheet in sheets)
        return sheet_files or tuple(file for file in fitting if file.sheet is None)[:1]

    def in_order(self, paths: Iterable[Path]) -> list[tuple[Path, PackFile | None]]:
        """Paths with what each is, in the order in which the pack's files are loaded; None for those it does not know."""
        pairs = [(path, file) for path in paths for file in self.files_of(path) or (None,)]
        return sorted(pairs, key=lambda pair: self.files.index(pair[1]) if pair[1] else len(self.files))

    def refusal(self, file_name: str) -> MappingInvalid:
        """The error for a file that the pack does not know."""
        sheets = [f" (a workbook with the sheet {file.sheet})" if file.sheet else "" for file in self.files]
        known_names = "; ".join(" or ".join(file.names) + sheet for file, sheet in zip(self.files, sheets, strict=True))
        return MappingInvalid(
            file=file_name, pack=self.pack, problem="no file of this pack has such a name", remedy=f"Its files: {known_names}."
        )
