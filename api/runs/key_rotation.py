"""Rotates the key of personal ids: loads the sources anew under the new key, and copies people's verdicts.

A hash cannot be converted to another key, and only the source files hold the numbers. So a new store is filled, and the old one
is only read. An interrupted rotation leaves the old store and its key unchanged, and the same call continues where it stopped.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ontology.base import ImmutableModel
from ontology.consent import Consent
from ontology.errors import WrongCall
from ontology.personal_ids import PersonalIdKey, has_hash_suffix
from ontology.record import Record
from ontology.rulebook import Rulebook
from resolution.aliases.steward_list import KEY as ALIASES
from resolution.judgements.ledger import append_entries, entry, read_entries
from resolution.judgements.verdicts import pair_of
from resolution.sources.choice import Choice, choose_reading
from resolution.sources.earlier_loads import digests
from resolution.sources.graphs.formats import GRAPHS
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.id_keys import bind_key, fingerprint
from resolution.sources.ingest import ingest
from resolution.sources.loads import Progress
from resolution.sources.mappings.language import Mapping as SourceMapping
from resolution.sources.packs.pack_library import known_mappings
from resolution.sources.reading import Reading
from resolution.sources.row_blocks import raw_rows
from store.port import Row, Store
from store.rows import from_row, to_row

MISSING_NAMED_MAX = 5
CONSENTS_MAX = 100_000


class RotationReport(ImmutableModel):
    """What the new store holds. `left` are records that no file gives: they were put singly, and have to be put again."""

    store_key: str
    files: int
    records: int
    verdicts: int
    consents: int
    rulings: int
    left: tuple[str, ...] = ()


class Keys(NamedTuple):
    """The key in use and the new key."""

    old: PersonalIdKey
    new: PersonalIdKey


class SourceFile(NamedTuple):
    """One loaded file to be loaded again: its path, its format or mapping, and its dataset."""

    path: Path
    kind: str
    dataset: str
    refers: bool


def rotate_key(
    old: Store,
    new: Store,
    files: Sequence[Path],
    *,
    keys: Keys,
    now: datetime,
    rulebook: Rulebook,
    pages: Sequence[SourceMapping] = (),
    progress: Progress | None = None,
) -> RotationReport:
    """Fill `new` from the files that `old` was loaded from, under the new key; `old` is only read.

    pages: custom mappings that files were loaded with.
    Raises WrongCall that names missing files, before anything is loaded; IdKeyDiffers where a store belongs to another key.
    """
    mappings = {page.mapping: page for page in (*known_mappings().values(), *pages)}
    bind_key(old, keys.old)
    sources = _sources(old.read("sources/files"), files, mappings, keys.old, now.date())
    bind_key(new, keys.new)
    _load(new, sources, mappings, key=keys.new, now=now, rulebook=rulebook, progress=progress)
    new_ids = _new_ids_by_old(sources, mappings, keys, now.date())
    with new.transaction():
        ids_to_put_again = _carry_records(old, new)
        verdicts = _carry_ledger(old, new, new_ids)
        consents = _carry_consents(old, new, new_ids)
        _carry_keys(old, new, new_ids)
        rulings = _carry_rulings(old, new, new_ids)
        new.write("meta/put", rows=old.read("meta/get", key=ALIASES))
    return RotationReport(
        store_key=fingerprint(keys.new),
        files=len(sources),
        records=len(new.columns("entities/records")["id"]),
        verdicts=verdicts,
        consents=consents,
        rulings=rulings,
        left=ids_to_put_again,
    )


def _sources(
    rows: list[Row], files: Sequence[Path], mappings: Mapping[str, SourceMapping], key: PersonalIdKey, today: date
) -> list[SourceFile]:
    """Every loaded file, those that name records of others last. Raises WrongCall where one is missing, or its mapping."""
    loaded = {row["id"]: row for row in rows if row["complete"]}
    kinds = sorted({row["mapping"] for row in loaded.values()})
    if unknown := [kind for kind in kinds if kind not in mappings and kind not in GRAPHS]:
        raise WrongCall(mappings=", ".join(unknown), reason="they are not known here", remedy="Name their files with --mapping.")
    paths = {digests(path, kind)[0]: path for path in files for kind in kinds}
    missing_names = sorted(loaded[id_]["name"] for id_ in loaded.keys() - paths.keys())
    if missing_names:
        raise WrongCall(
            missing=", ".join(missing_names[:MISSING_NAMED_MAX]),
            count=len(missing_names),
            reason="these files were loaded, and are not among those given",
            remedy="Give every file the store was loaded from: the numbers are nowhere else.",
        )
    loaded_files = [_source(loaded[id_], paths[id_], mappings, key, today) for id_ in loaded]
    loaded_at = {paths[id_]: loaded[id_]["loaded_at"] for id_ in loaded}
    return sorted(
        loaded_files, key=lambda source: (source.refers, source.kind, source.dataset, loaded_at[source.path], source.path)
    )


def _source(row: Row, path: Path, mappings: Mapping[str, SourceMapping], key: PersonalIdKey, today: date) -> SourceFile:
    plain = SourceFile(path, row["mapping"], row["dataset"], refers=False)
    return plain._replace(refers=_choice(plain, mappings, key, today, CrossFileIndex()).make("0" * 16).refers)


def _choice(
    source: SourceFile, mappings: Mapping[str, SourceMapping], key: PersonalIdKey, today: date, anchors: CrossFileIndex
) -> Choice:
    graph = source.kind in GRAPHS
    return choose_reading(
        source.path,
        mapping=None if graph else mappings[source.kind],
        kind=source.kind if graph else None,
        dataset=source.dataset,
        reading=Reading(),
        id_key=key,
        today=today,
        index=anchors,
    )


def _load(
    store: Store,
    sources: Iterable[SourceFile],
    mappings: Mapping[str, SourceMapping],
    *,
    key: PersonalIdKey,
    now: datetime,
    rulebook: Rulebook,
    progress: Progress | None,
) -> None:
    """Files of one kind and dataset in one call: they may name one another's records. A file that is there is passed over."""
    for (kind, dataset), group in groupby(sources, key=lambda source: (source.kind, source.dataset)):
        graph = kind in GRAPHS
        ingest(
            store,
            [source.path for source in group],
            id_key=key,
            now=now,
            mapping=None if graph else mappings[kind],
            kind=kind if graph else None,
            dataset=dataset,
            rulebook=rulebook,
            progress=progress,
        )


