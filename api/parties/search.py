"""Finds parties by id, code or name."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from api.context.pages import PageRequest, page_of
from api.context.request_context import RequestContext
from api.parties.summaries import parties_by_id, party_lines
from api.schemas.parties import Search
from ontology.base import PartyKind
from ontology.entity import Entity
from ontology.errors import EntityAmbiguous, EntityUnknown, NameInPart
from ontology.personal_ids import mask
from ontology.record import Name, NameRole
from resolution.records.firms import FirmName, firm_name
from resolution.records.identifiers import normal, schemes
from resolution.records.persons import person_name
from resolution.records.text import fold
from store.port import Row, Store

CHOICES_MAX = 20
SAME_NAME_MAX = 201
PERSON_WORDS_MAX = 5
CODE_LENGTH_MIN = 6
SEARCH_MAX = 200
PAGE = PageRequest(20)
RANK_OF_SPELLINGS = 3  # Behind names that are the words, begin so, or hold them.
ROLE_LABELS = {
    NameRole.PRIMARY: "name",
    NameRole.PREVIOUS: "earlier name",
    NameRole.ALIAS: "other name",
    NameRole.WEAK: "short name",
}


def find_party(store: Store, text: str, *, to_write: bool = False) -> str:
    """The id of the one party with this entity id, record id, code or name.

    to_write: something will be written about the party, so part of its name is not enough.
    Raises EntityUnknown where nothing answers, EntityAmbiguous where several do, NameInPart.
    """
    return _by_id(store, text) or _by_code(store, text) or _by_name(store, text, whole=to_write)


def surviving_id(store: Store, entity_id: str) -> str | None:
    """The present id of a party: the id itself, the id it was joined into, or None where it never existed."""
    if store.read("entities/entity", id=entity_id):
        return entity_id
    redirects = store.read("entities/redirect", old_id=entity_id)
    return redirects[0]["surviving_id"] if redirects else None


def party_of_record(store: Store, record_id: str) -> str | None:
    """The party that a record is of today, None where there is no such record."""
    member = store.read("entities/entity_of_record", record_id=record_id)
    return member[0]["entity_id"] if member else None


def search_parties(context: RequestContext, words: str, page: PageRequest = PAGE, *, kinds: Collection[PartyKind] = ()) -> Search:
    """Parties with a similar name or this public code, best first; a person's number finds nothing. Raises CursorInvalid."""
    rows = search_names(context.store, words, SEARCH_MAX)
    if len(rows) < page.limit:
        rows += search_spellings(context.store, words, known_ids={row["id"] for row in rows})
    of_kind = [row for row in rows if not kinds or row["kind"] in kinds]
    question = f"search {words} {sorted(kinds)} {page.limit}"
    shown_rows = page_of(of_kind, page, place=lambda row: (row["rank"], row["length"], row["id"]), question=question)
    documents = parties_by_id(context.store, (row["id"] for row in shown_rows.lines))
    reasons = {
        row["id"]: _matched_by(Entity.model_validate_json(documents[row["id"]]["document"]), words) for row in shown_rows.lines
    }
    return Search(total=len(of_kind), results=party_lines(context, reasons, reasons), next=shown_rows.next)


def search_names(store: Store, text: str, limit: int = CHOICES_MAX) -> list[Row]:
    """Parties with a similar name, exact ones first; nothing for a personal id, which is never searched for."""
    folded = fold(text)
    return store.read("entities/search", folded=folded, limit=limit) if folded and may_search(text) else []


def may_search(text: str) -> bool:
    """Whether no resident id is in a text. A number of 15 digits may be a firm's, and no person is filed under one."""
    return mask(text, declared=True) == text


def search_firms(store: Store, *names: FirmName, holders_max: int) -> list[Row]:
    """Parties other than persons that share a key with any of the names, by the name's index.

    A key with more than `holders_max` holders counts only where no other finds anything. All parties with a whole name are
    included, up to `SAME_NAME_MAX`.
    """
    from resolution.entities.searchable import query_keys  # Its comparisons are compiled: only where names are asked for.

    keys = [query_keys(name) for name in names]
    holders = _holders(store, (key for name_keys in keys for key in name_keys))
    ids = dict.fromkeys(id_ for name_keys in keys for id_ in _filed_under(holders, name_keys, holders_max))
    return [row for row in parties_by_id(store, ids).values() if row["kind"] != PartyKind.PERSON]


def search_persons(store: Store, *texts: str) -> list[Row]:
    """Persons with one of these names, its words in any order, or of the same Han sound; at most `SAME_NAME_MAX` an order."""
    searchable = (text for text in texts if fold(text) and may_search(text))
    keys = [key for text in searchable for tokens in _spellings(text) for key in _word_orders(tokens)]
    entity_ids = dict.fromkeys(id_ for ids in _holders(store, keys).values() for id_ in ids)
    return [row for row in parties_by_id(store, entity_ids).values() if row["kind"] == PartyKind.PERSON]


