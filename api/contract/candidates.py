"""Which parties a search looks at, by indexes alone: those a name or code leads to, those of a data set, or the first of all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from api.context.request_context import RequestContext
from api.contract.datasets import DataScope
from api.contract.ftm_tables import topics
from api.contract.referents import present_party
from api.contract.store_sizes import party_count
from api.parties.search import may_search, search_code, search_names, search_persons, search_spellings
from ontology.errors import EntityUnknown
from resolution.records.text import fold
from store.port import Store

LOOKED_AT_MAX = 1_000  # Parties whose facts a search reads: what answers beyond is counted as `gte`.
SCANNED_MAX = 200  # Parties with the words anywhere in a name, where no index finds any.
SCANNED_PARTIES_MAX = 50_000  # In a larger store a scan of all names takes too long for a search.
INDEXES_PARTS = "neo4j"
"""The engine that has an index of parts of names."""
QUERY_MARKS = str.maketrans(dict.fromkeys('"*~+()', " "))
"""Signs of a query language that callers write around words."""


@dataclass(frozen=True)
class Candidates:
    """Parties to look at, the best first. complete: whether these are all that may answer."""

    ids: tuple[str, ...]
    complete: bool


def candidates(context: RequestContext, words: str, *, scope: DataScope, topics_asked: Iterable[str], end: int) -> Candidates:
    """Parties that may answer to these words, or without words all within the scope.

    end: number of the last result that is asked for; so many are looked at where that is more than `LOOKED_AT_MAX`.
    """
    ids_max = max(LOOKED_AT_MAX, end) + 1
    plain = words.translate(QUERY_MARKS).strip()
    ids = _by_words(context, plain, ids_max) if plain else _within(context.store, scope, frozenset(topics_asked), ids_max)
    found_ids = tuple(islice(dict.fromkeys(ids), ids_max))
    return Candidates(found_ids[: ids_max - 1], complete=len(found_ids) < ids_max)


def _by_words(context: RequestContext, words: str, ids_max: int) -> Iterator[str]:
    """By id, by code, by a name as it is or as it begins, by its words in another order, by its sound or spelling."""
    if not may_search(words):
        return
    store, any_id = context.store, False
    for id_ in _by_index(context, words, ids_max):
        any_id = True
        yield id_
    if not any_id and (store.engine == INDEXES_PARTS or party_count(store) <= SCANNED_PARTIES_MAX):
        yield from (row["id"] for row in search_names(store, words, SCANNED_MAX))


def _by_index(context: RequestContext, words: str, ids_max: int) -> Iterator[str]:
    store = context.store
    yield from _by_id(context, words)
    yield from (row["id"] for row in search_code(store, words))
    yield from _beginning_with(store, words, ids_max)
    yield from (row["id"] for row in search_persons(store, words))
    yield from (row["id"] for row in search_spellings(store, words, known_ids=()))


def _by_id(context: RequestContext, words: str) -> Iterator[str]:
    try:
        yield present_party(context, words)
    except EntityUnknown:
        return


def _beginning_with(store: Store, words: str, ids_max: int) -> Iterator[str]:
    """Those with a name that is these words, then those with one that begins so, the shortest first."""
    folded = fold(words)
    rows = store.read("contract/names_from", folded=folded, limit=2 * ids_max) if folded else []
    rows.sort(key=lambda row: (row["folded"] != folded, len(row["folded"]), row["entity_id"]))
    yield from (row["entity_id"] for row in rows)


def _within(store: Store, scope: DataScope, topics_asked: frozenset[str], ids_max: int) -> Iterator[str]:
    """Parties without words: listed ones where only lists give the topics wanted, those of the scope, else the first of all."""
    if topics_asked and not topics_asked & topics().descriptive:
        yield from (row["entity_id"] for row in store.read("contract/listed_parties", limit=ids_max))
    elif scope.sources is not None:
        for name in sorted(scope.sources - scope.excluded):
            rows = store.read("contract/parties_of_dataset", name=name, limit=ids_max)
            yield from (row["entity_id"] for row in rows)
    else:
        yield from (row["id"] for row in store.read("contract/parties_from", after="", limit=ids_max))
