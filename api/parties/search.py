"""From what a person typed to the one party meant."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

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
WHY = {
    NameRole.PRIMARY: "name",
    NameRole.PREVIOUS: "earlier name",
    NameRole.ALIAS: "other name",
    NameRole.WEAK: "short name",
}


def find_party(store: Store, context: str, *, to_write: bool = False) -> str:
    """The party behind an entity id, a record id, a code or a name with one clear answer.

    to_write: something is to be written about the party, so part of its name is not enough.
    Raises EntityUnknown where nothing answers, EntityAmbiguous where several do, NameInPart.
    """
    return _by_id(store, context) or _by_code(store, context) or _by_name(store, context, whole=to_write)


def surviving_id(store: Store, entity_id: str) -> str | None:
    """Where the id leads today: itself, the id it was joined into, or None where it never was."""
    if store.read("entities/entity", id=entity_id):
        return entity_id
    moved = store.read("entities/redirect", old_id=entity_id)
    return moved[0]["surviving_id"] if moved else None


def search_parties(context: RequestContext, words: str, *, kinds: Collection[PartyKind] = (), limit: int = 20) -> Search:
    """Parties with a name or public code like this, best first; a person's number finds nothing."""
    found = found_by_name(context.store, words, SEARCH_MAX)
    if len(found) < limit:
        found += _spelled_otherwise(context.store, words, known={row["id"] for row in found})
    kept = [row for row in found if not kinds or row["kind"] in kinds]
    rows = parties_by_id(context.store, (row["id"] for row in kept[:limit]))
    why = {row["id"]: _why(Entity.model_validate_json(rows[row["id"]]["document"]), words) for row in kept[:limit]}
    return Search(total=len(kept), results=party_lines(context, why, why))


def found_by_name(store: Store, context: str, limit: int = CHOICES_MAX) -> list[Row]:
    """Parties with a name like this, exact ones first; nothing for a personal id, which is never searched for."""
    words = fold(context)
    return store.read("entities/search", folded=words, limit=limit) if words and _may_search(context) else []


def _may_search(text: str) -> bool:
    """Whether no resident id is in a text. A number of 15 digits may be a firm's, and no person is filed under one."""
    return mask(text, declared=True) == text


def firms_filed_under(store: Store, *names: FirmName, holders_max: int) -> list[Row]:
    """Parties but persons filed under a key of any of the names, by index; a key with too many holders counts only alone.

    Of those that bear a whole name none is left out, up to `SAME_NAME_MAX`.
    """
    from resolution.entities.searchable import query_keys  # Its comparisons are compiled: only where names are asked for.

    keys = [query_keys(name) for name in names]
    held = _holders(store, (key for own in keys for key in own))
    found = dict.fromkeys(id_ for own in keys for id_ in _filed_under(held, own, holders_max))
    return [row for row in parties_by_id(store, found).values() if row["kind"] != PartyKind.PERSON]


def persons_named(store: Store, *texts: str) -> list[Row]:
    """Persons of one of these names in any order of its words, or whose Han name sounds so; at most `SAME_NAME_MAX` an order."""
    telling = (text for text in texts if fold(text) and _may_search(text))
    keys = [key for text in telling for tokens in _spellings(text) for key in _turned(tokens)]
    found = dict.fromkeys(id_ for ids in _holders(store, keys).values() for id_ in ids)
    return [row for row in parties_by_id(store, found).values() if row["kind"] == PartyKind.PERSON]


def _filed_under(held: Mapping[str, list[str]], keys: Sequence[str], holders_max: int) -> list[str]:
    """Those that bear the whole name (the first key), then those of its parts; a shared part only where no other tells."""
    whole, *parts = (held.get(key, []) for key in keys)
    telling = [ids for ids in parts if len(ids) <= holders_max]
    others = dict.fromkeys(id_ for ids in (telling if whole or any(telling) else parts) for id_ in ids[: holders_max + 1])
    return [*whole, *[id_ for id_ in others if id_ not in whole][: 2 * holders_max]]


