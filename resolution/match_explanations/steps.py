"""How a party came together: the clustering of its connected part once more, step by step."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from ontology.base import PartyKind
from ontology.errors import EntityUnknown
from resolution.entities.components import cluster_units
from resolution.entities.kin_counts import flag_multi_record
from resolution.judgements.verdicts import pair_of
from resolution.live.components import ConnectedPart, connected_part
from resolution.live.edges import reachable_units
from resolution.live.live_session import LiveSession
from resolution.match_explanations.pair_explanations import PAIRS_MAX
from resolution.match_explanations.pair_weights import ExplanationContext, Weights, explain_weights, weigh
from resolution.records.sides import as_person, record_of
from store.port import Store


class StepKind(StrEnum):
    """What joined: records that say the same; records sure to be one; two groups that weigh enough."""

    ALIKE = "alike"
    SURE = "sure"
    JOINED = "joined"


class JoinStep(BaseModel):
    """One step. left and right: records of the two sides; for `alike` and `sure` all of them are on the left.

    bits:      weight between the two groups, over all pairs between them.
    strongest: the pair between them that weighs most.
    spoken:    whether a person's word was needed.
    """

    model_config = ConfigDict(frozen=True)
    kind: StepKind = Field(description="What joined.")
    left: tuple[str, ...] = Field(description="Ids of records on the one side; for `alike` and `sure` all of them.")
    right: tuple[str, ...] = Field((), description="Ids of records on the other side.")
    bits: float | None = Field(None, description="Match weight between the two groups, in bits, over all pairs between them.")
    strongest: Weights | None = Field(None, description="The pair between them that weighs most.")
    spoken: bool = Field(False, description="Whether a person's word was needed.")


class How(BaseModel):
    """A party's steps, in the order in which they happened; none where it is one record."""

    model_config = ConfigDict(frozen=True)
    entity_id: str = Field(description="Id of the party.")
    record_ids: tuple[str, ...] = Field(description="Ids of its records.")
    steps: tuple[JoinStep, ...] = Field(description="The steps, in the order in which they happened.")
    looked_at: int = Field(description="Records of the connected part the party was found in, other parties' among them.")


def explain_party(store: Store, entity_id: str) -> How:
    """Replay how the party came together. Raises EntityUnknown, NothingToDo."""
    record_ids = tuple(row["record_id"] for row in store.read("live/members_in", entity_ids=[entity_id]))
    if not record_ids:
        raise EntityUnknown(entity=entity_id)
    context = ExplanationContext(store)
    session = LiveSession(store, context.memory, datetime.now(UTC), context.memory.next_number)
    part = _own_part(session, record_ids)
    looked_at = sum(len(records) for records in part.members)
    return How(
        entity_id=entity_id, record_ids=record_ids, steps=tuple(_steps(context, part, frozenset(record_ids))), looked_at=looked_at
    )


def _own_part(session: LiveSession, record_ids: Collection[str]) -> ConnectedPart:
    """The connected part the party was found in; records of unknown kind from the side that is compared with its others."""
    numbers = session.record_cache.numbers_of({side for id_ in record_ids for side in (id_, as_person(id_))})
    forms = session.record_cache.forms(reachable_units(session, numbers.values()))
    kinds = [session.record_cache.records[id_].kind for id_ in record_ids]
    person = PartyKind.PERSON in kinds or not any(id_ in numbers for id_ in record_ids)
    part_kind = next((kind for kind in kinds if kind is not PartyKind.UNKNOWN), PartyKind.PERSON if person else PartyKind.FIRM)
    part = connected_part(session, [number for number, form in forms.items() if form.kind is part_kind])
    units = [replace(unit, id=record_of(unit.id)) for unit in part.units]
    return replace(part, units=units, members=[list(map(record_of, records)) for records in part.members])


def _steps(context: ExplanationContext, part: ConnectedPart, record_ids: frozenset[str]) -> Iterator[JoinStep]:
    """The steps among the party's own records."""
    inside = [at for at, records in enumerate(part.members) if record_ids.issuperset(records)]
    yield from (JoinStep(kind=StepKind.ALIKE, left=tuple(part.members[at])) for at in inside if len(part.members[at]) > 1)
    joints: list[Joint] = []
    watch = lambda left, right, bits: joints.append(_joint(left, right, bits))  # noqa: E731
    cluster_units(
        part.units, part.pairs, part.verdicts, part.statistics, multi_record=flag_multi_record(part.members), watch=watch
    )
    own_joints = [joint for joint in joints if joint.left[0] in inside]
    yield from (_sure_step(part, group) for group in _together_from_the_start(inside, own_joints))
    yield from (_join_step(context, part, joint) for joint in own_joints)


@dataclass(frozen=True)
class Joint:
    """Two groups of units that joined, by position."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    bits: float


def _joint(left: Sequence[int], right: Sequence[int], bits: float) -> Joint:
    return Joint(tuple(left), tuple(right), bits)


def _together_from_the_start(inside: Sequence[int], joints: Sequence[Joint]) -> list[tuple[int, ...]]:
    """Groups of several units that no joint made: they were sure to be one."""
    joined_groups = {tuple(sorted((*joint.left, *joint.right))) for joint in joints}
    sides = {side for joint in joints for side in (joint.left, joint.right)} | ({tuple(inside)} if not joints else set())
    return sorted(side for side in sides if len(side) > 1 and side not in joined_groups)


def _sure_step(part: ConnectedPart, group: Sequence[int]) -> JoinStep:
    return JoinStep(kind=StepKind.SURE, left=_records(part, group), spoken=_spoken(part, group, group))


def _join_step(context: ExplanationContext, part: ConnectedPart, joint: Joint) -> JoinStep:
    pairs = [(left_at, right_at) for left_at in joint.left for right_at in joint.right][:PAIRS_MAX]
    best = pairs[int(weigh(part.statistics, part.units, pairs).total.argmax())]
    return JoinStep(
        kind=StepKind.JOINED,
        left=_records(part, joint.left),
        right=_records(part, joint.right),
        bits=joint.bits,
        strongest=explain_weights(context, part.units[best[0]], part.units[best[1]]),
        spoken=_spoken(part, joint.left, joint.right),
    )


def _records(part: ConnectedPart, group: Sequence[int]) -> tuple[str, ...]:
    return tuple(sorted(record for at in group for record in part.members[at]))


def _spoken(part: ConnectedPart, left: Sequence[int], right: Sequence[int]) -> bool:
    ends = ((part.units[left_at].id, part.units[right_at].id) for left_at in left for right_at in right)
    return any(pair_of(*pair) in part.verdicts.same for pair in ends)
