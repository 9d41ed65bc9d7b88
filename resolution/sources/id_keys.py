"""The key of personal ids and the store it was used on: a store knows its key by a fingerprint, and takes no other."""

import hashlib
import hmac

from ontology.errors import IdKeyDiffers, KeysOutdated
from ontology.personal_ids import PersonalIdKey
from store.port import Store

FINGERPRINT = "id_key.fingerprint"
FINGERPRINT_DIGITS = 16


def fingerprint(key: PersonalIdKey) -> str:
    """What tells a key from others without telling it: 16 hex digits of a hash that nothing else is made with."""
    return hmac.new(key, b"kith: fingerprint of an id key", hashlib.sha256).hexdigest()[:FINGERPRINT_DIGITS]


def fingerprint_of(store: Store) -> str | None:
    """Fingerprint of the key that a store was made with; None where no key was used on it yet."""
    rows = store.read("meta/get", key=FINGERPRINT)
    return str(rows[0]["value"]) if rows else None


def check_key(store: Store, key: PersonalIdKey) -> None:
    """Raise IdKeyDiffers where the store was made with another key."""
    store_fingerprint = fingerprint_of(store)
    if store_fingerprint is not None:
        _refuse_other_key(store_fingerprint, key)


def bind_key(store: Store, key: PersonalIdKey) -> None:
    """Use a key on a store: the first one is the store's from then on.

    Raises IdKeyDiffers; KeysOutdated where the store names persons as kith did before it had fingerprints.
    """
    if (store_fingerprint := fingerprint_of(store)) is not None:
        _refuse_other_key(store_fingerprint, key)
        return
    with store.transaction():
        check_key(store, key)  # Another call may have been the first.
        if outdated := store.read("sources/masked_ids"):
            raise KeysOutdated(records=outdated[0]["records"], one_of_them=outdated[0]["example"])
        store.write("meta/put", rows=[{"key": FINGERPRINT, "value": fingerprint(key)}])


def _refuse_other_key(store_fingerprint: str, key: PersonalIdKey) -> None:
    if store_fingerprint != fingerprint(key):
        raise IdKeyDiffers(store_key=store_fingerprint, this_key=fingerprint(key))
