"""From what a person typed to the one party meant."""

from api.answers import Search
from api.asked import Asked
from api.lines import party_lines
from ontology.errors import EntityAmbiguous, EntityUnknown
from ontology.words import PartyKind
from resolution.records.text import fold
from resolution.sources.seals import mask
from store.port import Row, Store

CHOICES_MAX = 20


def find_party(store: Store, asked: str) -> str:
    """The party behind an entity id, a record id, a code or a name with one clear answer.

    Raises EntityUnknown where nothing answers, EntityAmbiguous where several do.
    """
    return _by_id(store, asked) or _by_code(store, asked) or _by_name(store, asked)


def surviving_id(store: Store, entity_id: str) -> str | None:
    """Where the id leads today: itself, the id it was joined into, or None where it never was."""
    if store.read("entities/entity", id=entity_id):
        return entity_id
    moved = store.read("entities/redirect", old_id=entity_id)
    return moved[0]["surviving_id"] if moved else None


def found_by_name(store: Store, asked: str, limit: int = CHOICES_MAX) -> list[Row]:
    """Parties with a name like this, exact ones first; nothing for a personal id, which is never searched for."""
    words = fold(asked)
    return store.read("entities/search", folded=words, limit=limit) if words and mask(asked) == asked else []


def _by_id(store: Store, asked: str) -> str | None:
    if found := surviving_id(store, asked):
        return found
    member = store.read("entities/entity_of_record", record_id=asked)
    return member[0]["entity_id"] if member else None


def _by_name(store: Store, asked: str) -> str:
    """One exact answer is clear; so is the only answer. Anything else is for the person to choose."""
    found = found_by_name(store, asked)
    exact = [row for row in found if row["rank"] == 0] or found
    if not exact:
        raise EntityUnknown(asked=mask(asked), remedy="Try `kith entities --search` with a part of the name.")
    if len(exact) > 1:
        raise EntityAmbiguous(asked, tuple((row["id"], row["name"], row["place"]) for row in exact))
    return str(exact[0]["id"])
