"""The readers' log: who read of which person. Lines wait in memory for a second at most, and are then kept together.

Guarantee: what was read is kept within a second, or as soon as another writer lets go of the store, and before a graceful stop
ends. A process that is killed loses the second before. While LINES_MAX lines wait, nothing is shown that would add to them.
"""

import logging
import threading
import time
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from api.context.callers import Caller
from ontology.errors import StoreBusy, StoreReadOnly, StoreTrouble
from store.port import Row, Store

LOG = logging.getLogger("kith.api.readers")
FLUSH_S = 1.0
LINES_MAX = 100_000  # Some 40 MB; a writer that holds the store for minutes lets no more than that wait.
CLOSING_S = 30.0


class Read(NamedTuple):
    """One read of a party; several within a second are one."""

    entity_id: str
    read_at: str
    key_id: str
    route: str
    purpose: str
    role: str
    partner: str
    name: str


class ReadersLog:
    """Takes reads from any thread and keeps those of persons in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._flush_lock = threading.Lock()
        self._reads: dict[Read, None] = {}
        self._uses: dict[str, date] = {}
        self._used_days: dict[str, date] = {}
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def note_reads(
        self, caller: Caller, entity_ids: Iterable[str], *, route: str, partner: str, purpose: str, now: datetime
    ) -> None:
        """Note that a caller was shown these parties; those that are persons are kept."""
        at = now.replace(microsecond=0).isoformat()
        shared = (at, caller.key_id, route, purpose, str(caller.role), partner, caller.name or "")
        with self._lock:
            self._reads.update((Read(entity_id, *shared), None) for entity_id in entity_ids)
        self._start()

    def note_use(self, key_id: str, today: date) -> None:
        """Note that a key was shown today: kept once a day."""
        if self._used_days.get(key_id) == today:
            return
        with self._lock:
            self._used_days[key_id] = self._uses[key_id] = today
        self._start()

    def refuse_when_full(self) -> None:
        """Raise StoreBusy while too many lines wait: what cannot be kept for a person is not shown."""
        if len(self._reads) >= LINES_MAX:
            raise StoreBusy(waiting=len(self._reads), reason="reads of persons wait to be kept")

    def flush(self) -> None:
        """Keep all that waits. Raises StoreTrouble; then it goes on waiting."""
        with self._flush_lock:
            with self._lock:
                reads, uses = self._reads, self._uses
                self._reads, self._uses = {}, {}
            try:
                self._keep(list(reads), uses)
            except StoreReadOnly:
                LOG.error("the store may only be read: %d reads were not kept", len(reads))
            except BaseException:
                with self._lock:
                    self._reads, self._uses = reads | self._reads, uses | self._uses
                raise

    def close(self) -> None:
        """Keep what waits and stop; tries for CLOSING_S seconds where another writer holds the store."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()
        until = time.monotonic() + CLOSING_S
        while self._reads or self._uses:
            try:
                self.flush()
            except StoreTrouble as cause:
                if time.monotonic() >= until:
                    LOG.error("%d reads could not be kept: %s", len(self._reads), type(cause).__name__)
                    return
                time.sleep(FLUSH_S)

    def _keep(self, reads: list[Read], uses: dict[str, date]) -> None:
        ids = sorted({read.entity_id for read in reads})
        records = {row["id"]: row["record_id"] for row in self._store.read("keys/persons_among", ids=ids)} if ids else {}
        rows: list[Row] = [
            {"record_id": records[read.entity_id], **dict(zip(Read._fields[1:], read[1:], strict=True))}
            for read in reads
            if read.entity_id in records
        ]
        if not rows and not uses:
            return
        with self._store.transaction():
            self._store.write("keys/put_reads", rows=rows)
            self._store.write("keys/put_uses", rows=[{"id": id_, "used_on": day.isoformat()} for id_, day in uses.items()])

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="readers-log", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        warned = False
        while not self._closing.wait(FLUSH_S):
            try:
                self.flush()
                warned = False
            except StoreTrouble as cause:
                if not warned:
                    LOG.warning("reads of persons wait to be kept: %s", type(cause).__name__)
                warned = True
