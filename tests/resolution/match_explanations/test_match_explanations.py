"""Why two records are one party, how a party came together, and why two are not one."""

import pytest

from ontology.errors import EntityUnknown, NothingToDo, RecordUnknown, WrongCall
from ontology.judgement import Verdict
from ontology.record import Record
from resolution.comparisons.households import Households, shipped_households
from resolution.comparisons.kin_counts import KinCounts
from resolution.entities import components as parts
from resolution.match_explanations import explain_pair, explain_party, explain_separation
from resolution.match_explanations.obstacles import Bar
from resolution.match_explanations.steps import StepKind
from resolution.match_results import KIN_RARE
from store.port import Store
from store.rows import to_rows
from tests.resolution.households import NO_KIN
from tests.resolution.live.histories import World
from tests.resolution.parties import USCC_A, USCC_B, firm, person

DOOR = {"phone": "021-55512345", "street": "12 Long Lane, Marlow"}
PARTIES = [
    firm("a", "上海轩琮建材有限公司", uscc=USCC_A),
    firm("b", "上海轩琮建材有限公司", uscc=USCC_A, **DOOR),
    firm("c", "上海轩琮建材有限公司"),
    firm("d", "上海轩琮建材有限公司"),
    firm("e", "上海轩琮建材有限公司", uscc=USCC_B, phone="021-77712345"),
    person("p", "John Albert Smith", born_on="1980-02-01", **DOOR),
    person("q", "John A Smith", born_on="1980-02-01", **DOOR),
    person("r", "John Albert Smith"),
    person("s", "Mary Miller", born_on="1971-05-06"),
]


@pytest.fixture
def world(store: Store) -> World:
    found = World(store)
    found.resolve(PARTIES)
    return found


def party_of(world: World, record_id: str) -> str:
    return str(world.store.read("entities/entity_of_record", record_id=record_id)[0]["entity_id"])


def test_the_weights_of_a_pair_sum_to_the_one_that_was_kept(world: World) -> None:
    kept = [row for row in world.store.read("entities/judgements") if row["by"].startswith("model:")]
    assert len(kept) >= 3
    for row in kept:
        told = explain_pair(world.store, [row["left_id"]], [row["right_id"]]).weights
        summed = told.prior_bits + sum(one.bits for one in told.compared if one.bits is not None)
        assert summed == pytest.approx(told.total_bits, abs=1e-9)
        assert told.total_bits == pytest.approx(row["match_weight"], abs=1e-6)


def test_why_tells_levels_values_and_whether_they_are_one(world: World) -> None:
    found = explain_pair(world.store, ["a"], ["b"])
    assert found.together
    (ids,) = [one for one in found.weights.compared if one.name == "ids"]
    assert (ids.level, ids.left, ids.right) == ("exclusive", (f"uscc {USCC_A}",), (f"uscc {USCC_A}",))
    assert "f:id:uscc" in found.keys or "f:id:org_code" in found.keys
    apart = explain_pair(world.store, ["a"], ["e"])
    assert not apart.together
    assert apart.weights.forbidden


def test_no_number_of_a_person_is_told(store: Store) -> None:
    world = World(store)
    codes = ({"scheme": "passport", "value": "X1234567"},)
    world.resolve([person(id_, "John Smith", identifiers=codes) for id_ in ("a", "b")])
    assert "X1234567" not in explain_pair(store, ["a"], ["b"]).model_dump_json()


def test_a_chain_leads_from_one_record_to_the_other(store: Store) -> None:
    world = World(store)
    world.resolve(
        [
            person("a", "John Albert Smith", born_on="1980-02-01"),
            person("b", "John Albert Smith", "Jack Miller", born_on="1980-02-01"),
            person("c", "Jack Miller", born_on="1980-02-01"),
        ]
    )
    world.say("a", "c", Verdict.SAME)
    found = explain_pair(store, ["a"], ["c"])
    assert found.together
    assert [one.verdict for one in found.verdicts] == [Verdict.SAME]
    ends = {end for one in found.chain for end in (one.left_id, one.right_id)}
    assert {"a", "c"} <= ends


