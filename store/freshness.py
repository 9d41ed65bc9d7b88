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
    def may_hide_listing(self) -> bool:
        """Whether a source that is not used yet could hold a listing."""
        return any(source.may_list for source in self.unused)

    @property
    def to_resolve(self) -> bool:
        """Whether a resolve has something to do."""
        return bool(self.unresolved or self.unloaded or set(self.waiting) & set(SINCE_RESOLVE))

    @property
    def to_propagate(self) -> bool:
        """Whether a propagate has something to do, the rulebook and the day aside."""
        return self.to_resolve or bool(self.unpropagated or self.waiting) or not self.facts_hold


def freshness(store: Store) -> StoreFreshness:
    """The standing of what was loaded and said, as of now."""
    known = {row["key"]: row["value"] for row in store.read("meta/all")}
    resolved, propagated = _number(known, Change.RESOLVED), _number(known, Change.PROPAGATED)
    spread, followed = _number(known, Change.SPREAD), _number(known, Change.FOLLOWED)
    files = store.read("sources/files")
    whole = [file for file in files if file["complete"]]
    waiting = [kind for kind in SINCE_RESOLVE if _number(known, kind) > max(resolved, followed if kind is Change.JUDGED else 0)]
    waiting += [kind for kind in (*SINCE_PROPAGATE, Change.RULED, Change.PARTIES) if _number(known, kind) > propagated]
    return StoreFreshness(
        unresolved=_sources(file for file in whole if file["loaded_change"] > resolved),
        unpropagated=_sources(file for file in whole if spread < file["loaded_change"] <= resolved),
        cut_off=_sources(file for file in files if not file["complete"]),
        unloaded=tuple(name for name, number in json.loads(known.get(UNLOADED, "[]")) if number > resolved),
        waiting=tuple(waiting),
        facts_hold=facts_hold(known),
        propagated_by=known.get("propagate.rulebook_hash"),
    )


def facts_hold(known: Mapping[str, str]) -> bool:
    """Whether what the last propagate kept is of the files, parties and rulings there are now. known: all of `meta`."""
    propagated = _number(known, Change.PROPAGATED)
    return propagated > BEFORE_ALL and all(_number(known, kind) <= propagated for kind in FACTS)


def note_unloaded(store: Store, name: str, number: int) -> None:
    """Keep in mind that a file was taken out by this change, until a resolve has seen it."""
    known = {row["key"]: row["value"] for row in store.read("meta/all")}
    resolved = _number(known, Change.RESOLVED)
    still = [one for one in json.loads(known.get(UNLOADED, "[]")) if one[1] > resolved]
    store.write("meta/put", rows=[{"key": UNLOADED, "value": json.dumps([*still, [name, number]], ensure_ascii=False)}])


def _number(known: Mapping[str, str], kind: Change) -> int:
    return int(known.get(kind.key, BEFORE_ALL))


def _sources(files: Iterable[Row]) -> tuple[WaitingSource, ...]:
    return tuple(WaitingSource(file["id"], file["name"], file["dataset"], file["listings"]) for file in files)
