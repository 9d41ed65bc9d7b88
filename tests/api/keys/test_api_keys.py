"""A key is shown once, kept as a hash, holds until its end, and opens nothing once it is revoked."""

from base64 import urlsafe_b64encode
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.access_rules import access_rules
from api.keys.api_keys import create_key, identify, list_keys, read_key, revoke_key, rotate_key
from api.keys.secrets import key_text, new_id, new_secret, parse_key
from api.schemas.keys import CreatedKey, KeyState, KeyToCreate, KeyToRotate
from ontology.errors import KeyEnded, KeyUnknown, WrongCall
from store.open import open_store
from store.port import Store
from tests.api.keys import NOW, make_key
from tests.api.parties.test_consents import spread, town


def state_of(store: Store, key: str, *, days: float = 0) -> KeyState | None:
    """What a shown key is so many days later; None where it is none."""
    parts = parse_key(key)
    assert parts is not None
    known = identify(store, parts, now=NOW + timedelta(days=days))
    return known[1] if known else None


def create(store: Store, **fields: object) -> CreatedKey:
    request = KeyToCreate.model_validate({"name": "a key", "role": "reader"} | fields)
    return create_key(store, request, by="tests", now=NOW, days=365, known_groups=access_rules().groups)


def test_a_key_is_known_again_with_all_it_was_made_for(store: Store) -> None:
    fields = {"groups": ("screening",), "datasets": ("court",), "requests_per_minute": 7}
    key = make_key(store, "partner", name="till", partner="Harbour Bank", purpose="supplier credit", **fields)
    parts = parse_key(key)
    assert parts is not None
    known = identify(store, parts, now=NOW)
    assert known is not None
    caller, state = known
    assert state is KeyState.LIVE
    assert caller.model_dump() == {
        **{"key_id": parts.id, "role": "partner", "name": "till", "partner": "Harbour Bank", "purpose": "supplier credit"},
        **{"record_id": None, **fields},
    }


def test_of_the_secret_only_a_hash_is_on_the_disk(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    created = create(store)
    store.close()
    parts = parse_key(created.secret_text)
    assert parts is not None
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert parts.id.encode() in kept
    assert parts.secret.encode() not in kept


def test_another_secret_or_another_id_opens_nothing(store: Store) -> None:
    key, other = make_key(store, "reader"), make_key(store, "reader")
    one, two = parse_key(key), parse_key(other)
    assert one is not None
    assert two is not None
    assert state_of(store, key_text(one.id, two.secret)) is None
    assert state_of(store, key_text(new_id(), one.secret)) is None
    assert state_of(store, key_text(one.id, new_secret())) is None


@pytest.mark.parametrize(
    "text", ["", "kith_", "kith_00ff00ff00ff_", "kith_00FF00FF00FF_" + "a" * 43, "kith_00ff00ff00ff_" + "a" * 44, "x" * 5000]
)
def test_what_is_no_key_is_not_looked_up(text: str) -> None:
    assert parse_key(text) is None


@given(st.binary(min_size=6, max_size=6), st.binary(min_size=32, max_size=32))
def test_every_key_reads_back(id_bytes: bytes, secret_bytes: bytes) -> None:
    secret = urlsafe_b64encode(secret_bytes).decode().rstrip("=")
    assert parse_key(key_text(id_bytes.hex(), secret)) == (id_bytes.hex(), secret)


def test_no_two_keys_are_alike() -> None:
    assert len({new_id() for _ in range(100)}) == len({new_secret() for _ in range(100)}) == 100


def test_a_key_ends_on_its_day(store: Store) -> None:
    key = create(store, ends_on=(NOW + timedelta(days=2)).date()).secret_text
    assert [state_of(store, key, days=days) for days in (0, 1.9, 2)] == [KeyState.LIVE, KeyState.LIVE, KeyState.ENDED]
    with pytest.raises(WrongCall, match="ended already"):
        create(store, ends_on=NOW.date())
    assert create(store).key.ends_on == NOW.date() + timedelta(days=365)


def test_a_revoked_key_opens_nothing_and_the_first_revocation_stands(store: Store) -> None:
    key = make_key(store, "reader")
    parts = parse_key(key)
    assert parts is not None
    first = revoke_key(store, parts.id, by="li.na", now=NOW)
    again = revoke_key(store, parts.id, by="somebody", now=NOW + timedelta(days=1))
    assert state_of(store, key) is KeyState.REVOKED
    assert (again.revoked_by, again.revoked_at) == (first.revoked_by, first.revoked_at) == ("li.na", NOW)
    with pytest.raises(KeyEnded):
        rotate_key(store, parts.id, KeyToRotate(), now=NOW, days=365)
    with pytest.raises(KeyUnknown):
        revoke_key(store, "000000000000", by="li.na", now=NOW)


def test_after_a_rotation_both_secrets_hold_for_the_overlap_and_then_the_new_one_alone(store: Store) -> None:
    first = make_key(store, "reader", days=10)
    parts = parse_key(first)
    assert parts is not None
    second = rotate_key(store, parts.id, KeyToRotate(overlap_hours=24), now=NOW, days=100)
    assert second.key.ends_on == NOW.date() + timedelta(days=100)
    assert [state_of(store, first, days=days) for days in (0, 0.99, 1)] == [KeyState.LIVE, KeyState.LIVE, None]
    assert [state_of(store, second.secret_text, days=days) for days in (0, 1, 99)] == [KeyState.LIVE] * 3
    third = rotate_key(store, parts.id, KeyToRotate(overlap_hours=0), now=NOW, days=100)
    assert [state_of(store, key) for key in (first, second.secret_text, third.secret_text)] == [None, None, KeyState.LIVE]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"role": "partner", "partner": "Bank"}, "partner and purpose"),
        ({"role": "partner", "purpose": "credit"}, "partner and purpose"),
        ({"role": "subject"}, "party"),
        ({"role": "reader", "purpose": "credit"}, "no partner, purpose or party"),
        ({"role": "operator", "party": "P"}, "no partner, purpose or party"),
        ({"groups": ("screening", "nonsense")}, "no such group of routes"),
    ],
    ids=str,
)
def test_what_does_not_fit_the_role_is_refused(sqlite_store: Store, fields: dict[str, object], problem: str) -> None:
    with pytest.raises(WrongCall, match=problem):
        create(sqlite_store, **fields)
    assert list_keys(sqlite_store, now=NOW).keys == ()


def test_a_persons_own_key_stays_with_a_record_and_a_firm_gets_none(store: Store) -> None:
    spread(store, town())
    assert create(store, role="subject", party="P").key.record_id is not None
    with pytest.raises(WrongCall, match="a subject is a person"):
        create(store, role="subject", party="Firm")


def test_keys_are_listed_without_their_secrets_the_latest_first(store: Store) -> None:
    older = create_key(
        store, KeyToCreate(name="older", role="auditor"), by="t", now=NOW - timedelta(days=1), days=9, known_groups=()
    )
    newer = create(store, name="newer")
    listed = list_keys(store, now=NOW)
    assert [key.name for key in listed.keys] == ["newer", "older"]
    assert read_key(store, older.key.id, now=NOW) == older.key
    assert newer.secret_text not in listed.model_dump_json()
    assert "hash" not in listed.model_dump_json()
    assert listed.keys[1].ends_on == date.fromordinal(NOW.date().toordinal() + 8)