def _new_ids_by_old(
    sources: Iterable[SourceFile], mappings: Mapping[str, SourceMapping], keys: Keys, today: date
) -> dict[str, str]:
    """New id by old id of every record whose id holds a keyed hash: each row is mapped under both keys, side by side."""
    new_ids: dict[str, str] = {}
    anchors = CrossFileIndex(), CrossFileIndex()
    for source in sources:
        old_choice, new_choice = (
            _choice(source, mappings, key, today, key_anchors) for key, key_anchors in zip(keys, anchors, strict=True)
        )
        old_mapper, new_mapper = old_choice.make("0" * 16), new_choice.make("0" * 16)
        for row in raw_rows(source.path, old_choice):
            ids = [
                [statement.id for statement in mapper.map_row(row).statements if isinstance(statement, Record)]
                for mapper in (old_mapper, new_mapper)
            ]
            new_ids |= {old_id: new_id for old_id, new_id in zip(*ids, strict=True) if old_id != new_id}
    return new_ids


def _carry_records(old: Store, new: Store) -> tuple[str, ...]:
    """Records that were put singly: carried over as they are, but those with a hash in them, whose ids are handed back."""
    columns = old.columns("entities/records")
    files = {row["id"] for row in old.read("sources/files")}
    single_places = [place for place, row_id in enumerate(columns["row_id"]) if row_id.rpartition("#")[0] not in files]
    records = [Record.model_validate_json(columns["document"][place]) for place in single_places]
    keyed_records = [
        record
        for record in records
        if has_hash_suffix(record.id) or any(code.scheme == "resident_id" for code in record.identifiers)
    ]
    keyed_ids = {record.id for record in keyed_records}
    new.write("sources/put_records", rows=[to_row(record) for record in records if record.id not in keyed_ids])
    return tuple(sorted(keyed_ids))


def _carry_ledger(old: Store, new: Store, new_ids: Mapping[str, str]) -> int:
    """Every line, the oldest first, so that an undo finds what it undoes; on records under their new ids."""
    ids: dict[str, str] = {}
    lines = []
    for line in reversed(read_entries(old)):
        pair = pair_of(*(new_ids.get(record_id, record_id) for record_id in (line.left_id, line.right_id)))
        undoes = ids.get(line.undoes, line.undoes) if line.undoes else None
        carried = entry(*pair, line.verdict, by=line.by, reason=line.reason, decided_at=line.decided_at, undoes=undoes)
        ids[line.id] = carried.id
        lines.append(carried.model_copy(update={"occasion": ids.get(line.occasion, line.occasion)}))
    append_entries(new, lines)
    return len(lines)


def _carry_consents(old: Store, new: Store, new_ids: Mapping[str, str]) -> int:
    rows = {row["id"]: row for row in old.read("consents/all", limit=CONSENTS_MAX)}
    consents = [from_row(Consent, {name: value for name, value in row.items() if name != "entity_id"}) for row in rows.values()]
    new.write("consents/put", rows=[to_row(consent) for consent in consents])
    new.write("consents/put_records", rows=_under_new_ids(old.read("consents/records"), new_ids))
    new.write("consents/put_looks", rows=old.read("consents/looks", consent_ids=list(rows)))
    return len(consents)


def _carry_keys(old: Store, new: Store, new_ids: Mapping[str, str]) -> None:
    """Keys of the API and the log of reads; those of persons stay with their records."""
    keys = old.read("keys/all")
    new.write("keys/put", rows=[row | {"record_id": new_ids.get(row["record_id"], row["record_id"])} for row in keys])
    new.write("keys/put_reads", rows=_under_new_ids(old.read("keys/reads"), new_ids))


def _carry_rulings(old: Store, new: Store, new_ids: Mapping[str, str]) -> int:
    columns = old.columns("network/rulings")
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    rulings = {row["id"]: {name: value for name, value in row.items() if name != "entity_id"} for row in rows}
    new.write("rings/put_rulings", rows=list(rulings.values()))
    new.write("rings/put_records", rows=_under_new_ids(old.read("rings/records"), new_ids))
    return len(rulings)


def _under_new_ids(rows: Iterable[Row], new_ids: Mapping[str, str]) -> list[Row]:
    return [row | {"record_id": new_ids.get(row["record_id"], row["record_id"])} for row in rows]