def _spellings(words: str) -> Iterator[tuple[str, ...]]:
    """The words of a person's name, with and without titles, and without those between the first and the last."""
    tokens = person_name(Name(text=words)).tokens
    yield from (tuple(fold(words).split()), tokens)
    if len(tokens) > 2:
        yield tokens[0], tokens[-1]


def _turned(tokens: tuple[str, ...]) -> Iterator[str]:
    """Every order in which a given name and a surname may stand; a longer text is no name of a person."""
    if len(tokens) <= PERSON_WORDS_MAX:
        yield from (" ".join(tokens[at:] + tokens[:at]) for at in range(len(tokens)))
        yield " ".join(tokens[::-1])


def _holders(store: Store, keys: Iterable[str]) -> dict[str, list[str]]:
    """Parties by key, by id."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in store.read("entities/holders_of_keys", keys=list(dict.fromkeys(keys)), limit=SAME_NAME_MAX):
        found[row["folded"]].append(row["entity_id"])
    return found


def _spelled_otherwise(store: Store, words: str, *, known: Collection[str]) -> list[Row]:
    """Firms whose name the words may be in another spelling, the most alike first."""
    if not fold(words) or not _may_search(words):
        return []
    from resolution.comparisons.names import log_odds, of_firm, scorecard  # Numba: only where names are compared.

    context, likeness = of_firm(firm_name(words)), {}
    rows = [row for row in firms_filed_under(store, firm_name(words), holders_max=CHOICES_MAX) if row["id"] not in known]
    for row in rows:
        names = Entity.model_validate_json(row["document"]).names
        told = [odds for name in names if (odds := log_odds(context, of_firm(firm_name(name.text)))) is not None]
        likeness[row["id"]] = max(told, default=scorecard().possible_at - 1)
    kept = [row for row in rows if likeness[row["id"]] >= scorecard().possible_at]
    return sorted(kept, key=lambda row: (-likeness[row["id"]], row["id"]))


def _by_id(store: Store, context: str) -> str | None:
    if found := surviving_id(store, context):
        return found
    member = store.read("entities/entity_of_record", record_id=context)
    return member[0]["entity_id"] if member else None


def _by_name(store: Store, context: str, *, whole: bool) -> str:
    """One exact answer is clear; so is the only answer. Anything else is for the person to choose."""
    words = fold(context) if _may_search(context) else ""
    exact = store.read("entities/entity_by_name_exact", folded=words) if words else []
    found = exact[:CHOICES_MAX] or found_by_name(store, context)
    if not found:
        raise EntityUnknown(context=mask(context), remedy="Try `kith entities --search` with a part of the name.")
    choices = tuple((row["id"], row["name"], row["place"]) for row in found)
    if len(found) > 1:
        raise EntityAmbiguous(context, choices)
    if whole and not exact:
        raise NameInPart(context, choices)
    return str(found[0]["id"])


def parties_with_code(store: Store, code: str) -> list[Row]:
    """Parties that bear this public code (credit code, LEI …); a person's number finds nothing."""
    value = normal(code)
    if len(value) < CODE_LENGTH_MIN or not _may_search(value):
        return []
    found = store.read("entities/entity_by_name_exact", folded=fold(value))
    rows = parties_by_id(store, (row["id"] for row in found))
    return [row for row in rows.values() if value in _codes(Entity.model_validate_json(row["document"]))]


def _codes(entity: Entity) -> set[str]:
    """Codes that may be shown and are not known to be wrong."""
    return {one.value for one in entity.identifiers if one.valid and schemes()[one.scheme].told}


def _by_code(store: Store, context: str) -> str | None:
    found = parties_with_code(store, context)
    return str(found[0]["id"]) if len(found) == 1 else None


def _why(entity: Entity, words: str) -> str:
    """Which of its names, in which role, or its code, made the party answer; else how a name sounds."""
    wanted = fold(words)
    role = next((name.role for name in entity.names if wanted in fold(name.text)), None)
    if role is not None:
        return WHY[role]
    return "code" if normal(words).lower() in {code.lower() for code in _codes(entity)} else "sound"
