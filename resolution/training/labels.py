"""Labelled records: which are one party, which are two, and which are held out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import combinations

from resolution.judgements.verdicts import Pair, Verdicts, connected_groups, pair_of

CLUSTER_MAX = 30  # Records of one cluster of which every pair is counted; of a larger one so many are drawn.


def hash_fraction(text: str) -> float:
    """A number in 0..1 that hangs on the text alone: draws by it are the same whatever the order.

    >>> hash_fraction("a") == hash_fraction("a"), 0 <= hash_fraction("b") < 1
    (True, True)
    """
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big") / 2**56


@dataclass(frozen=True)
class Labels:
    """A truth (record id -> cluster) and people's verdicts, which stand over it.

    held_out: share of clusters kept for measuring, 0..1, whole clusters at a time.
    """

    truth: Mapping[str, str]
    verdicts: Verdicts
    held_out: float

    def same(self, record_ids: Sequence[str]) -> list[Pair]:
        """Pairs of these records that are one party, in order."""
        present = set(record_ids)
        truth_pairs = {pair for members in self._clusters(present) for pair in combinations(members, 2)}
        judged_same = {pair for pair in self.verdicts.same if present.issuperset(pair)}
        return sorted((truth_pairs - self.verdicts.different) | judged_same)

    def are_two(self, left: str, right: str) -> bool:
        """Whether the two are known to be two parties."""
        pair = pair_of(left, right)
        if pair in self.verdicts.different:
            return True
        left_cluster, right_cluster = self.truth.get(left), self.truth.get(right)
        return (
            left_cluster is not None
            and right_cluster is not None
            and left_cluster != right_cluster
            and pair not in self.verdicts.same
        )

    def is_held_out(self, record_id: str) -> bool:
        """Whether a record is kept for measuring: with its whole cluster, and all that people called the same."""
        return hash_fraction(self._groups.get(record_id) or self.truth.get(record_id) or record_id) < self.held_out

    @cached_property
    def _groups(self) -> dict[str, str]:
        """For records that `same` binds together over clusters too, one text for all of them."""
        firsts: dict[str, str] = {}
        links = set(self.verdicts.same)
        for record, cluster in sorted(self.truth.items()):
            links.add(pair_of(record, firsts.setdefault(cluster, record)))
        return {record: part[0] for part, _ in connected_groups(pair for pair in links if pair[0] != pair[1]) for record in part}

    def _clusters(self, present: set[str]) -> Iterator[list[str]]:
        records_by_cluster: dict[str, list[str]] = {}
        for record, cluster in self.truth.items():
            if record in present:
                records_by_cluster.setdefault(cluster, []).append(record)
        for members in records_by_cluster.values():
            yield sorted(sorted(members, key=hash_fraction)[:CLUSTER_MAX])
