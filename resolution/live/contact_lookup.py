"""Records with a phone or at an address, looked up by the keys that records are compared by: a few reads, whatever the size."""

from collections import Counter
from collections.abc import Collection, Iterable

from ontology.record import Address, Record
from resolution.live.hashes import number_of
from resolution.live.memory import Memory
from resolution.live.record_cache import RecordCache
from resolution.records.addresses import Place, parse_place, parse_places
from resolution.records.contacts import phone_tail, same_phone
from resolution.records.phones import phone_numbers
from resolution.records.sides import COMPARED_KINDS, record_of
from resolution.records.text import fold
from store.port import Store

RECORDS_MAX = 200  # Records that are looked at: a door may be that of thousands.
WORDS_SHARED_MIN = 0.5  # Of the street's words as asked for; the house number has to be the same.


def records_with_phone(store: Store, memory: Memory, phone: str) -> list[Record]:
    """Records with this number, with or without area and country code, by id; none for what is no number.

    memory: of the last full run, whose keys are looked up.
    """
    numbers = phone_numbers(phone)
    found = _records(store, memory, {f"phone:{tail}" for number in numbers if (tail := phone_tail(number))})
    return [record for record in found if any(same_phone(number, other) for number in numbers for other in _phones(record))]


def records_at_address(store: Store, memory: Memory, address: str) -> list[tuple[Record, float]]:
    """Records at this door, each with how alike the addresses are, 0..1: the same house number and most words of the street.

    None for an address without a house number. Chinese and Latin writings meet by sound. memory: as above.
    """
    place = parse_place(Address(text=address))
    doors = {f"door:{number}:{word}" for number in place.numbers for word in place.words | place.sounds}
    likeness = ((record, _likeness(address, place, record)) for record in _records(store, memory, doors))
    return [(record, alike) for record, alike in likeness if alike >= WORDS_SHARED_MIN]


def _likeness(address: str, place: Place, record: Record) -> float:
    if any(fold(other.text) == fold(address) for other in record.addresses):
        return 1.0
    words = place.words | place.sounds
    shares = (
        len(words & (other.words | other.sounds)) / len(words)
        for other in parse_places(record.addresses)
        if place.numbers <= other.numbers or (other.numbers and other.numbers <= place.numbers)
    )
    return max(shares, default=0.0)


def _phones(record: Record) -> Iterable[str]:
    return (number for contact in record.contacts if contact.kind == "phone" for number in phone_numbers(contact.value))


def _records(store: Store, memory: Memory, bare_keys: Collection[str]) -> list[Record]:
    """Records under most of these keys, of parties of any kind, at most RECORDS_MAX, by id."""
    keys = {number_of(f"{kind.value[0]}:{key}") for key in bare_keys for kind in COMPARED_KINDS}
    postings = memory.keys.read_postings(store, keys)
    counts = Counter(number for numbers in postings.values() for number in numbers)
    cache = RecordCache(store, memory.keys, memory.crowded)
    most_shared = sorted(counts, key=lambda number: (-counts[number], number))[:RECORDS_MAX]
    record_ids = sorted({record_of(id_) for id_ in cache.ids_of(most_shared).values()})
    cache.read_records(record_ids)
    return [cache.records[id_] for id_ in record_ids if id_ in cache.records]
