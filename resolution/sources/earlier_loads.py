"""What the store holds of a file's bytes already: loaded alike, to be replaced, or loaded as another data set."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ontology.errors import SourceUnreadable
from ontology.files import stat_regular_file
from ontology.personal_ids import mask
from resolution.sources.choice import Choice
from resolution.sources.load_outcome import Ingested
from resolution.sources.reading.row_additions import joined_file
from resolution.sources.shared_statements import forget_file
from store.port import Row, Store


class SourceIdentity(NamedTuple):
    """What a file is known by in the store, 16 hex digits each.

    file_id:      of its bytes and the name of its mapping.
    content_id:   of its bytes alone.
    mapping_hash: of all that says how it is read.
    """

    file_id: str
    content_id: str
    mapping_hash: str


class EarlierLoads:
    """Loads of the same bytes, by this mapping or another, as they stand in the store when this is made."""

    def __init__(self, store: Store, source: SourceIdentity, name: str, choice: Choice) -> None:
        self._store, self._source, self._name, self._choice = store, source, name, choice
        same_content = store.read("sources/same_content", content_id=source.content_id, id=source.file_id)
        ids = [source.file_id, *(row["id"] for row in same_content)]
        self._files = [file for id_ in ids for file in store.read("sources/file", id=id_)]
        if choice.state_of and not any(file["id"] == source.file_id and file["complete"] for file in self._files):
            self._files += _loads_of_kind(store, choice, {file["id"] for file in self._files})
        self._complete = [file for file in self._files if file["complete"]]

    @property
    def datasets(self) -> tuple[str, ...]:
        """Data sets of the complete loads, each once, in order."""
        return tuple(sorted({file["dataset"] for file in self._complete}))

    def outcome(self) -> Ingested | None:
        """What to answer where the file need not be loaded; None where it has to be."""
        if elsewhere := next((file for file in self._complete if file["dataset"] != self._choice.dataset), None):
            return self._loaded_elsewhere(elsewhere)
        if self._choice.state_of:
            last = self.last_state()
            is_same = last is not None and last["content_id"] == self._source.content_id and self._is_read_alike(last)
            return self._loaded_before() if is_same else None
        return self._loaded_before() if any(self._is_read_alike(file) for file in self._complete) else None

    def last_state(self) -> Row | None:
        """The complete last delivery of a source whose deliveries are states of it."""
        if not self._choice.state_of:
            return None
        return next((file for file in self._complete if file["id"] == self._source.file_id), None)

    def forget(self) -> None:
        """Take out what these loads brought in, unfinished ones too: the file is to be loaded anew."""
        for file in self._files:
            forget_file(self._store, file["id"])

    def _is_read_alike(self, file: Row) -> bool:
        """Whether mapping and way of reading are those of then; of an earlier program's loads only the version is known."""
        if not file["mapping_hash"]:
            return bool(file["id"] == self._source.file_id and file["mapping_version"] == self._choice.version)
        return bool(file["mapping_hash"] == self._source.mapping_hash)

    def _loaded_before(self) -> Ingested:
        return Ingested(
            file=self._name,
            file_id=self._source.file_id,
            kind=self._choice.kind,
            dataset=self._choice.dataset,
            loaded_already=True,
        )

    def _loaded_elsewhere(self, file: Row) -> Ingested:
        dataset = file["dataset"]
        note = (
            f"The same bytes are loaded already as {file['name']} of the data set {dataset}: one source, whatever it is called."
        )
        remedy = f"To read it anew keep its data set (--dataset {dataset}); to give it another, first: kith unload {dataset}"
        return Ingested(
            file=self._name,
            file_id=file["id"],
            kind=file["mapping"],
            dataset=dataset,
            loaded_already=True,
            notes=(note, remedy),
            remedy=remedy,
        )


def _loads_of_kind(store: Store, choice: Choice, known_ids: set[str]) -> list[Row]:
    """Files of the same kind and data set that were loaded before their source was known to tell the whole of itself."""
    known_ids |= {state["file_id"] for state in store.read("sources/states")}  # Of other entries of the pack.
    same_kind = (
        file for file in store.read("sources/files") if (file["dataset"], file["mapping"]) == (choice.dataset, choice.kind)
    )
    return [file for file in same_kind if file["id"] not in known_ids]


def source_identity(path: Path, choice: Choice) -> SourceIdentity:
    """What the file at `path` is known by when it is read so. Raises SourceUnreadable."""
    return SourceIdentity(*digests_of_choice(path, choice), reading_hash(choice))


def digests_of_choice(path: Path, choice: Choice) -> tuple[str, str]:
    """As `digests`, of all that the file's rows are made of."""
    return digests(path, choice.kind, choice.part, filter(None, (joined_file(path, join) for join in choice.reading.join)))


def digests(path: Path, kind: str, part: str = "", joined_files: Iterable[Path] = ()) -> tuple[str, str]:
    """First 16 hex digits of SHA-256 over the bytes and the mapping's name, and over the bytes alone. Raises SourceUnreadable.

    part:   the sheet of a workbook that is a source of its own; it counts among the bytes.
    joined: other files with columns of its rows: their bytes count as its own.
    """
    digest = hashlib.sha256()
    for each_file in (path, *joined_files):
        stat_regular_file(each_file)
        try:
            with each_file.open("rb") as file:
                while piece := file.read(1 << 20):
                    digest.update(piece)
        except OSError as cause:
            problem = "not there, or not readable"
            raise SourceUnreadable(file=mask(each_file.name), problem=problem, remedy="Check the path.") from cause
    digest.update(part.encode())
    content_id = digest.hexdigest()[:16]
    digest.update(kind.encode())
    return digest.hexdigest()[:16], content_id


def reading_hash(choice: Choice) -> str:
    """First 16 hex digits of SHA-256 over all that says how a file is read: its mapping's words and how it is opened."""
    mapping = choice.mapping.model_dump_json() if choice.mapping else ""
    description = "\n".join((choice.kind, choice.version, choice.reading.model_dump_json(), mapping))
    return hashlib.sha256(description.encode()).hexdigest()[:16]
