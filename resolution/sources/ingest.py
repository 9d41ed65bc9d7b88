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
from resolution.sources.choice import chosen
from resolution.sources.graphs.graph_mapper import Seen
from resolution.sources.id_keys import bind_key
from resolution.sources.loads import Ingested, Load, Progress
from resolution.sources.mappings.language import Mapping
from resolution.sources.reading import ENDINGS, Reading
from resolution.sources.repairs import apply_repairs, renew_repairs
from store.port import Store

__all__ = ["Ingested", "Progress", "ingest"]

KNOWN = tuple(ending for ending in ENDINGS if ending != ".txt")  # Taken from folders; a text there is rather a note.
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
) -> list[Ingested]:
    """Load files, and the supported files of folders in the order of their names.

    id_key:  secret that resident ids are hashed with; the same for every load into one store.
    rulebook: whose words for lists, ties and marks are known; the default one where left out.
    limits:  encoding, sheet, longest line … where the mapping or the file does not say.
    A file loaded before is passed over, unless its mapping or the way it is read is another now: then what it says by the new
    one replaces what it said. The same bytes under another data set's name are passed over, and that is told.
    Bad rows go to `<stem>.rejects.csv` beside the file or in `rejects_dir`. Where several files are given, one that cannot be
    loaded is told in its `trouble`. Raises its error where no file could be loaded; IdKeyDiffers, KeysOutdated where the key is
    not the store's.
    """
    bind_key(store, id_key)
    loads: list[Load] = []
    told: dict[Path, Ingested] = {}
    errors: list[KithError] = []
    given = list(paths)
    expanded, seen = list(_expanded(given)), Seen()
    choose = partial(
        chosen,
        mapping=mapping,
        kind=kind,
        dataset=dataset,
        reading=limits or Reading(),
        id_key=id_key,
        today=now.date(),
        seen=seen,
    )
    for path in expanded:
        try:
            _refuse_link_out(path, given)
            loads.append(Load(path, choose(path), now, rulebook))
        except KithError as cause:
            errors.append(_masked(cause))
            told[path] = _failed(path, cause)
    known = _promised(loads)
    for load in loads:
        try:
            told[load.path] = load.run(store, known, progress, rejects_dir)
        except SourceUnreadable as cause:
            errors.append(_masked(cause))
            told[load.path] = _failed(load.path, cause)
    if any(one.replaced for one in told.values()):
        with store.transaction():
            renew_repairs(store)
    elif any(one.statements.get("listings") for one in told.values()):
        with store.transaction():
            apply_repairs(store)
    if errors and len(errors) == len(expanded):
        raise errors[0]
    return [told[path] for path in expanded]


def _expanded(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as given; of a folder those with a known ending, by name, reject files left out."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(one for one in path.iterdir() if one.suffix.lower() in KNOWN and ".rejects" not in one.suffixes)
        if not inside:
            raise SourceUnreadable(
                folder=mask(path.name), problem="no file of a known kind", remedy=f"Known: {', '.join(KNOWN)}."
            )
        yield from inside


def _refuse_link_out(path: Path, given: Iterable[Path]) -> None:
    """Raises SourceUnreadable for a link in a folder that leads out of it: who sent the folder may not mean that file."""
    if path in given or not path.is_symlink():
        return
    if not path.resolve().is_relative_to(path.parent.resolve()):
        raise SourceUnreadable(file=path.name, problem="a link that leads out of its folder", remedy="Name the file itself.")


def _promised(loads: list[Load]) -> set[str]:
    """Ids of the records that the files of this call give to those among them that may name records of other files.

    A file names records of its own dataset only, so files of other datasets need not be read for it.
    """
    referring = {load.choice.dataset for load in loads if load.teller().refers}
    known: set[str] = set()
    for load in loads:
        if load.choice.dataset in referring and load.choice.gives_records:
            with suppress(SourceUnreadable):  # Told when the file's own turn comes.
                told = map(load.teller().tell, load.rows())
                known.update(one.id for row in told if not row.trouble for one in row.statements if type(one) is Record)
    return known


def _masked(cause: Error) -> Error:
    """An error whose facts show no resident id: a file may be named after one."""
    cause.facts = {name: mask(visible(value)) if isinstance(value, str) else value for name, value in cause.facts.items()}
    cause.args = (str(cause),)
    return cause


def _failed(path: Path, cause: KithError) -> Ingested:
    return Ingested(file=mask(visible(path.name)), trouble=visible(str(cause)), remedy=cause.remedy)
