"""Copies of a whole store as one file: taken while it is used, verified by opening it, put back whole or not at all.

A backup is a zip archive of a manifest and one content: a SQLite file, or the dump that Neo4j's own program makes of a managed
server. It is of the schema version that the store has: taking one upgrades nothing. The key of personal ids is never in it.
"""

import hashlib
import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, Field

from ontology.errors import BackupInvalid, StoreExists, StoreMissing, StoreNewer, StoreTrouble, WrongCall
from ontology.files import BROKEN_ZIP
from store import local_neo4j
from store.private_files import private_file, refuse_special_file
from store.queries import migrations
from store.sqlite import APPLICATION_ID, COMPANION_SUFFIXES
from store.urls import neo4j_server, scheme_of, sqlite_file

MANIFEST, SQLITE_CONTENT, NEO4J_CONTENT = "manifest.json", "kith.db", "neo4j.dump"
CHUNK_BYTES = 1 << 20
COMPRESSION_LEVEL = 1  # Three quarters of what the slowest level saves, in a tenth of its time.
PARTS_MAX = 2
KEY_FINGERPRINT = "id_key.fingerprint"


class BackupManifest(BaseModel):
    """What a backup holds.

    counts: rows of each table (SQLite), or nodes of each label (Neo4j); content_bytes, content_sha256: of the content, unpacked.
    id_key: fingerprint of the key the store was made with; None where it was made without.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    engine: Literal["sqlite", "neo4j"]
    program: str = Field(max_length=100)
    made_at: datetime
    schema_version: int = Field(ge=0)
    counts: dict[str, int]
    id_key: str | None = None
    content_bytes: int = Field(ge=0)
    content_sha256: str = Field(pattern="^[0-9a-f]{64}$")

    @property
    def content(self) -> str:
        """Name of the content within the archive."""
        return SQLITE_CONTENT if self.engine == "sqlite" else NEO4J_CONTENT


class _Facts(BaseModel):
    schema_version: int
    counts: dict[str, int]
    id_key: str | None


def back_up(address: str, target: Path, *, program: str, now: datetime, home: Path | None = None) -> BackupManifest:
    """Write a backup of the store at this address, verified before it takes its place. Raises StoreTrouble, WrongCall.

    SQLite: as of one moment, while others read and write. Neo4j: of the managed server of `home` alone, which is stopped for it
    and started again. program: version of the program, for the manifest.
    """
    refuse_special_file(target)
    with tempfile.TemporaryDirectory(prefix=".kith-backup-", dir=target.absolute().parent) as name:
        content = Path(name) / "content"
        if scheme_of(address) == "sqlite":
            facts = _copy_sqlite(sqlite_file(address), content)
            engine: Literal["sqlite", "neo4j"] = "sqlite"
        else:
            facts, engine = _dump_neo4j(address, content, home), "neo4j"
        manifest = BackupManifest(
            engine=engine,
            program=program,
            made_at=now,
            content_bytes=content.stat().st_size,
            content_sha256=_digest(content),
            **facts.model_dump(),
        )
        draft = Path(name) / "backup"
        _pack(draft, manifest, content)
        content.unlink()
        verify_backup(draft)
        with private_file(target) as out, draft.open("rb") as packed:
            shutil.copyfileobj(packed, out, CHUNK_BYTES)
    return manifest


def verify_backup(file: Path) -> BackupManifest:
    """Unpack a backup beside itself and hold it against its manifest: digest, integrity, schema version, counts.

    A Neo4j dump can only be opened by the server: of it size and digest are checked. Raises BackupInvalid, StoreNewer.
    """
    with _unpacked(file) as (manifest, _):
        return manifest


def restore(file: Path, address: str, *, overwrite: bool = False, home: Path | None = None) -> BackupManifest:
    """Put a verified backup where the address says. Raises BackupInvalid, StoreTrouble; StoreExists unless `overwrite`."""
    with _unpacked(file) as (manifest, content):
        if manifest.engine != ("sqlite" if scheme_of(address) == "sqlite" else "neo4j"):
            remedy = f"Restore it to a {manifest.engine} store."
            raise WrongCall(backup=file.name, engine=manifest.engine, reason="it is of the other engine", remedy=remedy)
        if manifest.engine == "sqlite":
            _put_sqlite(content, sqlite_file(address), overwrite=overwrite)
        else:
            _load_neo4j(content, address, home, overwrite=overwrite)
    return manifest


def _copy_sqlite(path: Path, content: Path) -> _Facts:
    if not path.exists():
        raise StoreMissing(store=str(path))
    source_uri, remedy = f"{path.absolute().as_uri()}?mode=ro", "Check the file and the room on the disk."
    try:
        with closing(sqlite3.connect(source_uri, uri=True)) as source, closing(sqlite3.connect(content)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # One file, with nothing beside it.
        return _facts_of_sqlite(content)
    except sqlite3.Error as cause:
        raise StoreTrouble(store=path.name, problem="it cannot be copied", remedy=remedy) from cause


def _facts_of_sqlite(content: Path) -> _Facts:
    """Schema version, rows by table and fingerprint of an intact kith store. Raises BackupInvalid where it is none."""
    try:
        with closing(sqlite3.connect(f"{content.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            if copy.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise BackupInvalid(reason="it holds no kith store")
            if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise BackupInvalid(reason="the store in it is damaged")
            tables = [row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            counts = {table: copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}  # noqa: S608
            key = copy.execute("SELECT value FROM meta WHERE key = ?", (KEY_FINGERPRINT,)).fetchone()
            version = copy.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as cause:
        raise BackupInvalid(reason="the store in it cannot be opened") from cause
    return _Facts(schema_version=version, counts=counts, id_key=key[0] if key else None)


def _put_sqlite(content: Path, target: Path, *, overwrite: bool) -> None:
    refuse_special_file(target)
    if target.exists() and not overwrite:
        raise StoreExists(store=str(target))
    with private_file(target) as out, content.open("rb") as whole:
        if target.exists():
            _refuse_open_store(target)
        shutil.copyfileobj(whole, out, CHUNK_BYTES)
        for suffix in COMPANION_SUFFIXES:  # A log of the store before would be read into this one.
            target.with_name(target.name + suffix).unlink(missing_ok=True)
    shutil.rmtree(target.with_name(f"{target.name}-kept"), ignore_errors=True)


def _refuse_open_store(target: Path) -> None:
    """A store that another process has open cannot be replaced under it. Raises StoreTrouble."""
    try:
        with closing(sqlite3.connect(target, timeout=0)) as there:
            there.execute("PRAGMA locking_mode = EXCLUSIVE")
            there.execute("BEGIN EXCLUSIVE")
            there.rollback()
    except sqlite3.DatabaseError as cause:
        if "locked" in str(cause):
            raise StoreTrouble(
                store=target.name, problem="it is in use", remedy="Stop the server first, then restore."
            ) from cause


def _managed_server(address: str, home: Path | None) -> local_neo4j.LocalNeo4j:
    """The managed server behind an address, running. Raises WrongCall where the address is of another one."""
    running = local_neo4j.status(home) or local_neo4j.start(home)
    if neo4j_server(address).uri != running.uri:
        remedy = "On the machine of that server: neo4j-admin database dump, and neo4j-admin database load to restore."
        raise WrongCall(reason="only the server of `kith neo4j start` is backed up from here", remedy=remedy)
    return running


def _dump_neo4j(address: str, content: Path, home: Path | None) -> _Facts:
    _managed_server(address, home)
    facts = _facts_of_neo4j(address)
    local_neo4j.stop(home)
    try:
        local_neo4j.dump(home, content)
    finally:
        local_neo4j.start(home)
    return facts


def _load_neo4j(content: Path, address: str, home: Path | None, *, overwrite: bool) -> None:
    _managed_server(address, home)
    if _facts_of_neo4j(address).counts and not overwrite:
        raise StoreExists(store=neo4j_server(address).uri)
    local_neo4j.stop(home)
    try:
        local_neo4j.load(home, content)
    finally:
        local_neo4j.start(home)


def _facts_of_neo4j(address: str) -> _Facts:
    from neo4j import GraphDatabase

    server = neo4j_server(address)
    with (
        GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver,
        driver.session(database=server.database) as session,
    ):
        labels = session.run("MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS n ORDER BY label").values()
        version = session.run("OPTIONAL MATCH (s:Schema {id: 'kith'}) RETURN coalesce(max(s.version), 0)").single(strict=True)[0]
        key = session.run("OPTIONAL MATCH (m:Meta {key: $key}) RETURN m.value", key=KEY_FINGERPRINT).values()
    counts = {label: n for label, n in labels if label not in ("Schema", "Lock")}
    return _Facts(schema_version=version, counts=counts, id_key=key[0][0] if key else None)


def _pack(target: Path, manifest: BackupManifest, content: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION_LEVEL) as archive:
        archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
        with archive.open(manifest.content, "w", force_zip64=True) as out, content.open("rb") as whole:
            shutil.copyfileobj(whole, out, CHUNK_BYTES)


@contextmanager
def _unpacked(file: Path) -> Iterator[tuple[BackupManifest, Path]]:
    """Manifest and content of a backup, the content unpacked beside it and held against the manifest."""
    if not file.is_file():
        raise BackupInvalid(backup=file.name, reason="there is no such file")
    with tempfile.TemporaryDirectory(prefix=".kith-restore-", dir=file.absolute().parent) as name:
        content = Path(name) / "content"
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = _manifest_in(archive)
                with archive.open(manifest.content) as packed, content.open("wb") as out:
                    _copy_bounded(packed, out, manifest.content_bytes)
        except (*BROKEN_ZIP, KeyError) as cause:  # A manifest that is none is a ValueError, too.
            raise BackupInvalid(backup=file.name, reason="it is no whole backup of kith") from cause
        _hold_against(manifest, content, file.name)
        yield manifest, content


def _manifest_in(archive: zipfile.ZipFile) -> BackupManifest:
    if len(archive.namelist()) != PARTS_MAX:
        raise ValueError("a backup has two parts")
    with archive.open(MANIFEST) as part:
        return BackupManifest.model_validate(json.loads(part.read(CHUNK_BYTES)))


def _copy_bounded(packed: IO[bytes], out: IO[bytes], bytes_max: int) -> None:
    """Unpack no more than the manifest promises, so that a made-up archive fills no disk."""
    while chunk := packed.read(CHUNK_BYTES):
        bytes_max -= len(chunk)
        if bytes_max < 0:
            raise ValueError("the content is longer than its manifest says")
        out.write(chunk)


def _hold_against(manifest: BackupManifest, content: Path, name: str) -> None:
    known = len(migrations(manifest.engine))
    if manifest.schema_version > known:
        raise StoreNewer(backup=name, version=manifest.schema_version, known=known)
    if content.stat().st_size != manifest.content_bytes or _digest(content) != manifest.content_sha256:
        raise BackupInvalid(backup=name, reason="its content is not what its manifest says")
    if manifest.engine == "sqlite":
        facts = _facts_of_sqlite(content)
        if facts != _Facts(schema_version=manifest.schema_version, counts=manifest.counts, id_key=manifest.id_key):
            raise BackupInvalid(backup=name, reason="what it holds is not what its manifest counts")


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