def test_how_replays_every_step_to_the_party(world: World) -> None:
    for record in ("a", "p", "s"):
        found = explain_party(world.store, party_of(world, record))
        joined = {id_ for step in found.steps for id_ in (*step.left, *step.right)}
        assert joined == (set(found.record_ids) if len(found.record_ids) > 1 else set())
    kinds = [step.kind for step in explain_party(world.store, party_of(world, "a")).steps]
    assert StepKind.SURE in kinds or StepKind.JOINED in kinds


def test_what_stands_between_two_parties_is_told(world: World) -> None:
    def bars(left: str, right: str) -> set[Bar]:
        return {one.bar for one in explain_separation(world.store, [left], [right]).obstacles}

    assert Bar.CODES in bars("a", "e")
    assert Bar.GUARD in bars("p", "r")
    assert {Bar.NEVER_MET, Bar.WEIGHT} <= bars("p", "s")
    assert bars("a", "p") == {Bar.KINDS}
    assert bars("p", "q") == {Bar.TOGETHER}


TWINS = [person(id_, name, born_on="1980-02-01", **DOOR) for id_, name in (("t", "Mark Kusha"), ("u", "Marsha Kusha"))]


@pytest.mark.parametrize(
    ("kin", "households"),
    [
        (KinCounts(), shipped_households()),
        (KinCounts(lone=500), NO_KIN),
        (KinCounts(lone=500), shipped_households()),
        (KinCounts(), NO_KIN),
    ],
)
def test_a_pair_that_only_a_contradiction_keeps_apart_is_told_with_what_was_counted(
    store: Store, monkeypatch: pytest.MonkeyPatch, kin: KinCounts, households: Households
) -> None:
    monkeypatch.setattr(parts, "count_kin_pairs", lambda *_: kin)
    monkeypatch.setattr(parts, "learn_households", lambda *_: households)
    world = World(store)
    world.resolve(TWINS)
    found = explain_pair(store, ["t"], ["u"])
    doubt = found.weights.doubt
    assert doubt is not None
    assert found.together == doubt.joins == (kin.frees_lone or households is NO_KIN)
    assert doubt.at_home == (households is NO_KIN or not kin.frees_lone)
    assert doubt.seen == (households.pairs if doubt.at_home else kin.lone)
    assert doubt.joins == (doubt.sure >= doubt.sure_min)
    assert [one.reason.endswith(KIN_RARE) for one in found.chain] == [True] * found.together


def test_what_would_join_if_neither_had_a_partner_is_told_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "count_kin_pairs", lambda *_: KinCounts(lone=500))
    world = World(store)
    world.resolve([*TWINS, person("v", "Mark F Kusha", born_on="1980-02-01", **DOOR)])
    assert not explain_pair(store, ["t"], ["u"]).together
    assert Bar.PARTNERED in {one.bar for one in explain_separation(store, ["t"], ["u"]).obstacles}


def test_a_verdict_is_told_with_who_and_why(world: World) -> None:
    world.say("p", "q", Verdict.DIFFERENT)
    found = explain_separation(world.store, ["p"], ["q"])
    (said,) = [one.verdicts[0] for one in found.obstacles if one.bar is Bar.VERDICT]
    assert (said.by, said.verdict) == ("lin", Verdict.DIFFERENT)


def test_what_cannot_be_answered_is_told(world: World) -> None:
    with pytest.raises(RecordUnknown):
        explain_pair(world.store, ["a"], ["nobody"])
    with pytest.raises(WrongCall, match="one record twice"):
        explain_pair(world.store, ["a"], ["a"])
    with pytest.raises(WrongCall, match="never one party"):
        explain_pair(world.store, ["a"], ["p"])
    with pytest.raises(EntityUnknown):
        explain_party(world.store, "K-NOBODY")


def test_before_a_full_run_there_is_no_why(store: Store) -> None:
    records: list[Record] = [person("a", "John Smith"), person("b", "John Smith")]
    store.write("sources/put_records", rows=to_rows(records))
    with pytest.raises(NothingToDo):
        explain_pair(store, ["a"], ["b"])
