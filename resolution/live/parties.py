"""Records by number in the form they are compared in, with what other records add to them: firms beside them, shared names."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ontology.base import PartyKind
from ontology.record import Record
from resolution.comparisons.crowds import CrowdedValues, without_crowded
from resolution.live.hashes import number_of
from resolution.live.postings import Shelf
from resolution.records.analysed import Analysed, analyse, with_names
from resolution.records.firms import firm_name
from resolution.records.sides import as_person, record_of
from store.port import Row, Store

BLOCK_SHIFT = 4  # 16 records a block: few are read beside the one that is asked for.


@dataclass(frozen=True)
class Known:
    """What other records add to one: keys of firms a person stands beside, further names of a firm."""

    firms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def told(self) -> str:
        """As text; nothing is the empty text."""
        return json.dumps([self.firms, self.names], ensure_ascii=False) if self.firms or self.names else ""

    @staticmethod
    def read(text: str) -> "Known":
        """Back from `told`."""
        return Known(*map(tuple, json.loads(text))) if text else NOTHING

    def added_to(self, plain: Analysed) -> Analysed:
        """The record's form with all that is added."""
        return with_names(plain.with_firms(self.firms), map(firm_name, self.names))


NOTHING = Known()


@dataclass
class Parties:
    """Records of one call, each read and analysed once. Ids are those of their sides (records/sides.py), but of `records`.

    crowded: by kind, values that the last full run took out.
    """

    store: Store
    keys: Shelf
    crowded: Mapping[PartyKind, CrowdedValues]
    ids: dict[int, str] = field(default_factory=dict)
    known: dict[int, Known] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    _plain: dict[str, Analysed] = field(default_factory=dict)
    _forms: dict[int, Analysed] = field(default_factory=dict)
    _was_known: dict[int, Known] = field(default_factory=dict)

    def numbers(self, ids: Collection[str]) -> dict[str, int]:
        """Numbers of these records, as far as they have one."""
        if not ids:
            return {}
        asked = {id_: number_of(f"@{id_}") for id_ in ids}
        held = self.keys.held(self.store, set(asked.values()))
        return {id_: held[key][0] for id_, key in asked.items() if held[key]}

    def named(self, numbers: Collection[int]) -> dict[int, str]:
        """Ids of these records."""
        self._read_ids(numbers)
        return {number: self.ids[number] for number in numbers}

    def forms(self, numbers: Collection[int]) -> dict[int, Analysed]:
        """These records in the form they are compared in."""
        missing = [number for number in numbers if number not in self._forms]
        self._read_ids(missing)
        self.read_records(record_of(self.ids[number]) for number in missing)
        for number in missing:
            self._forms[number] = self.known[number].added_to(self.plain(self.ids[number]))
        return {number: self._forms[number] for number in numbers}

    def plain(self, id_: str) -> Analysed:
        """One record, read before, without what others add."""
        if id_ not in self._plain:
            plain = analyse(self.records[record_of(id_)], id_)
            self._plain[id_] = without_crowded(plain, self.crowded[plain.kind])
        return self._plain[id_]

    def read_records(self, ids: Iterable[str]) -> None:
        """Read the documents of these records."""
        missing = sorted({id_ for id_ in ids if id_ not in self.records})
        if missing:
            for row in self.store.read("entities/records_by_ids", ids=missing):
                self.records[row["id"]] = Record.model_validate_json(row["document"])

    def learn(self, number: int, id_: str, record: Record, known: Known) -> None:
        """From now on the record says this, on the side of this id, and others add that."""
        if self.records.get(record.id) is not record:
            for side in (record.id, as_person(record.id)):
                self._plain.pop(side, None)
        self.ids[number], self.known[number], self.records[record.id] = id_, known, record
        self._forms[number] = known.added_to(self.plain(id_))

    def write_known(self, known: Mapping[int, Known], new: Collection[int]) -> None:
        """Keep what others add to these records, where it is something else now, and the ids of new ones."""
        rows = [
            {"number": number, "id": self.ids[number], "known": own.told()}
            for number, own in sorted(known.items())
            if number in new or self._was_known.get(number) != own
        ]
        if rows:
            self.store.write("live/put_records", rows=rows)
            self._was_known |= known

    def _read_ids(self, numbers: Iterable[int]) -> None:
        missing = sorted({number for number in numbers if number not in self.ids})
        if not missing:
            return
        blocks = sorted({number >> BLOCK_SHIFT for number in missing})
        found = {}
        for row in self.store.read("live/blocks", shelf="records", blocks=blocks):
            first = row["block"] << BLOCK_SHIFT
            found.update({first + at: told for at, told in enumerate(json.loads(row["content"]))})
        found |= {row["number"]: (row["id"], row["known"]) for row in self.store.read("live/records", numbers=missing)}
        for number in missing:
            self.ids[number], text = found[number]
            self.known[number] = self._was_known[number] = Known.read(text)


def packed_records(told: Iterable[tuple[str, Known]]) -> Iterator[Row]:
    """Rows of `live/put_blocks` for all records, numbered from 0 in this order."""
    block: list[tuple[str, str]] = []
    number = 0
    for id_, known in told:
        block.append((id_, known.told()))
        if len(block) == 1 << BLOCK_SHIFT:
            yield _block(number, block)
            block, number = [], number + 1
    if block:
        yield _block(number, block)


def _block(number: int, block: list[tuple[str, str]]) -> Row:
    return {"shelf": "records", "block": number, "content": json.dumps(block, ensure_ascii=False)}
