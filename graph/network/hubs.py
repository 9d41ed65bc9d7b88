"""Values that parties share, one hub each: an address or a phone never becomes a clique of ties."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from graph.network.links import Whole
from graph.network.parties import Document, Parties

ADDRESS, CONTACT = "SHARES_ADDRESS", "SHARES_CONTACT"
ADDRESS_LENGTH_MIN = 6  # "Linhai 3" is a place, not an address.
PHONE_DIGITS_MIN = 7
COUNTRY_CALLING = re.compile(r"^(?:00)?86(?=1\d{10}$|0\d{9,11}$)")


@dataclass(frozen=True)
class Hubs:
    """One row a shared value. `members[starts[i]:starts[i + 1]]` are the parties that share value i, in order, two or more."""

    kind: Sequence[str]
    value: Sequence[str]
    display_values: Sequence[str]
    starts: NDArray[np.int64]
    members: Whole

    def __len__(self) -> int:
        return len(self.kind)

    def sharers(self, hub: int) -> Whole:
        """The parties that share one value."""
        return self.members[self.starts[hub] : self.starts[hub + 1]]

    def id(self, hub: int) -> str:
        """Id of the hub in the store."""
        return f"hub:{self.value_kind(hub)}:{hashlib.blake2b(self.value[hub].encode(), digest_size=8).hexdigest()}"

    def value_kind(self, hub: int) -> str:
        """`address`, or the kind of contact."""
        return "address" if self.kind[hub] == ADDRESS else self.value[hub].partition(":")[0]


def hubs_from(parties: Parties) -> Hubs:
    """Every value that two or more parties share, in the order of kind and folded value."""
    sharers: dict[tuple[str, str], list[int]] = defaultdict(list)
    display_values: dict[tuple[str, str], str] = {}
    for party, document in enumerate(parties.documents):
        for key, text in sorted(set(_values(document))):
            if not sharers[key] or sharers[key][-1] != party:
                sharers[key].append(party)
            display_values.setdefault(key, text)
    shared = sorted(key for key, members in sharers.items() if len(members) > 1)
    counts = [len(sharers[key]) for key in shared]
    return Hubs(
        kind=[kind for kind, _ in shared],
        value=[value for _, value in shared],
        display_values=[display_values[key] for key in shared],
        starts=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        members=np.array([party for key in shared for party in sharers[key]], np.int32),
    )


@lru_cache(maxsize=65536)
def folded_address(text: str) -> str | None:
    """The folded form of an address (width, case, spaces, punctuation); None where it is too short or has no number.

    >>> folded_address("浙江省 台州市，临海路1号") == folded_address("浙江省台州市临海路1号")
    True
    """
    folded = "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
    return folded if len(folded) >= ADDRESS_LENGTH_MIN and any(sign.isnumeric() for sign in folded) else None


@lru_cache(maxsize=65536)
def folded_contact(kind: str, value: str) -> str | None:
    """A phone as digits without the country's code, another contact without case and space; None where nothing is left."""
    if kind == "phone":
        digits = COUNTRY_CALLING.sub("", re.sub(r"\D", "", unicodedata.normalize("NFKC", value)))
        return f"phone:{digits}" if len(digits) >= PHONE_DIGITS_MIN else None
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", value)).casefold()
    if kind == "website":
        folded = re.sub(r"^(https?://)?(www\.)?", "", folded).rstrip("/")
    return f"{kind}:{folded}" if folded else None


def _values(document: Document) -> Iterator[tuple[tuple[str, str], str]]:
    for address in document.get("addresses") or ():
        if folded := folded_address(address["text"]):
            yield (ADDRESS, folded), address["text"]
    for contact in document.get("contacts") or ():
        if folded := folded_contact(contact["kind"], contact["value"]):
            yield (CONTACT, folded), contact["value"]
