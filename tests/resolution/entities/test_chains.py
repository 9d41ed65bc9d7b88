"""The chaining alarm, on both engines."""

from datetime import UTC, datetime

from ontology.base import PartyKind
from ontology.entity import Entity
from ontology.judgement import Judgement, Verdict
from resolution.entities.chains import Alarm, find_alarming_chains, find_chains
from resolution.judgements.ledger import judge
from store.port import Store
from store.rows import to_row
from tests.resolution.parties import person

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def put(store: Store, entity_id: str, ids: list[str], pairs: dict[tuple[str, str], float]) -> None:
    """A party of these records, all different, joined by these pairs."""
    store.write("sources/put_records", rows=[to_row(person(id_, f"Ann Lee {id_}")) for id_ in ids])
    entity = Entity(id=entity_id, kind=PartyKind.PERSON, name="Ann Lee", record_ids=tuple(ids))
    store.write("entities/put_entities", rows=[to_row(entity)])
    store.write("entities/put_members", rows=[{"record_id": id_, "entity_id": entity_id} for id_ in ids])
    said = [
        Judgement(
            left_id=one, right_id=other, verdict=Verdict.SAME, by="model:t", reason="names same", decided_at=NOON,
            match_weight=bits,
        )
        for (one, other), bits in pairs.items()
    ]  # fmt: skip
    store.write("entities/put_judgements", rows=[to_row(one) for one in said])


def triangles(bits: float) -> dict[tuple[str, str], float]:
    """Two triangles on one pair."""
    sure = dict.fromkeys((("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f"), ("d", "f")), 20.0)
    return {**sure, ("c", "d"): bits}


def test_a_weak_pair_that_alone_holds_two_halves_is_an_alarm(store: Store) -> None:
    put(store, "K-1", list("abcdef"), triangles(1.0))
    (found,) = find_alarming_chains(store)
    (joint,) = found.joints
    assert (found.alarms, found.pieces, found.records) == ((Alarm.BRIDGE,), 1, 6)
    assert (joint.left_id, joint.right_id, joint.left_records, joint.right_records) == ("c", "d", 3, 3)
    assert (joint.bits, joint.reason, joint.by) == (1.0, "names same", "model:t")


def test_a_strong_pair_is_shown_and_no_alarm(store: Store) -> None:
    put(store, "K-1", list("abcdef"), triangles(15.0))
    assert find_alarming_chains(store) == []
    assert [joint.alone for joint in find_chains(store, limit=5)[0].joints] == [True]


def test_a_persons_word_is_shown_and_no_alarm(store: Store) -> None:
    put(store, "K-1", list("abcdef"), triangles(1.0))
    judge(store, [("c", "d")], Verdict.SAME, by="lin", reason="seal", now=NOON)
    assert find_alarming_chains(store) == []
    assert [(joint.by, joint.bits) for joint in find_chains(store, limit=5)[0].joints] == [("lin", None)]


def test_a_party_far_larger_than_the_rest_comes_first(store: Store) -> None:
    ids = [f"x{at:02}" for at in range(12)]
    put(store, "K-1", ids, {(one, other): 20.0 for one in ids for other in ids if one < other})
    put(store, "K-2", ["p", "q"], {("p", "q"): 9.0})
    first, second = find_chains(store, limit=5)
    assert (first.entity_id, first.alarms) == ("K-1", (Alarm.SIZE,))
    assert (second.entity_id, second.alarms, second.joints) == ("K-2", (), ())


def test_parties_of_one_record_are_left_out(store: Store) -> None:
    put(store, "K-1", ["a"], {})
    assert find_chains(store, limit=5) == []
