"""The chaining alarm: the largest parties, and the pairs that hold a whole side of one.

One wrong pair joins two parties. The signs are a party far larger than others, and a pair without which the party would
fall into two halves. A person decides; nothing is split automatically.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from math import inf

from pydantic import Field

from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.judgement import Verdict
from resolution.comparisons.model import Model, model
from resolution.entities.bridges import Edge, count_pieces, find_cuts
from resolution.records.documents import analysed_documents
from resolution.records.sides import record_of
from store.port import Store

COMPARED_WITH = 20  # A party is far larger where it has FAR times the records of the so many-th largest.
FAR = 3
LARGE_MIN = 10  # Records: below it no party is called large.
WEAK_BITS = 3.0  # A pair this little above what joins could as well have stayed apart: the margin of an ambiguous merge.
SIDE_MIN = 2  # Records on either side: a single record at the end of a pair is no chain.
LOOKED_AT_MAX = 200  # Records of a party whose pairs are looked at; of a larger one only the size is told.
JOINTS_MAX = 5


class Alarm(StrEnum):
    """Why a party should be looked at."""

    SIZE = "size"
    BRIDGE = "bridge"


class Joint(ImmutableModel):
    """A pair of records on which one side of a party depends."""

    left_id: Identity = Field(description="Id of the one record.")
    right_id: Identity = Field(description="Id of the other record.")
    left_records: int = Field(description="Records that stay on the left one's side without the pair.")
    right_records: int = Field(description="Records that stay on the right one's side without the pair.")
    crossing: int = Field(description="Pairs that join across the two sides; 1: this pair alone holds them together.")
    bits: float | None = Field(description="What the pair weighs; none where a person called the two the same.")
    needed_bits: float = Field(description="From here on a pair joins.")
    reason: str = Field("", description="What agrees.")
    by: str = Field(description="`model:<version>`, or the person who called them the same.")

    @property
    def alone(self) -> bool:
        """Whether nothing else holds the two sides together."""
        return self.crossing == 1

    @property
    def weak(self) -> bool:
        """Whether the pair alone holds the sides, and hardly joins."""
        return self.alone and self.bits is not None and self.bits < self.needed_bits + WEAK_BITS


class Chain(ImmutableModel):
    """One large party and what holds it together."""

    entity_id: Identity
    kind: PartyKind
    records: int
    pieces: int = Field(description="Parts its pairs leave: several where wholes were weighed; 0 where not looked at.")
    joints: tuple[Joint, ...] = Field(description="The pairs that hold most alone, weakest first.")
    alarms: tuple[Alarm, ...]


def find_chains(store: Store, *, limit: int) -> list[Chain]:
    """The parties of most records, alarming ones first, then by size. Those of one record are left out."""
    rows = store.read("judgements/largest", limit=max(limit, COMPARED_WITH))
    usual = rows[:COMPARED_WITH][-1]["n"] if rows else 0
    sizes = {row["entity_id"]: row["n"] for row in rows[:limit] if row["n"] > 1}
    kinds = {row["id"]: PartyKind(row["kind"]) for row in store.read("entities/entities_by_ids", ids=sorted(sizes))}
    chains_found = [_chain(store, id_, kinds[id_], n, large=n >= LARGE_MIN and n >= FAR * usual) for id_, n in sizes.items()]
    return sorted(chains_found, key=lambda chain: (not chain.alarms, -chain.records, chain.entity_id))


def find_alarming_chains(store: Store) -> list[Chain]:
    """Those of the largest parties that a person should look at."""
    return [chain for chain in find_chains(store, limit=COMPARED_WITH) if chain.alarms]


def _chain(store: Store, entity_id: str, kind: PartyKind, records: int, *, large: bool) -> Chain:
    left_apart, joints = _find_joints(store, entity_id, model(kind)) if records <= LOOKED_AT_MAX else (0, [])
    alarms = [*([Alarm.SIZE] if large else []), *([Alarm.BRIDGE] if any(joint.weak for joint in joints) else [])]
    return Chain(entity_id=entity_id, kind=kind, records=records, pieces=left_apart, joints=tuple(joints), alarms=tuple(alarms))


def _find_joints(store: Store, entity_id: str, weights: Model) -> tuple[int, list[Joint]]:
    """How many parts the pairs leave, and the joints: bridges first, else the weakest place of all."""
    members = [row["record_id"] for row in store.read("live/members_in", entity_ids=[entity_id])]
    node_of = _nodes(store, members)
    sizes = [list(node_of.values()).count(at) for at in range(max(node_of.values()) + 1)]
    joints = sorted(_joined_pairs(store, members, weights), key=lambda joint: (joint.left_id, joint.right_id, joint.by))
    edges: list[Edge] = [
        (node_of[joint.left_id], node_of[joint.right_id], inf if joint.bits is None else joint.bits) for joint in joints
    ]
    cut_joints = [
        joints[cut.edge].model_copy(update={"left_records": left, "right_records": right, "crossing": cut.crossing})
        for cut in find_cuts(len(sizes), edges)
        if min(left := sum(sizes[at] for at in cut.left), right := sum(sizes[at] for at in cut.right)) >= SIDE_MIN
    ]
    return count_pieces(len(sizes), edges), ([joint for joint in cut_joints if joint.alone] or cut_joints[:1])[:JOINTS_MAX]


def _nodes(store: Store, members: Sequence[str]) -> Mapping[str, int]:
    """Records that say exactly the same are one node: they were compared as one."""
    rows = store.read("entities/documents_by_ids", ids=list(members))
    forms = sorted(analysed_documents([row["document"] for row in rows]), key=lambda form: form.id)
    node_of_content: dict[str, int] = {}
    content_of = {record_of(form.id): form.content for form in reversed(forms)}  # Of a record of unknown kind one side is enough.
    return {id_: node_of_content.setdefault(content, len(node_of_content)) for id_, content in sorted(content_of.items())}


def _joined_pairs(store: Store, members: Iterable[str], weights: Model) -> Iterator[Joint]:
    """Pairs of members that the model or a person called the same, sides not yet told; of one pair a person's word first."""
    record_ids = sorted(set(members))
    member_set, pairs_seen = set(record_ids), set()
    people = store.read("judgements/said_of", ids=record_ids)
    for row in (*people, *store.read("live/model_judgements_of", record_ids=record_ids)):
        pair = row["left_id"], row["right_id"]
        if row["verdict"] != Verdict.SAME or not member_set.issuperset(pair) or pair in pairs_seen:
            continue
        pairs_seen.add(pair)
        yield Joint(
            left_id=row["left_id"],
            right_id=row["right_id"],
            left_records=0,
            right_records=0,
            crossing=0,
            bits=row.get("match_weight"),
            needed_bits=weights.merge_bits,
            reason=row["reason"],
            by=row["by"],
        )
