"""Records by number in the form they are compared in, with their context: firms, shared names, listings."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ontology.base import PartyKind
from ontology.record import Record
from resolution.comparisons.crowds import CrowdedValues, without_crowded
from resolution.live.hashes import number_of
from resolution.live.postings import InvertedIndex
from resolution.records.analysed import Analysed, analyse, with_names
from resolution.records.firms import firm_name
from resolution.records.sides import as_person, record_of
from store.port import Row, Store

BLOCK_SHIFT = 4  # 16 records a block: few are read beside the one that is asked for.


@dataclass(frozen=True)
class RecordContext:
    """What a source tells of a record elsewhere: for a person keys of its firms, for a firm further names; listings of either."""

    firms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()

    def to_text(self) -> str:
        """This as JSON text; an empty context is the empty text."""
        parts = self.firms, self.names, self.listings
        return json.dumps(parts, ensure_ascii=False) if any(parts) else ""

    @staticmethod
    def from_text(text: str) -> "RecordContext":
        """A context from its text, as `to_text` wrote it."""
        return RecordContext(*map(tuple, json.loads(text))) if text else NO_CONTEXT

    def added_to(self, plain: Analysed) -> Analysed:
        """The record's form with this context added."""
        return with_names(plain.with_listings(self.listings).with_firms(self.firms), map(firm_name, self.names))


NO_CONTEXT = RecordContext()


@dataclass
class RecordCache:
    """Records of one call, each read and analysed once. Ids are those of sides (records/sides.py), except in `records`.

    crowded: by kind, values that the last full run removed because too many records hold them.
    """

    store: Store
    keys: InvertedIndex
    crowded: Mapping[PartyKind, CrowdedValues]
    ids: dict[int, str] = field(default_factory=dict)
    contexts: dict[int, RecordContext] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    _plain: dict[str, Analysed] = field(default_factory=dict)
    _forms: dict[int, Analysed] = field(default_factory=dict)
    _written_contexts: dict[int, RecordContext] = field(default_factory=dict)

    def numbers_of(self, ids: Collection[str]) -> dict[str, int]:
        """Numbers of these records, as far as they have one."""
        if not ids:
            return {}
        key_numbers = {id_: number_of(f"@{id_}") for id_ in ids}
        postings = self.keys.read_postings(self.store, set(key_numbers.values()))
        return {id_: postings[key][0] for id_, key in key_numbers.items() if postings[key]}

    def ids_of(self, numbers: Collection[int]) -> dict[int, str]:
        """Ids of these records."""
        self._read_ids(numbers)
        return {number: self.ids[number] for number in numbers}

    def forms(self, numbers: Collection[int]) -> dict[int, Analysed]:
        """These records in the form they are compared in."""
        unread = [number for number in numbers if number not in self._forms]
        self._read_ids(unread)
        self.read_records(record_of(self.ids[number]) for number in unread)
        for number in unread:
            self._forms[number] = self.contexts[number].added_to(self.plain(self.ids[number]))
        return {number: self._forms[number] for number in numbers}

    def plain(self, id_: str) -> Analysed:
        """One record, read before, without its context."""
        if id_ not in self._plain:
            plain = analyse(self.records[record_of(id_)], id_)
            self._plain[id_] = without_crowded(plain, self.crowded[plain.kind])
        return self._plain[id_]

    def read_records(self, ids: Iterable[str]) -> None:
        """Read the documents of these records."""
        unread = sorted({id_ for id_ in ids if id_ not in self.records})
        if unread:
            for row in self.store.read("entities/records_by_ids", ids=unread):
                self.records[row["id"]] = Record.model_validate_json(row["document"])

    def learn(self, number: int, id_: str, record: Record, context: RecordContext) -> None:
        """Replace a record in the cache: its document and its context, for the side with this id."""
        if self.records.get(record.id) is not record:
            for side in (record.id, as_person(record.id)):
                self._plain.pop(side, None)
        self.ids[number], self.contexts[number], self.records[record.id] = id_, context, record
        self._forms[number] = context.added_to(self.plain(id_))

    def write_contexts(self, contexts: Mapping[int, RecordContext], new: Collection[int]) -> None:
        """Write the contexts of these records that changed, and the ids of new ones."""
        rows = [
            {"number": number, "id": self.ids[number], "known": context.to_text()}
            for number, context in sorted(contexts.items())
            if number in new or self._written_contexts.get(number) != context
        ]
        if rows:
            self.store.write("live/put_records", rows=rows)
            self._written_contexts |= contexts

    def _read_ids(self, numbers: Iterable[int]) -> None:
        unread = sorted({number for number in numbers if number not in self.ids})
        if not unread:
            return
        blocks = sorted({number >> BLOCK_SHIFT for number in unread})
        id_and_context_text = {}
        for row in self.store.read("live/blocks", shelf="records", blocks=blocks):
            first = row["block"] << BLOCK_SHIFT
            id_and_context_text.update({first + at: id_and_text for at, id_and_text in enumerate(json.loads(row["content"]))})
        id_and_context_text |= {
            row["number"]: (row["id"], row["known"]) for row in self.store.read("live/records", numbers=unread)
        }
        for number in unread:
            self.ids[number], text = id_and_context_text[number]
            self.contexts[number] = self._written_contexts[number] = RecordContext.from_text(text)


def record_block_rows(records: Iterable[tuple[str, RecordContext]]) -> Iterator[Row]:
    """Rows of `live/put_blocks` for all records, numbered from 0 in this order."""
    block: list[tuple[str, str]] = []
    number = 0
    for id_, context in records:
        block.append((id_, context.to_text()))
        if len(block) == 1 << BLOCK_SHIFT:
            yield _block(number, block)
            block, number = [], number + 1
    if block:
        yield _block(number, block)


def _block(number: int, block: list[tuple[str, str]]) -> Row:
    return {"shelf": "records", "block": number, "content": json.dumps(block, ensure_ascii=False)}
