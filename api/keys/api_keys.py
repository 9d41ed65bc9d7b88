"""Keys of the API: made, listed, rotated, revoked; and the caller that a shown key stands for."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from api.context.callers import Caller
from api.keys.secrets import KeyText, hash_secret, is_secret_of, key_text, new_id, new_secret
from api.schemas.keys import CreatedKey, Keys, KeyState, KeyToCreate, KeyToRotate, ShownKey
from ontology.api_key import ApiKey, Role
from ontology.entity import Entity
from ontology.errors import KeyEnded, KeyUnknown, WrongCall
from ontology.personal_ids import mask
from store.port import Store
from store.rows import from_row, to_row


def create_key(
    store: Store, request: KeyToCreate, *, by: str, now: datetime, days: int, known_groups: Collection[str]
) -> CreatedKey:
    """Make a key.

    days:         how long it holds where the request names no end.
    known_groups: the groups of routes it may be confined to.
    Raises WrongCall where partner, purpose and party do not fit the role, a group is none, or the end is past; EntityUnknown,
    EntityAmbiguous.
    """
    ends_on = request.ends_on or now.date() + timedelta(days=days)
    _check_fit(request)
    if unknown := sorted(set(request.groups) - set(known_groups)):
        raise WrongCall(groups=", ".join(unknown), reason="no such group of routes", remedy=f"Known: {', '.join(known_groups)}.")
    _check_end(ends_on, now.date())
    secret = new_secret()
    key = ApiKey(
        id=new_id(),
        name=mask(request.name),
        role=request.role,
        groups=request.groups,
        datasets=request.datasets,
        partner=mask(request.partner) if request.partner else None,
        purpose=mask(request.purpose) if request.purpose else None,
        record_id=_record_of(store, request.party) if request.party else None,
        secret_hash=hash_secret(secret),
        requests_per_minute=request.requests_per_minute,
        created_at=now,
        created_by=mask(by),
        ends_on=ends_on,
    )
    store.write("keys/put", rows=[to_row(key)])
    return CreatedKey(key=shown_key(key, now), secret_text=key_text(key.id, secret))


def list_keys(store: Store, *, now: datetime) -> Keys:
    """Every key, the latest first."""
    return Keys(keys=tuple(shown_key(from_row(ApiKey, row), now) for row in store.read("keys/all")))


def read_key(store: Store, key_id: str, *, now: datetime) -> ShownKey:
    """One key. Raises KeyUnknown."""
    return shown_key(_key(store, key_id), now)


def revoke_key(store: Store, key_id: str, *, by: str, now: datetime) -> ShownKey:
    """End a key at once; a second call changes nothing. Raises KeyUnknown."""
    with store.transaction():
        store.write("keys/revoke", id=key_id, revoked_at=now.isoformat(), revoked_by=mask(by))
        key = _key(store, key_id)
    return shown_key(key, now)


def rotate_key(store: Store, key_id: str, change: KeyToRotate, *, now: datetime, days: int) -> CreatedKey:
    """Give a key another secret; the one before holds for the overlap. Its end moves on as for a new key.

    Raises KeyUnknown, KeyEnded; WrongCall for an end that is past.
    """
    new_end = change.ends_on or now.date() + timedelta(days=days)
    _check_end(new_end, now.date())
    secret = new_secret()
    with store.transaction():
        key = _key(store, key_id)
        if key_state(key, now) is not KeyState.LIVE:
            raise KeyEnded(key=key_id, state=key_state(key, now))
        store.write(
            "keys/rotate",
            id=key_id,
            secret_hash=hash_secret(secret),
            previous_hash=key.secret_hash,
            previous_until=(now + timedelta(hours=change.overlap_hours)).isoformat(),
            ends_on=new_end.isoformat(),
        )
        rotated = _key(store, key_id)
    return CreatedKey(key=shown_key(rotated, now), secret_text=key_text(key_id, secret))


def identify(store: Store, parts: KeyText, *, now: datetime) -> tuple[Caller, KeyState] | None:
    """Who a shown key stands for and whether it holds; None where there is no such key."""
    rows = store.read("keys/one", id=parts.id)
    key = from_row(ApiKey, rows[0]) if rows else None
    hashes = (key.secret_hash, key.previous_hash if _previous_holds(key, now) else None) if key else (None, None)
    if not is_secret_of(parts.secret, *hashes) or key is None:
        return None
    return caller_of_key(key), key_state(key, now)


def caller_of_key(key: ApiKey) -> Caller:
    """The caller that shows this key."""
    return Caller(
        key_id=key.id,
        role=key.role,
        name=key.name,
        partner=key.partner,
        purpose=key.purpose,
        record_id=key.record_id,
        groups=key.groups,
        datasets=key.datasets,
        requests_per_minute=key.requests_per_minute,
    )


def key_state(key: ApiKey, now: datetime) -> KeyState:
    """Whether the key opens anything at this time."""
    if key.revoked_at is not None:
        return KeyState.REVOKED
    return KeyState.ENDED if now.date() >= key.ends_on else KeyState.LIVE


def shown_key(key: ApiKey, now: datetime) -> ShownKey:
    """The key without its hashes."""
    fields = {name: getattr(key, name) for name in ShownKey.model_fields if name != "state"}
    return ShownKey(state=key_state(key, now), **fields)


def _previous_holds(key: ApiKey, now: datetime) -> bool:
    return key.previous_until is not None and now < key.previous_until


def _key(store: Store, key_id: str) -> ApiKey:
    rows = store.read("keys/one", id=key_id)
    if not rows:
        raise KeyUnknown(key=key_id)
    return from_row(ApiKey, rows[0])


def _check_fit(request: KeyToCreate) -> None:
    """A partner has a name and a purpose, a subject a party, and nobody else has any of them."""
    needed_fields = {Role.PARTNER: {"partner", "purpose"}, Role.SUBJECT: {"party"}}.get(request.role, set())
    named_fields = {name for name in ("partner", "purpose", "party") if getattr(request, name) is not None}
    if needed_fields != named_fields:
        reason = f"a key of this role has {' and '.join(sorted(needed_fields)) or 'no partner, purpose or party'}"
        raise WrongCall(role=request.role, reason=reason, remedy="See `kith keys create --help`.")


def _check_end(ends_on: date, today: date) -> None:
    if ends_on <= today:
        raise WrongCall(ends_on=ends_on, reason="it would have ended already", remedy="Give a later day.")


def _record_of(store: Store, party: str) -> str:
    """A record of the person: the key stays with it, whatever party it is of tomorrow. Raises WrongCall for a firm."""
    from api.parties.search import find_party  # It loads what compares names: only where a party is named.
    from api.parties.summaries import parties_by_id

    entity_id = find_party(store, party, to_write=True)
    entity = Entity.model_validate_json(parties_by_id(store, [entity_id])[entity_id]["document"])
    if entity.kind != "person":
        raise WrongCall(party=entity_id, reason="a subject is a person", remedy="Give firms a key of another role.")
    return party if party in entity.record_ids else entity.record_ids[0]
