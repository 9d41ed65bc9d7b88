"""The memory of the last full run: the statistics of its weights, and the indexes of its keys, edges and records."""

import atexit
import gc
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from ontology.base import PartyKind
from ontology.errors import NothingToDo
from resolution.comparisons.crowds import CrowdedValues
from resolution.comparisons.model import check_fits
from resolution.comparisons.run_statistics import RunStatistics, freeze
from resolution.live.postings import InvertedIndex
from resolution.live.spellings import RESTS
from resolution.records.sides import COMPARED_KINDS
from store.port import Row, Store

NOTE = "live"
FORM = 2  # Of what a full run keeps for live calls beside its statistics; 2: the listings of a record in its context.
REMEDY = "Run kith resolve first: it reads all that was loaded."


@dataclass(frozen=True)
class WeightBasis:
    """The statistics that weights of one kind are computed with until the next full run."""

    statistics: RunStatistics

    @cached_property
    def stopped_keys(self) -> frozenset[str]:
        """Keys that too many records hold: no pair comes from them."""
        return frozenset(self.statistics.stopped_keys)


@dataclass(frozen=True)
class Memory:
    """One full run as live resolution sees it. version: differs each time. next_number: number of the next new record.

    has_judgements: whether a person has judged any pair. rests_shift: as `keys_shift` of the index of spellings; -1 where the run
    made none.
    """

    version: str
    keys_shift: int
    next_number: int
    loaded: str
    bases: Mapping[PartyKind, WeightBasis]
    has_judgements: bool = False
    rests_shift: int = -1

    @property
    def keys(self) -> InvertedIndex:
        """The inverted index of keys."""
        return InvertedIndex("keys", self.keys_shift)

    @property
    def spellings(self) -> InvertedIndex | None:
        """The index of words with a letter left out; None where the run made none."""
        return InvertedIndex(RESTS, self.rests_shift) if self.rests_shift >= 0 else None

    @property
    def crowded(self) -> Mapping[PartyKind, CrowdedValues]:
        """Values that too many records hold, by kind: they carry no weight."""
        return {kind: basis.statistics.crowded for kind, basis in self.bases.items()}

    def note(self) -> str:
        """The note in `meta` as JSON: the part of the memory that calls change."""
        shifts = {"keys_shift": self.keys_shift, "rests_shift": self.rests_shift}
        note = {"version": self.version, **shifts, "next_number": self.next_number, "loaded": self.loaded}
        return json.dumps(note | {"form": FORM})


class Memories:
    """The memory of one store, its large parts read once for each full run."""

    def __init__(self) -> None:
        self._memory: Memory | None = None

    def of(self, store: Store, *, outdated: bool = False) -> Memory:
        """The memory of this store as of now, empty for an empty store.

        outdated: whether one will do that files were loaded after, as for a look that changes nothing. Raises NothingToDo where
        that is so otherwise, or another release made the last full run.
        """
        (standing_row,) = store.read("live/standing", note=NOTE)
        if standing_row["note"] is None:
            _refuse_unless_empty(store)
            unread = {kind: WeightBasis(freeze(kind, [])) for kind in COMPARED_KINDS}
            return Memory("", 0, 0, _format_load_mark(standing_row), unread, standing_row["spoken"])
        note = json.loads(standing_row["note"])
        if note.pop("form", 1) != FORM:
            raise NothingToDo(reason="the last full run kept other things than this version", remedy=REMEDY)
        if not outdated and note["loaded"] != _format_load_mark(standing_row):
            raise NothingToDo(reason="files were loaded since the last full run", remedy=REMEDY)
        if self._memory is None or self._memory.version != note["version"]:
            bases = _read_bases(store)
            self._memory = Memory(**note, bases=bases)
            _exempt_from_collection()
        return replace(
            self._memory, next_number=note["next_number"], loaded=note["loaded"], has_judgements=standing_row["spoken"]
        )


