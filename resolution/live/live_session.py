"""One call of live resolution: the store, the memory of the last full run, and the records read so far."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from ontology.base import PartyKind
from resolution.candidates.pairs import HOLDERS_MAX
from resolution.entities.side_assignment import both_sides
from resolution.judgements.ledger import verdicts_around, words_around
from resolution.judgements.verdicts import Verdicts
from resolution.live.hashes import number_of
from resolution.live.memory import Memory, WeightBasis
from resolution.live.postings import EDGE_INDEX
from resolution.live.record_cache import RecordCache
from resolution.records.sides import record_of
from store.port import Store

Pair = tuple[int, int]
LOOKED_AT_MAX = 4 * HOLDERS_MAX  # So many changes of one key show for sure whether more than the cap hold it.


@dataclass
class LiveSession:
    """The state of one call, shared by its steps. next_number: number of the next new record."""

    store: Store
    memory: Memory
    now: datetime
    next_number: int
    record_cache: RecordCache = field(init=False)
    _edges: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.record_cache = RecordCache(self.store, self.memory.keys, self.memory.crowded)

    def basis(self, kind: PartyKind) -> WeightBasis:
        """The statistics that the weights of this kind are computed with."""
        return self.memory.bases[kind]

    def holders(self, keys: Collection[str]) -> dict[str, list[int]]:
        """Numbers of the units that hold each key; of a key far above its cap not all of them, but more than the cap."""
        ids = {key for key in keys if is_id(key)}
        holders_by_key = self._read_holders(ids, None)
        return holders_by_key | self._read_holders([key for key in keys if key not in ids], LOOKED_AT_MAX)

    def holders_of_all(self, keys: Collection[str]) -> dict[str, list[int]]:
        """Numbers in each key's posting list, however many there are."""
        return self._read_holders(keys, None)

    def edges_of(self, numbers: Collection[int]) -> dict[int, set[int]]:
        """Neighbours of each of these units over edges, as of now."""
        unread = [number for number in numbers if number not in self._edges]
        self._edges |= {number: set(neighbours) for number, neighbours in EDGE_INDEX.read_postings(self.store, unread).items()}
        return {number: self._edges[number] for number in numbers}

    def change_edges(self, new_edges: Collection[Pair], lost_edges: Collection[Pair]) -> None:
        """Write new edges and remove lost ones."""
        EDGE_INDEX.apply_changes(self.store, both_ways(new_edges), both_ways(lost_edges))
        for unit, neighbour in both_ways(lost_edges):
            self._edges.get(unit, set()).discard(neighbour)
        for unit, neighbour in both_ways(new_edges):
            if unit in self._edges:
                self._edges[unit].add(neighbour)

    def verdicts_of(self, record_ids: Collection[str]) -> Verdicts:
        """The verdicts in force on these records, for both sides of each."""
        if self._has_no_judgements(record_ids):
            return Verdicts()
        return both_sides(verdicts_around(self.store, set(map(record_of, record_ids))))

    def connected_by_words(self, record_ids: Collection[str]) -> set[str]:
        """These records and all that verdicts connect with them: whether a verdict is in force can depend on any of them."""
        if self._has_no_judgements(record_ids):
            return set()
        return {end for judgement in words_around(self.store, record_ids) for end in (judgement.left_id, judgement.right_id)}

    def _has_no_judgements(self, record_ids: Collection[str]) -> bool:
        return not (self.memory.has_judgements and record_ids)

    def _read_holders(self, keys: Collection[str], changes_max: int | None) -> dict[str, list[int]]:
        if not keys:
            return {}
        number_by_key = {key: number_of(key) for key in keys}
        key_index, numbers = self.memory.keys, set(number_by_key.values())
        holders_by_number = (
            key_index.read_postings(self.store, numbers, changes_max)
            if changes_max
            else key_index.read_postings(self.store, numbers)
        )
        return {key: holders_by_number[number] for key, number in number_by_key.items()}


def both_ways(pairs: Iterable[Pair]) -> Iterator[tuple[int, int]]:
    """Each pair in both orders."""
    return (entry for first, second in pairs for entry in ((first, second), (second, first)))


def is_id(key: str) -> bool:
    """Whether the key is an identifier, which is never dropped."""
    return key[2:5] == "id:"


def id_key(record_id: str) -> str:
    """Key of a posting list that holds the number of this record."""
    return f"@{record_id}"


def content_key(content: str) -> str:
    """Key of a posting list that holds the numbers of all records with this content."""
    return f"={content}"


def judged_key(record_id: str) -> str:
    """Key of a posting list that holds this record's number once a person judged a pair of it."""
    return f"!{record_id}"
