"""One call of live resolution: the store it changes, what it remembers, and the records it has read."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from ontology.base import PartyKind
from resolution.candidates.pairs import HOLDERS_MAX
from resolution.entities.side_assignment import both_sides
from resolution.judgements.ledger import verdicts_around, words_around
from resolution.judgements.verdicts import Verdicts
from resolution.live.hashes import number_of
from resolution.live.memory import Ground, Memory
from resolution.live.record_cache import Parties
from resolution.live.postings import EDGES
from resolution.records.sides import record_of
from store.port import Store

Pair = tuple[int, int]
LOOKED_AT_MAX = 4 * HOLDERS_MAX  # Changes of one key that tell for sure whether more than the cap hold it.


@dataclass
class LiveSession:
    """What every step of one call works with. next_number: of the next new record."""

    store: Store
    memory: Memory
    now: datetime
    next_number: int
    parties: Parties = field(init=False)
    _edges: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parties = Parties(self.store, self.memory.keys, self.memory.crowded)

    def ground(self, kind: PartyKind) -> Ground:
        """What the weights of this kind stand on."""
        return self.memory.grounds[kind]

    def holders(self, keys: Collection[str]) -> dict[str, list[int]]:
        """Numbers of the units that hold each key. Of a key far above its cap not all, but more than the cap."""
        ids = {key for key in keys if is_id(key)}
        found = self._held(ids, None)
        return found | self._held([key for key in keys if key not in ids], LOOKED_AT_MAX)

    def holders_of_all(self, keys: Collection[str]) -> dict[str, list[int]]:
        """Numbers of everything under each key, however many there are."""
        return self._held(keys, None)

    def edges_of(self, numbers: Collection[int]) -> dict[int, set[int]]:
        """With which units edges connect each of these, as of now."""
        missing = [number for number in numbers if number not in self._edges]
        self._edges |= {number: set(own) for number, own in EDGES.held(self.store, missing).items()}
        return {number: self._edges[number] for number in numbers}

    def change_edges(self, come: Collection[Pair], lost: Collection[Pair]) -> None:
        """Write edges that come and take away those that are lost."""
        EDGES.change(self.store, both_ways(come), both_ways(lost))
        for one, other in both_ways(lost):
            self._edges.get(one, set()).discard(other)
        for one, other in both_ways(come):
            if one in self._edges:
                self._edges[one].add(other)

    def verdicts_of(self, record_ids: Collection[str]) -> Verdicts:
        """What holds of what people said of these records, as of now, on either side of each."""
        if self._silent(record_ids):
            return Verdicts()
        return both_sides(verdicts_around(self.store, set(map(record_of, record_ids))))

    def connected_by_words(self, record_ids: Collection[str]) -> set[str]:
        """These records and all that people's words connect with them: whether a word holds can hang on any of them."""
        if self._silent(record_ids):
            return set()
        return {end for one in words_around(self.store, record_ids) for end in (one.left_id, one.right_id)}

    def _silent(self, record_ids: Collection[str]) -> bool:
        return not (self.memory.spoken and record_ids)

    def _held(self, keys: Collection[str], most: int | None) -> dict[str, list[int]]:
        if not keys:
            return {}
        asked = {key: number_of(key) for key in keys}
        shelf, numbers = self.memory.keys, set(asked.values())
        held = shelf.held(self.store, numbers, most) if most else shelf.held(self.store, numbers)
        return {key: held[number] for key, number in asked.items()}


def both_ways(pairs: Iterable[Pair]) -> Iterator[tuple[int, int]]:
    """Each pair from either end."""
    return (entry for one, other in pairs for entry in ((one, other), (other, one)))


def is_id(key: str) -> bool:
    """Whether the key is an identifier, which is never dropped."""
    return key[2:5] == "id:"


def id_key(record_id: str) -> str:
    """Under which the number of a record lies."""
    return f"@{record_id}"


def content_key(content: str) -> str:
    """Under which all records lie that say the same."""
    return f"={content}"


def touched_key(record_id: str) -> str:
    """Under which a record's number lies when a person spoke of it."""
    return f"!{record_id}"
