"""How a party came together: the clustering of its connected part once more, step by step."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from ontology.base import PartyKind
from ontology.errors import EntityUnknown
from resolution.entities.components import join
from resolution.entities.kin_counts import several
from resolution.judgements.verdicts import pair_of
from resolution.live.components import Part, part_of
from resolution.live.edges import reached
from resolution.live.live_session import LiveSession
from resolution.match_explanations.pair_weights import Ground, Weights, weigh, weights
from resolution.match_explanations.pair_explanations import PAIRS_MAX
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
    kind: StepKind
    left: tuple[str, ...]
    right: tuple[str, ...] = ()
    bits: float | None = None
    strongest: Weights | None = None
    spoken: bool = False


class How(BaseModel):
    """A party's steps, in the order in which they happened; none where it is one record."""

    model_config = ConfigDict(frozen=True)
    entity_id: str
    record_ids: tuple[str, ...]
    steps: tuple[JoinStep, ...]
    looked_at: int = Field(description="Records of the connected part the party was found in, other parties' among them.")


def how(store: Store, entity_id: str) -> How:
    """Replay how the party came together. Raises EntityUnknown, NothingToDo."""
    own = tuple(row["record_id"] for row in store.read("live/members_in", entity_ids=[entity_id]))
    if not own:
        raise EntityUnknown(entity=entity_id)
    ground = Ground(store)
    call = LiveSession(store, ground.memory, datetime.now(UTC), ground.memory.next_number)
    part = _own_part(call, own)
    looked_at = sum(len(records) for records in part.members)
    return How(entity_id=entity_id, record_ids=own, steps=tuple(_steps(ground, part, frozenset(own))), looked_at=looked_at)


def _own_part(call: LiveSession, own: Collection[str]) -> Part:
    """The connected part the party was found in; records of unknown kind from the side that is compared with its others."""
    numbers = call.parties.numbers({side for id_ in own for side in (id_, as_person(id_))})
    forms = call.parties.forms(reached(call, numbers.values()))
    told = [call.parties.records[id_].kind for id_ in own]
    person = PartyKind.PERSON in told or not any(id_ in numbers for id_ in own)
    kind = next((one for one in told if one is not PartyKind.UNKNOWN), PartyKind.PERSON if person else PartyKind.FIRM)
    part = part_of(call, [number for number, form in forms.items() if form.kind is kind])
    units = [replace(unit, id=record_of(unit.id)) for unit in part.units]
    return replace(part, units=units, members=[list(map(record_of, records)) for records in part.members])


def _steps(ground: Ground, part: Part, own: frozenset[str]) -> Iterator[JoinStep]:
    """The steps among the party's own records."""
    inside = [at for at, records in enumerate(part.members) if own.issuperset(records)]
    yield from (JoinStep(kind=StepKind.ALIKE, left=tuple(part.members[at])) for at in inside if len(part.members[at]) > 1)
    joints: list[Joint] = []
    watch = lambda *told: joints.append(_joint(*told))  # noqa: E731
    join(part.units, part.pairs, part.verdicts, part.frozen, several=several(part.members), watch=watch)
    kept = [one for one in joints if one.left[0] in inside]
    yield from (_sure(part, group) for group in _together_from_the_start(inside, kept))
    yield from (_joined(ground, part, one) for one in kept)


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
    made = {tuple(sorted((*one.left, *one.right))) for one in joints}
    sides = {side for one in joints for side in (one.left, one.right)} | ({tuple(inside)} if not joints else set())
    return sorted(side for side in sides if len(side) > 1 and side not in made)


def _sure(part: Part, group: Sequence[int]) -> JoinStep:
    return JoinStep(kind=StepKind.SURE, left=_records(part, group), spoken=_spoken(part, group, group))


def _joined(ground: Ground, part: Part, joint: Joint) -> JoinStep:
    pairs = [(one, other) for one in joint.left for other in joint.right][:PAIRS_MAX]
    best = pairs[int(weigh(part.frozen, part.units, pairs).total.argmax())]
    return JoinStep(
        kind=StepKind.JOINED,
        left=_records(part, joint.left),
        right=_records(part, joint.right),
        bits=joint.bits,
        strongest=weights(ground, part.units[best[0]], part.units[best[1]]),
        spoken=_spoken(part, joint.left, joint.right),
    )


def _records(part: Part, group: Sequence[int]) -> tuple[str, ...]:
    return tuple(sorted(record for at in group for record in part.members[at]))


def _spoken(part: Part, left: Sequence[int], right: Sequence[int]) -> bool:
    ends = ((part.units[one].id, part.units[other].id) for one in left for other in right)
    return any(pair_of(*pair) in part.verdicts.same for pair in ends)
