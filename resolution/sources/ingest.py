"""Files into the store: what each is, which record names it may use, and one load after the other."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from ontology.errors import KithError, SourceUnreadable
from ontology.files import lies_within
from ontology.limits import visible
from ontology.personal_ids import PersonalIdKey, mask
from ontology.rulebook import Rulebook
from resolution.sources.choice import choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.id_keys import bind_key
from resolution.sources.load_outcome import Ingested
from resolution.sources.loads import Load, Progress
from resolution.sources.mappings.language import Mapping
from resolution.sources.packs.pack import Pack, PackFile
from resolution.sources.reading import ENDINGS, Reading
from resolution.sources.reading.archives import ARCHIVE_ENDINGS, FileInside, files_inside
from resolution.sources.record_references import promised_ids
from resolution.sources.rejects import RejectFile
from resolution.sources.repairs import apply_repairs, renew_repairs
from resolution.sources.state_loads import StateLoad
from resolution.sources.states import DROP_MAX
from store.port import Store

__all__ = ["Ingested", "Progress", "ingest"]

TEXT = ".txt"
FOLDER_ENDINGS = tuple(ending for ending in ENDINGS if ending != TEXT)  # Taken from folders; a text there is rather a note.
WORK_PREFIX = "kith-unpacked-"
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
    as_part: bool = False,
    drop_max: float = DROP_MAX,
) -> list[Ingested]:
    """Load files, the supported files of folders in the order of their names, and those of archives.

    id_key:  secret that resident ids are hashed with; the same for every load into one store.
    rulebook: whose words for lists, ties and marks are known; the default one where left out.
    pack:    the pack whose files these are; they are loaded in its order. Of a pack whose deliveries are complete a file is one
             more state of its source: what is gone from it has ended, unless several files are parts of one.
    as_part: the files of a pack are added to what is there, and nothing ends.
    drop_max: share of a source's statements that a new state may be without, 0 to 1.
    limits:  encoding, sheet, longest line … where the mapping or the file does not say.
    A file loaded before is passed over, unless its mapping or the way it is read is another now: then what it says by the new
    one replaces what it said. The same bytes under another data set's name are passed over, and that is told.
    Bad rows go to `<stem>.rejects.csv` beside the file or in `rejects_dir`. Where several files are given, one that cannot be
    loaded is told in its `trouble`. Raises its error where no file could be loaded; IdKeyDiffers, KeysOutdated where the key is
    not the store's.
    """
    bind_key(store, id_key)
    loads: list[Load] = []
    outcomes: dict[Path, list[Ingested]] = {}
    errors: list[KithError] = []
    given_paths, index = list(paths), CrossFileIndex()
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

    def note_failure(path: Path, cause: KithError) -> None:
        errors.append(_mask_error(cause))
        outcomes.setdefault(path, []).append(_failed_outcome(path, cause))

    with tempfile.TemporaryDirectory(prefix=WORK_PREFIX) as work_folder:
        files: list[FileInside] = []
        order: list[Path] = []
        for path in _expand_folders(given_paths, pack):
            try:
                _refuse_link_out(path, given_paths)
                for file in files_inside(path, Path(work_folder), ENDINGS):
                    files.append(file)
                    order.append(file.path)
            except KithError as cause:
                order.append(path)
                note_failure(path, cause)
        folders = {file.path: file.folder for file in files}
        delivery = _in_order(pack, folders, note_failure) if pack else [(path, None) for path in folders]
        counts = Counter(pack_file for _, pack_file in delivery)
        for path, pack_file in delivery:
            try:
                choice = choose(path, pack_file=pack_file, is_state=not as_part and counts[pack_file] == 1)
                is_delivery = bool(choice.state_of)
                loads.append(
                    StateLoad(path, choice, now, rulebook, drop_max=drop_max)
                    if is_delivery
                    else Load(path, choice, now, rulebook)
                )
            except KithError as cause:
                note_failure(path, cause)
        known_ids = promised_ids([(load.path, load.choice) for load in loads])
        places = [(rejects_dir or folders[load.path], load.path.stem.lower(), load.choice.part) for load in loads]
        for load, place in zip(loads, places, strict=True):
            rejects = RejectFile(load.path, place[0], load.file_id, place[2], is_only=places.count(place) == 1)
            try:
                outcomes.setdefault(load.path, []).append(load.run(store, known_ids, progress, rejects))
            except SourceUnreadable as cause:
                note_failure(load.path, cause)
    ordered_outcomes = [outcome for path in dict.fromkeys((*order, *outcomes)) for outcome in outcomes.get(path, ())]
    _settle_repairs(store, ordered_outcomes)
    if errors and len(errors) == len(ordered_outcomes):
        raise errors[0]
    return ordered_outcomes


def _in_order(
    pack: Pack, paths: Iterable[Path], note_failure: Callable[[Path, KithError], None]
) -> list[tuple[Path, PackFile | None]]:
    """As `Pack.in_order`, but for files that cannot even be asked what they are: a workbook that is none."""
    readable: list[Path] = []
    for path in paths:
        try:
            pack.files_of(path)
            readable.append(path)
        except KithError as cause:
            note_failure(path, cause)
    return pack.in_order(readable)


def _settle_repairs(store: Store, outcomes: Iterable[Ingested]) -> None:
    """Bring ends of listings that other files tell up to date."""
    if any(outcome.replaced for outcome in outcomes):
        with store.transaction():
            renew_repairs(store)
    elif any(outcome.statements.get("listings") for outcome in outcomes):
        with store.transaction():
            apply_repairs(store)


def _expand_folders(paths: Iterable[Path], pack: Pack | None) -> Iterator[Path]:
    """Files as given; of a folder those with a known ending, and texts that the pack knows, by name, reject files left out."""
    endings = (*FOLDER_ENDINGS, *ARCHIVE_ENDINGS)

    def is_taken(child: Path) -> bool:
        ending = child.suffix.lower()
        is_known_text = ending == TEXT and pack is not None and bool(pack.files_of(child))
        return (ending in endings or is_known_text) and ".rejects" not in child.suffixes

    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(filter(is_taken, path.iterdir()))
        if not inside:
            raise SourceUnreadable(
                folder=mask(path.name), problem="no file of a known kind", remedy=f"Known: {', '.join(endings)}."
            )
        yield from inside


def _refuse_link_out(path: Path, given_paths: Iterable[Path]) -> None:
    """Raises SourceUnreadable for a link in a folder that leads out of it: who sent the folder may not mean that file."""
    if path in given_paths or not path.is_symlink():
        return
    if not lies_within(path, path.parent):
        raise SourceUnreadable(file=path.name, problem="a link that leads out of its folder", remedy="Name the file itself.")


def _mask_error(cause: Error) -> Error:
    """An error whose facts show no resident id: a file may be named after one."""
    cause.facts = {name: mask(visible(value)) if isinstance(value, str) else value for name, value in cause.facts.items()}
    cause.args = (str(cause),)
    return cause


def _failed_outcome(path: Path, cause: KithError) -> Ingested:
    return Ingested(file=mask(visible(path.name)), trouble=visible(str(cause)), remedy=cause.remedy)