def _filed_under(holders: Mapping[str, list[str]], keys: Sequence[str], holders_max: int) -> list[str]:
    """Those that bear the whole name (the first key), then those of its parts; a shared part only where no other tells."""
    whole, *parts = (holders.get(key, []) for key in keys)
    rare_parts = [ids for ids in parts if len(ids) <= holders_max]
    part_holders = dict.fromkeys(
        id_ for ids in (rare_parts if whole or any(rare_parts) else parts) for id_ in ids[: holders_max + 1]
    )
    return [*whole, *[id_ for id_ in part_holders if id_ not in whole][: 2 * holders_max]]


def _spellings(words: str) -> Iterator[tuple[str, ...]]:
    """The words of a person's name, with and without titles, and without those between the first and the last."""
    tokens = person_name(Name(text=words)).tokens
    yield from (tuple(fold(words).split()), tokens)
    if len(tokens) > 2:
        yield tokens[0], tokens[-1]


def _word_orders(tokens: tuple[str, ...]) -> Iterator[str]:
    """Every order in which a given name and a surname may stand; a longer text is no name of a person."""
    if len(tokens) <= PERSON_WORDS_MAX:
        yield from (" ".join(tokens[at:] + tokens[:at]) for at in range(len(tokens)))
        yield " ".join(tokens[::-1])


def _holders(store: Store, keys: Iterable[str]) -> dict[str, list[str]]:
    """Parties by key, by id."""
    ids_by_key: dict[str, list[str]] = defaultdict(list)
    for row in store.read("entities/holders_of_keys", keys=list(dict.fromkeys(keys)), limit=SAME_NAME_MAX):
        ids_by_key[row["folded"]].append(row["entity_id"])
    return ids_by_key


def search_spellings(store: Store, words: str, *, known_ids: Collection[str]) -> list[Row]:
    """Firms whose name the words may be in another spelling, the most alike first, ranked as the rows of `search_names`."""
    if not fold(words) or not may_search(words):
        return []
    from resolution.comparisons.names import log_odds, of_firm, scorecard  # Numba: only where names are compared.

    searched_name, likeness = of_firm(firm_name(words)), {}
    rows = [row for row in search_firms(store, firm_name(words), holders_max=CHOICES_MAX) if row["id"] not in known_ids]
    for row in rows:
        names = Entity.model_validate_json(row["document"]).names
        odds_by_name = [odds for name in names if (odds := log_odds(searched_name, of_firm(firm_name(name.text)))) is not None]
        likeness[row["id"]] = max(odds_by_name, default=scorecard().possible_at - 1)
    possible = [row for row in rows if likeness[row["id"]] >= scorecard().possible_at]
    ranked = sorted(possible, key=lambda row: (-likeness[row["id"]], row["id"]))
    return [{**row, "rank": RANK_OF_SPELLINGS, "length": -likeness[row["id"]]} for row in ranked]


def _by_id(store: Store, text: str) -> str | None:
    if survivor := surviving_id(store, text):
        return survivor
    return party_of_record(store, text)


def _by_name(store: Store, text: str, *, whole: bool) -> str:
    """One exact answer is clear; so is the only answer. Anything else is for the person to choose."""
    folded = fold(text) if may_search(text) else ""
    exact = store.read("entities/entity_by_name_exact", folded=folded) if folded else []
    rows = exact[:CHOICES_MAX] or search_names(store, text)
    if not rows:
        raise EntityUnknown(asked=mask(text), remedy="Try `kith entities --search` with a part of the name.")
    choices = tuple((row["id"], row["name"], row["place"]) for row in rows)
    if len(rows) > 1:
        raise EntityAmbiguous(text, choices)
    if whole and not exact:
        raise NameInPart(text, choices)
    return str(rows[0]["id"])


def search_code(store: Store, code: str) -> list[Row]:
    """Parties with this public code (credit code, LEI …); a person's number finds nothing."""
    value = normal(code)
    if len(value) < CODE_LENGTH_MIN or not may_search(value):
        return []
    holders = store.read("entities/entity_by_name_exact", folded=fold(value))
    rows = parties_by_id(store, (row["id"] for row in holders))
    return [row for row in rows.values() if value in _codes(Entity.model_validate_json(row["document"]))]


def _codes(entity: Entity) -> set[str]:
    """Codes that may be shown and are not known to be wrong."""
    return {identifier.value for identifier in entity.identifiers if identifier.valid and schemes()[identifier.scheme].told}


def _by_code(store: Store, text: str) -> str | None:
    rows = search_code(store, text)
    return str(rows[0]["id"]) if len(rows) == 1 else None


def _matched_by(entity: Entity, words: str) -> str:
    """Which of its names, in which role, or its code, made the party answer; else how a name sounds."""
    folded = fold(words)
    role = next((name.role for name in entity.names if folded in fold(name.text)), None)
    if role is not None:
        return ROLE_LABELS[role]
    return "code" if normal(words).lower() in {code.lower() for code in _codes(entity)} else "sound"
