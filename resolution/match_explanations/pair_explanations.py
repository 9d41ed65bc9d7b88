"""Why two records are one party, or how near they come to it."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping

from pydantic import BaseModel, ConfigDict, Field

from ontology.errors import RecordUnknown, WrongCall
from ontology.judgement import Verdict
from resolution.candidates import keys as keys_of
from resolution.live.live_session import is_id
from resolution.match_explanations.pair_weights import ExplanationContext, Spoken, Weights, explain_weights, weigh
from resolution.records.analysed import Analysed
from store.port import Store

PAIRS_MAX = 2_500  # Pairs among which the strongest is looked for: fifty records on either side.
KEYS_TOLD_MAX = 12


class Chained(BaseModel):
    """One joint of the chain that holds two records together: a pair that the model, or a person, called the same."""

    model_config = ConfigDict(frozen=True)
    left_id: str = Field(description="Id of one record.")
    right_id: str = Field(description="Id of the other record.")
    by: str = Field(description="`model:<version>`, or the person who called the two the same.")
    reason: str = Field(description="What agrees, or the person's reason.")
    match_weight: float | None = Field(description="Match weight of the pair in bits; null where a person decided.")


class Why(BaseModel):
    """Two records, weighed; whether they are one party, and what holds them together."""

    model_config = ConfigDict(frozen=True)
    weights: Weights = Field(description="The comparisons and their sum.")
    left_entity: str | None = Field(description="Id of the party of the one record.")
    right_entity: str | None = Field(description="Id of the party of the other record.")
    together: bool = Field(description="Whether the two are of one party.")
    alike: bool = Field(description="Whether the two say exactly the same.")
    keys: tuple[str, ...] = Field(description="Keys both hold: what made them be compared; of identifiers only the scheme.")
    verdicts: tuple[Spoken, ...] = Field(description="What people said of this pair, the latest first.")
    chain: tuple[Chained, ...] = Field(description="Pairs that lead from the one to the other where they are together.")


def explain_pair(store: Store, left_ids: Collection[str], right_ids: Collection[str]) -> Why:
    """The strongest pair of a record on the left and one on the right. Raises RecordUnknown, WrongCall, NothingToDo."""
    context = ExplanationContext(store)
    left, right = find_strongest_pair(context, left_ids, right_ids)
    members = _entities(store, [left.id, right.id])
    together = left.id in members and members[left.id] == members.get(right.id)
    return Why(
        weights=explain_weights(context, left, right),
        left_entity=members.get(left.id),
        right_entity=members.get(right.id),
        together=together,
        alike=left.content == right.content,
        keys=tuple(sorted({_displayable_key(key) for key in keys_of(left) & keys_of(right)}))[:KEYS_TOLD_MAX],
        verdicts=tuple(
            spoken for spoken in context.spoken([left.id]) if {spoken.left_id, spoken.right_id} == {left.id, right.id}
        ),
        chain=tuple(_chain(context, members[left.id], left.id, right.id)) if together else (),
    )


def find_strongest_pair(
    context: ExplanationContext, left_ids: Collection[str], right_ids: Collection[str]
) -> tuple[Analysed, Analysed]:
    """The pair that weighs most; of equals the one whose ids come first. Records of two kinds are never compared."""
    forms = context.forms({*left_ids, *right_ids})
    for id_ in (*left_ids, *right_ids):
        if id_ not in forms:
            raise RecordUnknown(record=id_)
    pairs = sorted((left, right) for left in left_ids for right in right_ids if left != right)
    alike = [(left, right) for left, right in pairs if forms[left].kind is forms[right].kind][:PAIRS_MAX]
    if not alike:
        problem = "one record twice" if not pairs else "a person and a firm, or a firm and an agency, are never one party"
        raise WrongCall(problem=problem, remedy="Name two records, or two parties, of one kind.")
    kind = forms[alike[0][0]].kind
    records = sorted({end for pair in alike for end in pair})
    place = {id_: at for at, id_ in enumerate(records)}
    weighed_pairs = weigh(
        context.statistics(kind), [forms[id_] for id_ in records], [(place[left], place[right]) for left, right in alike]
    )
    best = alike[int(weighed_pairs.total.argmax())]
    return forms[best[0]], forms[best[1]]


def _displayable_key(key: str) -> str:
    """A key as it may be told: of an identifier only what it is, for it may be a person's."""
    return ":".join(key.split(":")[:3]) if is_id(key) else key


def _entities(store: Store, record_ids: Iterable[str]) -> dict[str, str]:
    rows = store.read("live/members_of", record_ids=sorted(record_ids))
    return {row["record_id"]: row["entity_id"] for row in rows}


def _chain(context: ExplanationContext, entity_id: str, left: str, right: str) -> list[Chained]:
    """The fewest pairs that lead from one record to the other; [] where they meet by saying the same."""
    members = [row["record_id"] for row in context.store.read("live/members_in", entity_ids=[entity_id])]
    rows = context.store.read("live/model_judgements_of", record_ids=members)
    links = [Chained(**{name: row[name] for name in Chained.model_fields}) for row in rows if row["verdict"] == Verdict.SAME]
    same_verdicts = [spoken_pair for spoken_pair in context.spoken(members) if spoken_pair.verdict is Verdict.SAME]
    links += [
        Chained(
            left_id=spoken_pair.left_id,
            right_id=spoken_pair.right_id,
            by=spoken_pair.by,
            reason=spoken_pair.reason,
            match_weight=None,
        )
        for spoken_pair in same_verdicts
    ]
    return _shortest(links, _alike(context, members), left, right)


def _alike(context: ExplanationContext, members: Collection[str]) -> dict[str, str]:
    """For each record the first that says exactly the same: the two are compared as one."""
    first: dict[str, str] = {}
    return {id_: first.setdefault(form.content, id_) for id_, form in sorted(context.forms(members).items())}


def _shortest(links: Iterable[Chained], alike: Mapping[str, str], left: str, right: str) -> list[Chained]:
    steps: dict[str, list[tuple[str, Chained]]] = {}
    for link in sorted(links, key=lambda link: (-(link.match_weight or 0.0), link.left_id, link.right_id)):
        ends = alike.get(link.left_id, link.left_id), alike.get(link.right_id, link.right_id)
        steps.setdefault(ends[0], []).append((ends[1], link))
        steps.setdefault(ends[1], []).append((ends[0], link))
    chains: dict[str, list[Chained]] = {alike.get(left, left): []}
    queue = deque(chains)
    while queue:
        record = queue.popleft()
        for next_record, link in steps.get(record, []):
            if next_record not in chains:
                chains[next_record] = [*chains[record], link]
                queue.append(next_record)
    return chains.get(alike.get(right, right), [])
