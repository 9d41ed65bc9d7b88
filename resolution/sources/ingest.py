"""Files into the store: what each is, which record names it may use, and one load after the other."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from ontology.errors import KithError, SourceUnreadable
from ontology.limits import visible
from ontology.personal_ids import PersonalIdKey, mask
from ontology.record import Record
from ontology.rulebook import Rulebook
from resolution.sources.choice import choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.id_keys import bind_key
from resolution.sources.load_outcome import Ingested
from resolution.sources.loads import Load, Progress
from resolution.sources.mappings.language import Mapping
from resolution.sources.packs.pack import Pack
from resolution.sources.reading import ENDINGS, Reading
from resolution.sources.repairs import apply_repairs, renew_repairs
from store.port import Store

__all__ = ["Ingested", "Progress", "ingest"]

FOLDER_ENDINGS = tuple(ending for ending in ENDINGS if ending != ".txt")  # Taken from folders; a text there is rather a note.
Error = TypeVar("Error", bound=KithError)


def ingest(
    store: Store,
    paths: Iterable[Path],
    *,
    id_key: PersonalIdKey,
    now: datetime,
    mapping: Mapping | Path | None = None,
    kind: str | None = None,
    dataset: str | None = None,
    limits: Reading | None = None,
    progress: Progress | None = None,
    rejects_dir: Path | None = None,
    rulebook: Rulebook | None = None,
    pack: Pack | None = None,
) -> list[Ingested]:
    """Load files, and the supported files of folders in the order of their names.

    id_key:  secret that resident ids are hashed with; the same for every load into one store.
    rulebook: whose words for lists, ties and marks are known; the default one where left out.
    pack:    the pack whose files these are; they are loaded in its order.
    limits:  encoding, sheet, longest line … where the mapping or the file does not say.
    A file loaded before is passed over, unless its mapping or the way it is read is another now: then what it says by the new
    one replaces what it said. The same bytes under another data set's name are passed over, and that is told.
    Bad rows go to `<stem>.rejects.csv` beside the file or in `rejects_dir`. Where several files are given, one that cannot be
    loaded is told in its `trouble`. Raises its error where no file could be loaded; IdKeyDiffers, KeysOutdated where the key is
    not the store's.
    """
    bind_key(store, id_key)
    loads: list[Load] = []
    outcome_by_path: dict[Path, Ingested] = {}
    errors: list[KithError] = []
    given_paths = list(paths)
    files, index = list(_expand_paths(given_paths)), CrossFileIndex()
    if pack is not None:
        files = pack.in_order(files)
    choose = partial(
        choose_reading,
        mapping=mapping,
        kind=kind,
        dataset=dataset,
        reading=limits or Reading(),
        id_key=id_key,
        today=now.date(),
        index=index,
        pack=pack,
    )
    for path in files:
        try:
            _refuse_link_out(path, given_paths)
            loads.append(Load(path, choose(path), now, rulebook))
        except KithError as cause:
            errors.append(_mask_error(cause))
            outcome_by_path[path] = _failed_outcome(path, cause)
    known_ids = _promised_ids(loads)
    for load in loads:
        try:
            outcome_by_path[load.path] = load.run(store, known_ids, progress, rejects_dir)
        except SourceUnreadable as cause:
            errors.append(_mask_error(cause))
            outcome_by_path[load.path] = _failed_outcome(load.path, cause)
    if any(outcome.replaced for outcome in outcome_by_path.values()):
        with store.transaction():
            renew_repairs(store)
    elif any(outcome.statements.get("listings") for outcome in outcome_by_path.values()):
        with store.transaction():
            apply_repairs(store)
    if errors and len(errors) == len(files):
        raise errors[0]
    return [outcome_by_path[path] for path in files]


def _expand_paths(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as given; of a folder those with a known ending, by name, reject files left out."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(
            child for child in path.iterdir() if child.suffix.lower() in FOLDER_ENDINGS and ".rejects" not in child.suffixes
        )
        if not inside:
            raise SourceUnreadable(
                folder=mask(path.name), problem="no file of a known kind", remedy=f"Known: {', '.join(FOLDER_ENDINGS)}."
            )
        yield from inside


def _refuse_link_out(path: Path, given_paths: Iterable[Path]) -> None:
    """Raises SourceUnreadable for a link in a folder that leads out of it: who sent the folder may not mean that file."""
    if path in given_paths or not path.is_symlink():
        return
    if not path.resolve().is_relative_to(path.parent.resolve()):
        raise SourceUnreadable(file=path.name, problem="a link that leads out of its folder", remedy="Name the file itself.")


def _promised_ids(loads: list[Load]) -> set[str]:
    """Ids of the records that the files of this call give to those among them that may name records of other files.

    A file names records of its own dataset only, so files of other datasets need not be read for it.
    """
    referring = {load.choice.dataset for load in loads if load.make_mapper().refers}
    known_ids: set[str] = set()
    for load in loads:
        if load.choice.dataset in referring and load.choice.gives_records:
            with suppress(SourceUnreadable):  # Told when the file's own turn comes.
                row_results = map(load.make_mapper().map_row, load.rows())
                known_ids.update(
                    statement.id
                    for row_result in row_results
                    if not row_result.trouble
                    for statement in row_result.statements
                    if type(statement) is Record
                )
    return known_ids


def _mask_error(cause: Error) -> Error:
    """An error whose facts show no resident id: a file may be named after one."""
    cause.facts = {name: mask(visible(value)) if isinstance(value, str) else value for name, value in cause.facts.items()}
    cause.args = (str(cause),)
    return cause


def _failed_outcome(path: Path, cause: KithError) -> Ingested:
    return Ingested(file=mask(visible(path.name)), trouble=visible(str(cause)), remedy=cause.remedy)
