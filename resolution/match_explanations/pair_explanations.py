"""Why two records are one party, or how near they come to it."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping

from pydantic import BaseModel, ConfigDict, Field

from ontology.errors import RecordUnknown, WrongCall
from ontology.judgement import Verdict
from resolution.candidates import keys as keys_of
from resolution.live.live_session import is_id
from resolution.match_explanations.pair_weights import Ground, Spoken, Weights, weigh, weights
from resolution.records.analysed import Analysed
from store.port import Store

PAIRS_MAX = 2_500  # Pairs among which the strongest is looked for: fifty records on either side.
KEYS_TOLD_MAX = 12


class Chained(BaseModel):
    """One joint of the chain that holds two records together: a pair that the model, or a person, called the same."""

    model_config = ConfigDict(frozen=True)
    left_id: str
    right_id: str
    by: str
    reason: str
    match_weight: float | None


class Why(BaseModel):
    """Two records, weighed; whether they are one party, and what holds them together."""

    model_config = ConfigDict(frozen=True)
    weights: Weights
    left_entity: str | None
    right_entity: str | None
    together: bool
    alike: bool = Field(description="Whether the two say exactly the same.")
    keys: tuple[str, ...] = Field(description="Keys both hold: what made them be compared; of identifiers only the scheme.")
    verdicts: tuple[Spoken, ...] = Field(description="What people said of this pair, the latest first.")
    chain: tuple[Chained, ...] = Field(description="Pairs that lead from the one to the other where they are together.")


def why(store: Store, left_ids: Collection[str], right_ids: Collection[str]) -> Why:
    """The strongest pair of a record on the left and one on the right. Raises RecordUnknown, WrongCall, NothingToDo."""
    ground = Ground(store)
    left, right = strongest(ground, left_ids, right_ids)
    members = _entities(store, [left.id, right.id])
    together = left.id in members and members[left.id] == members.get(right.id)
    return Why(
        weights=weights(ground, left, right),
        left_entity=members.get(left.id),
        right_entity=members.get(right.id),
        together=together,
        alike=left.content == right.content,
        keys=tuple(sorted({_shown(key) for key in keys_of(left) & keys_of(right)}))[:KEYS_TOLD_MAX],
        verdicts=tuple(one for one in ground.spoken([left.id]) if {one.left_id, one.right_id} == {left.id, right.id}),
        chain=tuple(_chain(ground, members[left.id], left.id, right.id)) if together else (),
    )


def strongest(ground: Ground, left_ids: Collection[str], right_ids: Collection[str]) -> tuple[Analysed, Analysed]:
    """The pair that weighs most; of equals the one whose ids come first. Records of two kinds are never compared."""
    forms = ground.forms({*left_ids, *right_ids})
    for id_ in (*left_ids, *right_ids):
        if id_ not in forms:
            raise RecordUnknown(record=id_)
    pairs = sorted((one, other) for one in left_ids for other in right_ids if one != other)
    alike = [(one, other) for one, other in pairs if forms[one].kind is forms[other].kind][:PAIRS_MAX]
    if not alike:
        told = "one record twice" if not pairs else "a person and a firm, or a firm and an agency, are never one party"
        raise WrongCall(problem=told, remedy="Name two records, or two parties, of one kind.")
    kind = forms[alike[0][0]].kind
    records = sorted({end for pair in alike for end in pair})
    place = {id_: at for at, id_ in enumerate(records)}
    weighed = weigh(ground.frozen(kind), [forms[id_] for id_ in records], [(place[one], place[other]) for one, other in alike])
    best = alike[int(weighed.total.argmax())]
    return forms[best[0]], forms[best[1]]


def _shown(key: str) -> str:
    """A key as it may be told: of an identifier only what it is, for it may be a person's."""
    return ":".join(key.split(":")[:3]) if is_id(key) else key


def _entities(store: Store, record_ids: Iterable[str]) -> dict[str, str]:
    rows = store.read("live/members_of", record_ids=sorted(record_ids))
    return {row["record_id"]: row["entity_id"] for row in rows}


def _chain(ground: Ground, entity_id: str, left: str, right: str) -> list[Chained]:
    """The fewest pairs that lead from one record to the other; [] where they meet by saying the same."""
    members = [row["record_id"] for row in ground.store.read("live/members_in", entity_ids=[entity_id])]
    rows = ground.store.read("live/model_judgements_of", record_ids=members)
    told = [Chained(**{name: row[name] for name in Chained.model_fields}) for row in rows if row["verdict"] == Verdict.SAME]
    spoken = [one for one in ground.spoken(members) if one.verdict is Verdict.SAME]
    told += [
        Chained(left_id=one.left_id, right_id=one.right_id, by=one.by, reason=one.reason, match_weight=None) for one in spoken
    ]
    return _shortest(told, _alike(ground, members), left, right)


def _alike(ground: Ground, members: Collection[str]) -> dict[str, str]:
    """For each record the first that says exactly the same: the two are compared as one."""
    first: dict[str, str] = {}
    return {id_: first.setdefault(form.content, id_) for id_, form in sorted(ground.forms(members).items())}


def _shortest(told: Iterable[Chained], alike: Mapping[str, str], left: str, right: str) -> list[Chained]:
    steps: dict[str, list[tuple[str, Chained]]] = {}
    for one in sorted(told, key=lambda one: (-(one.match_weight or 0.0), one.left_id, one.right_id)):
        ends = alike.get(one.left_id, one.left_id), alike.get(one.right_id, one.right_id)
        steps.setdefault(ends[0], []).append((ends[1], one))
        steps.setdefault(ends[1], []).append((ends[0], one))
    ways: dict[str, list[Chained]] = {alike.get(left, left): []}
    queue = deque(ways)
    while queue:
        here = queue.popleft()
        for there, one in steps.get(here, []):
            if there not in ways:
                ways[there] = [*ways[here], one]
                queue.append(there)
    return ways.get(alike.get(right, right), [])