def _exempt_from_collection() -> None:
    """Keep the garbage collector from going through what is held for good: that took a sixth of every call."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # Libraries look at the end for what they believe lost.


def accepts_changes(store: Store) -> bool:
    """Whether single changes are accepted now: there is a full run, and no file was loaded since."""
    rows = store.read("meta/get", key=NOTE)
    return bool(rows) and json.loads(rows[0]["value"])["loaded"] == read_load_mark(store)


def has_full_run(store: Store) -> bool:
    """Whether the store holds a full run."""
    return bool(store.read("meta/get", key=NOTE))


def confirm_note(store: Store) -> None:
    """Note that the loads since the last full run changed none of its inputs."""
    note = json.loads(store.read("meta/get", key=NOTE)[0]["value"])
    store.write("meta/put", rows=[{"key": NOTE, "value": json.dumps(note | {"loaded": read_load_mark(store)})}])


def write_note(store: Store, memory: Memory, next_number: int, now: datetime) -> None:
    """Write the changed part of the note; in a store without a full run the whole note and the statistics."""
    if not memory.version:
        write_statistics(store, {kind: basis.statistics for kind, basis in memory.bases.items()})
        memory = replace(memory, version=version_of(now, (basis.statistics for basis in memory.bases.values())))
    elif next_number == memory.next_number:
        return
    store.write("meta/put", rows=[{"key": NOTE, "value": replace(memory, next_number=next_number).note()}])


def write_statistics(store: Store, statistics: Mapping[PartyKind, RunStatistics]) -> None:
    """Write the statistics of each kind to `meta`."""
    rows = [
        {"key": statistics_key(kind), "value": kind_statistics.model_dump_json()}
        for kind, kind_statistics in sorted(statistics.items())
    ]
    store.write("meta/put", rows=rows)


def version_of(now: datetime, statistics: Iterable[RunStatistics]) -> str:
    """A text that differs for each full run."""
    models = "".join(
        f"{kind_statistics.kind} {kind_statistics.model.version} {kind_statistics.records} " for kind_statistics in statistics
    )
    return f"{models}{now.isoformat()}"


def _refuse_unless_empty(store: Store) -> None:
    counts = {row["what"]: row["n"] for row in store.read("counts/overview")}
    if counts["records"]:
        raise NothingToDo(reason="the records of this store are not resolved yet", remedy=REMEDY)


def _read_bases(store: Store) -> dict[PartyKind, WeightBasis]:
    """Raises NothingToDo where the last full run was of a release that compared other things."""
    statistics = {kind: last_statistics(store, kind) for kind in COMPARED_KINDS}
    bases = {kind: WeightBasis(kind_statistics) for kind, kind_statistics in statistics.items() if kind_statistics}
    if len(bases) < len(statistics):
        raise NothingToDo(reason="the last full run compared by other levels than this version", remedy=REMEDY)
    return bases


def last_statistics(store: Store, kind: PartyKind) -> RunStatistics | None:
    """The statistics of a kind in the last full run; None where there was none, or another release made it."""
    rows = store.read("meta/get", key=statistics_key(kind))
    try:
        statistics = RunStatistics.model_validate_json(rows[0]["value"]) if rows else None
        if statistics:
            check_fits(statistics.model)
    except ValueError:
        return None
    return statistics


def list_crowds(store: Store) -> list[tuple[PartyKind, str, str, int]]:
    """Values without weight since the last full run, most holders first: party kind, kind of value, value, holders."""
    bases = _read_bases(store) if has_full_run(store) else {}
    crowds = [
        (kind, field, value, parties)
        for kind, basis in bases.items()
        for field, values in basis.statistics.crowded.items()
        for value, parties in values.items()
    ]
    return sorted(crowds, key=lambda crowd: (-crowd[3], crowd[1], crowd[2], crowd[0]))


def statistics_key(kind: PartyKind) -> str:
    """Key in `meta` of the statistics of a kind."""
    return f"{NOTE}.frozen.{kind.value}"


def read_load_mark(store: Store) -> str:
    """A text that differs after every load of files."""
    return _format_load_mark(store.read("live/loaded")[0])


def _format_load_mark(counts: Row) -> str:
    return f"{counts['files']} files, {counts['rows']} rows, change {counts['latest']}"
