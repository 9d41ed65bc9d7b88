"""Everything a pair's weight depends on beside its two records, as one document: what a run saw, held still until the next.

A batch makes it from all records (`freeze`) and weighs with it; a record that comes later is weighed with the same document, so
that nothing it changes elsewhere changes the weight of a pair it is not in.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from ontology.words import PartyKind
from resolution.comparisons.model import Model, model
from resolution.comparisons.shares import bearers, busy_values, known_share, name_key
from resolution.records.analysed import Analysed


class Frozen(BaseModel):
    """One kind's statistics of one run; JSON by `model_dump_json`, and back by `model_validate_json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: PartyKind
    model: Model
    records: int = Field(description="Records of the kind: the prior follows it.")
    bearers: dict[str, int] = Field(description="Name -> parties told apart that bear it, where two or more do.")
    bearers_seen: int = Field(description="Parties told apart, over all names.")
    busy: tuple[str, ...] = Field(description="Phones, mailboxes, sites and doors that too many differently named parties share.")
    stopped_keys: tuple[str, ...] = Field((), description="Keys held by too many records: no pair comes from them.")

    @property
    def prior_bits(self) -> float:
        """log2 odds that two records drawn at random are one party."""
        return self.model.prior_bits(self.records)

    def is_busy(self, value: str) -> bool:
        """Whether a phone, mailbox, site or door is shared by too many to tell one party from another."""
        return value in self._busy

    def shares(self, records: Sequence[Analysed]) -> NDArray[np.float64]:
        """Share of all parties expected to bear each record's name, 0..1."""
        smoothing = self.model.name_shares
        seen = max(self.bearers_seen, 1) - 1
        known = np.array([known_share(record) for record in records], dtype=np.float64)
        counted = np.array([max(self.bearers.get(name_key(record), 0) - 1, 0) for record in records], dtype=np.float64)
        share = (counted + smoothing.records_assumed * known) / (seen + smoothing.records_assumed)
        return np.asarray(np.maximum(share, smoothing.share_min), dtype=np.float64)

    def stopping(self, keys: Sequence[str]) -> "Frozen":
        """The same with these keys stopped."""
        return self.model_copy(update={"stopped_keys": tuple(sorted(keys))})

    @cached_property
    def _busy(self) -> frozenset[str]:
        return frozenset(self.busy)


def freeze(kind: PartyKind, records: Sequence[Analysed]) -> Frozen:
    """What all records of one kind say together. Their order has no influence."""
    counts, seen = bearers(records)
    return Frozen(
        kind=kind,
        model=model(kind),
        records=len(records),
        bearers={name: count for name, count in sorted(counts.items()) if count > 1},
        bearers_seen=seen,
        busy=tuple(sorted(busy_values(records))),
    )
