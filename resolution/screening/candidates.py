"""Which parties of a store may be the ones described: looked up by key, in a few reads whatever the size of the store."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from heapq import nsmallest
from math import log2

from ontology.base import PartyKind
from resolution.candidates import keys
from resolution.live.hashes import number_of
from resolution.live.live_session import LOOKED_AT_MAX, is_id
from resolution.live.memory import Memory
from resolution.live.record_cache import RecordCache
from resolution.records.analysed import Analysed
from resolution.records.persons import PersonName
from resolution.records.sides import record_of
from resolution.screening.misspellings import misspelt_keys
from store.port import Store

CANDIDATES_MAX = 30  # Parties that are compared with one description.
NAMESAKES_MAX = 50  # Of those that bear the very name.
ID_BITS = 40.0  # A shared identifier comes before any name.
NAME_BITS = 30.0  # So does the whole name before a part of it.
WORDS_MAX = 5  # A longer text is no name of a person whose words may stand in another order.

Weights = dict[int, float]
"""Bits of the keys shared, by the number of the record."""


def propose_parties(
    store: Store, memory: Memory, forms: Sequence[Analysed], *, limit: int = CANDIDATES_MAX
) -> list[tuple[str, ...]]:
    """Ids of the parties that share rare keys with each form, those that share most first; at most `limit` each.

    memory: of the last full run, whose keys are looked up. One read of each kind serves all forms.
    """
    weights_by_form = _records_by_key(store, memory, forms)
    best = [_heaviest(weights, limit) for weights in weights_by_form]
    party_of = _parties_of(store, memory, {number for numbers in best for number in numbers})
    namesakes = _namesakes(store, forms)
    return [
        _rank(weights, numbers, party_of, same_named)[:limit]
        for weights, numbers, same_named in zip(weights_by_form, best, namesakes, strict=True)
    ]


def _heaviest(weights: Weights, limit: int) -> list[int]:
    return nsmallest(limit, weights, key=lambda number: (-weights[number], number))


def _rank(weights: Weights, numbers: Sequence[int], party_of: Mapping[int, str], namesakes: Collection[str]) -> tuple[str, ...]:
    """Parties by the weight of their best record; bearing the very name counts as a key of its own."""
    by_party: dict[str, float] = dict.fromkeys(namesakes, 0.0)
    for number in numbers:
        if party := party_of.get(number):
            by_party[party] = max(by_party.get(party, 0.0), weights[number])
    for party in namesakes:
        by_party[party] += NAME_BITS
    return tuple(sorted(by_party, key=lambda party: (-by_party[party], party)))


def _records_by_key(store: Store, memory: Memory, forms: Sequence[Analysed]) -> list[Weights]:
    """For each form the records that share a key with it, with the bits of all keys they share."""
    misspelt = misspelt_keys(store, memory, forms)
    key_sets = [_of_all_kinds(form, {*keys(form), *more}) for form, more in zip(forms, misspelt, strict=True)]
    number_by_key = {key: number_of(key) for key_set in key_sets for key in key_set}
    postings = memory.keys.read_postings(store, set(number_by_key.values()), LOOKED_AT_MAX)
    size_bits = log2(max(memory.next_number, 2))
    weights_by_form = []
    for key_set in key_sets:
        weights: Weights = defaultdict(float)
        for key in key_set:
            holders = postings[number_by_key[key]]
            bits = ID_BITS if is_id(key) else max(size_bits - log2(max(len(holders), 1)), 1.0)
            for holder in holders:
                weights[holder] += bits
        weights_by_form.append(weights)
    return weights_by_form


def _of_all_kinds(form: Analysed, own_keys: Collection[str]) -> list[str]:
    """Keys in order; those of a firm are looked up among agencies, too."""
    if form.kind is PartyKind.PERSON:
        return sorted(own_keys)
    return [f"{kind.value[0]}{key[1:]}" for key in sorted(own_keys) for kind in (PartyKind.FIRM, PartyKind.AGENCY)]


def _parties_of(store: Store, memory: Memory, numbers: Collection[int]) -> dict[int, str]:
    """The party of each record; none of one that was taken out since."""
    if not numbers:
        return {}
    record_ids = {
        number: record_of(id_) for number, id_ in RecordCache(store, memory.keys, memory.crowded).ids_of(numbers).items()
    }
    rows = store.read("live/members_of", record_ids=sorted(set(record_ids.values())))
    party_by_record = {row["record_id"]: row["entity_id"] for row in rows}
    return {number: party_by_record[id_] for number, id_ in record_ids.items() if id_ in party_by_record}


def _namesakes(store: Store, forms: Sequence[Analysed]) -> list[tuple[str, ...]]:
    """For each form the parties that bear one of its names, in any order of its words: also where too many do for a key."""
    writings = [_writings(form) for form in forms]
    distinct = sorted({writing for form_writings in writings for writing in form_writings})
    parties: dict[str, list[str]] = defaultdict(list)
    for row in store.read("entities/holders_of_keys", keys=distinct, limit=NAMESAKES_MAX) if distinct else ():
        parties[row["folded"]].append(row["entity_id"])
    return [tuple(dict.fromkeys(party for writing in form_writings for party in parties[writing])) for form_writings in writings]


def _writings(form: Analysed) -> list[str]:
    texts = [name.text for name in form.firms] + [text for name in form.persons for text in (name.text, *_word_orders(name))]
    return list(dict.fromkeys(texts))


def _word_orders(name: PersonName) -> list[str]:
    """Its words with the surname first or last, whichever it is."""
    words = name.tokens
    if name.han or not 1 < len(words) <= WORDS_MAX:
        return []
    return [" ".join((*words[1:], words[0])), " ".join((words[-1], *words[:-1])), " ".join(words)]
