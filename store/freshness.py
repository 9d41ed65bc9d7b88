"""What a store's parties, signals and scores rest on, and what was loaded or said since: the one place where that is derived.

Loads carry the number of their change, runs the number up to which they had seen; what is greater was not used. A store of
an earlier version has no such numbers: then nothing counts as used until it is resolved once more.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.changes import Change
from store.port import Row, Store

UNLOADED = "unloaded.files"  # Files taken out since the last resolve, as JSON, in `meta`.
BEFORE_ALL = -1
SINCE_RESOLVE = (Change.JUDGED, Change.LABELLED, Change.NAMED)
SINCE_PROPAGATE = (Change.RECORDS, Change.FOLLOWED)
FACTS = (Change.LOADED, Change.UNLOADED, Change.PARTIES, Change.RULED)


@dataclass(frozen=True)
class WaitingSource:
    """A file that was loaded and is not used yet. listings: how many it states; below 0 where that was not counted."""

    file_id: str
    name: str
    dataset: str
    listings: int

    @property
    def may_list(self) -> bool:
        """Whether it could hold a listing: it states some, or cannot be told."""
        return self.listings != 0


@dataclass(frozen=True)
class StoreFreshness:
    """What has happened since the last runs.

    unresolved:   files loaded since the last resolve.
    unpropagated: files resolved and not propagated.
    cut_off:      files whose load or removal was broken off.
    unloaded:     names of files taken out since the last resolve.
    waiting:      what else a resolve would apply (`judged`, `labelled`, `named`), or a propagate (`records`, `followed`,
                  `ruled`, `parties`).
    facts_hold:   whether the kept scores and signals are of the files, parties and rulings there are now.
    propagated_by: content hash of the rulebook of the last propagate; None where there was none.
    """

    unresolved: tuple[WaitingSource, ...] = ()
    unpropagated: tuple[WaitingSource, ...] = ()
    cut_off: tuple[WaitingSource, ...] = ()
    unloaded: tuple[str, ...] = ()
    waiting: tuple[Change, ...] = ()
    facts_hold: bool = False
    propagated_by: str | None = None

    @property
    def unused(self) -> tuple[WaitingSource, ...]:
        """Every source that the answers do not rest on yet, or only in part."""
        return (*self.unresolved, *self.unpropagated, *self.cut_off)

    @property
    def to_resolve(self) -> bool:
        """Whether a resolve has something to do."""
        return bool(self.unresolved or self.unloaded or set(self.waiting) & set(SINCE_RESOLVE))

    @property
    def to_propagate(self) -> bool:
        """Whether a propagate has something to do, the rulebook and the day aside."""
        return self.to_resolve or bool(self.unpropagated or self.waiting) or not self.facts_hold


def freshness(store: Store) -> StoreFreshness:
    """What has been loaded and said since the last runs, as of now."""
    meta = {row["key"]: row["value"] for row in store.read("meta/all")}
    resolved_until, propagated_until = _change_number(meta, Change.RESOLVED), _change_number(meta, Change.PROPAGATED)
    spread_until, followed_at = _change_number(meta, Change.SPREAD), _change_number(meta, Change.FOLLOWED)
    files = store.read("sources/files")
    complete_files = [file for file in files if file["complete"]]
    waiting = [
        kind
        for kind in SINCE_RESOLVE
        if _change_number(meta, kind) > max(resolved_until, followed_at if kind is Change.JUDGED else 0)
    ]
    waiting += [
        kind for kind in (*SINCE_PROPAGATE, Change.RULED, Change.PARTIES) if _change_number(meta, kind) > propagated_until
    ]
    return StoreFreshness(
        unresolved=_sources(file for file in complete_files if file["loaded_change"] > resolved_until),
        unpropagated=_sources(file for file in complete_files if spread_until < file["loaded_change"] <= resolved_until),
        cut_off=_sources(file for file in files if not file["complete"]),
        unloaded=tuple(name for name, number in json.loads(meta.get(UNLOADED, "[]")) if number > resolved_until),
        waiting=tuple(waiting),
        facts_hold=facts_hold(meta),
        propagated_by=meta.get("propagate.rulebook_hash"),
    )


def facts_hold(meta: Mapping[str, str]) -> bool:
    """Whether what the last propagate kept is of the files, parties and rulings there are now. meta: the whole table."""
    propagated_until = _change_number(meta, Change.PROPAGATED)
    return propagated_until > BEFORE_ALL and all(_change_number(meta, kind) <= propagated_until for kind in FACTS)


def note_unloaded(store: Store, name: str, number: int) -> None:
    """Keep in mind that a file was taken out by this change, until a resolve has seen it."""
    meta = {row["key"]: row["value"] for row in store.read("meta/all")}
    resolved_until = _change_number(meta, Change.RESOLVED)
    pending = [entry for entry in json.loads(meta.get(UNLOADED, "[]")) if entry[1] > resolved_until]
    store.write("meta/put", rows=[{"key": UNLOADED, "value": json.dumps([*pending, [name, number]], ensure_ascii=False)}])


def _change_number(meta: Mapping[str, str], kind: Change) -> int:
    return int(meta.get(kind.key, BEFORE_ALL))


def _sources(files: Iterable[Row]) -> tuple[WaitingSource, ...]:
    return tuple(WaitingSource(file["id"], file["name"], file["dataset"], file["listings"]) for file in files)
