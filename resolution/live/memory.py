"""What live resolution remembers of the last full run: what its weights stood on, and where its keys, edges and records lie."""

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
from resolution.comparisons.run_statistics import RunStatistics, freeze
from resolution.live.postings import Shelf
from resolution.records.sides import COMPARED_KINDS
from store.port import Row, Store

NOTE = "live"
REMEDY = "Run kith resolve first: it reads all that was loaded."


@dataclass(frozen=True)
class Ground:
    """What the weights of one kind stand on, until the next full run."""

    frozen: RunStatistics

    @cached_property
    def stopped(self) -> frozenset[str]:
        """Keys no pair comes from."""
        return frozenset(self.frozen.stopped_keys)


@dataclass(frozen=True)
class Memory:
    """One full run as live resolution sees it. version: another one each time. next_number: of the next new record.

    spoken: whether a person has judged any pair.
    """

    version: str
    keys_shift: int
    next_number: int
    loaded: str
    grounds: Mapping[PartyKind, Ground]
    spoken: bool = False

    @property
    def keys(self) -> Shelf:
        """Where the keys lie."""
        return Shelf("keys", self.keys_shift)

    @property
    def crowded(self) -> Mapping[PartyKind, CrowdedValues]:
        """By kind, values that carry nothing."""
        return {kind: ground.frozen.crowded for kind, ground in self.grounds.items()}

    def note(self) -> str:
        """What changes from call to call, as text."""
        told = {"version": self.version, "keys_shift": self.keys_shift, "next_number": self.next_number, "loaded": self.loaded}
        return json.dumps(told)


class Memories:
    """The memory of one store, its large parts read once for each full run."""

    def __init__(self) -> None:
        self._held: Memory | None = None

    def of(self, store: Store) -> Memory:
        """What is remembered now; of an empty store, that nothing is. Raises NothingToDo where files were loaded since."""
        (told,) = store.read("live/standing", note=NOTE)
        if told["note"] is None:
            _refuse_unless_empty(store)
            unread = {kind: Ground(freeze(kind, [])) for kind in COMPARED_KINDS}
            return Memory("", 0, 0, _load(told), unread, told["spoken"])
        note = json.loads(told["note"])
        if note["loaded"] != _load(told):
            raise NothingToDo(reason="files were loaded since the last full run", remedy=REMEDY)
        if self._held is None or self._held.version != note["version"]:
            self._held = Memory(**note, grounds=_grounds(store))
            _set_aside()
        return replace(self._held, next_number=note["next_number"], spoken=told["spoken"])


def _set_aside() -> None:
    """Keep the garbage collector from going through what is held for good: that took a sixth of every call."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # Libraries look at the end for what they believe lost.


def follows(store: Store) -> bool:
    """Whether single changes are taken now: a full run was written down and nothing was loaded since."""
    told = store.read("meta/get", key=NOTE)
    return bool(told) and json.loads(told[0]["value"])["loaded"] == loaded(store)


def remembers(store: Store) -> bool:
    """Whether a full run has been written down."""
    return bool(store.read("meta/get", key=NOTE))


def still_holds(store: Store) -> None:
    """Take note that what was loaded since the last full run changed nothing that it stands on."""
    note = json.loads(store.read("meta/get", key=NOTE)[0]["value"])
    store.write("meta/put", rows=[{"key": NOTE, "value": json.dumps(note | {"loaded": loaded(store)})}])


def keep_note(store: Store, memory: Memory, next_number: int, now: datetime) -> None:
    """Write down what a call changed of the memory; of a store that had none all of it."""
    if not memory.version:
        keep_grounds(store, {kind: ground.frozen for kind, ground in memory.grounds.items()})
        memory = replace(memory, version=version_of(now, (ground.frozen for ground in memory.grounds.values())))
    elif next_number == memory.next_number:
        return
    store.write("meta/put", rows=[{"key": NOTE, "value": replace(memory, next_number=next_number).note()}])


def keep_grounds(store: Store, frozen: Mapping[PartyKind, RunStatistics]) -> None:
    """Write down what the weights stand on."""
    rows = [{"key": frozen_key(kind), "value": own.model_dump_json()} for kind, own in sorted(frozen.items())]
    store.write("meta/put", rows=rows)


def version_of(now: datetime, frozen: Iterable[RunStatistics]) -> str:
    """Another text for each full run."""
    told = "".join(f"{one.kind} {one.model.version} {one.records} " for one in frozen)
    return f"{told}{now.isoformat()}"


def _refuse_unless_empty(store: Store) -> None:
    counted = {row["what"]: row["n"] for row in store.read("counts/overview")}
    if counted["records"]:
        raise NothingToDo(reason="the records of this store are not resolved yet", remedy=REMEDY)


def _grounds(store: Store) -> dict[PartyKind, Ground]:
    found = {kind: store.read("meta/get", key=frozen_key(kind)) for kind in COMPARED_KINDS}
    return {kind: Ground(RunStatistics.model_validate_json(rows[0]["value"])) for kind, rows in found.items()}


def crowds(store: Store) -> list[tuple[PartyKind, str, str, int]]:
    """Party kind, kind of value, value and bearers of every value that carries nothing since the last full run, most first."""
    grounds = _grounds(store) if remembers(store) else {}
    found = [
        (kind, field, value, parties)
        for kind, ground in grounds.items()
        for field, values in ground.frozen.crowded.items()
        for value, parties in values.items()
    ]
    return sorted(found, key=lambda crowd: (-crowd[3], crowd[1], crowd[2], crowd[0]))


def frozen_key(kind: PartyKind) -> str:
    """Under which key of `meta` the frozen statistics of a kind are kept."""
    return f"{NOTE}.frozen.{kind.value}"


def loaded(store: Store) -> str:
    """Differs after every load of files."""
    return _load(store.read("live/loaded")[0])


def _load(told: Row) -> str:
    return f"{told['files']} files, {told['rows']} rows, change {told['latest']}"
