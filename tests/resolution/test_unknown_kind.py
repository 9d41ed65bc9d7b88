"""A record whose source tells no kind may be one with a firm or with a person, and never brings the two together."""

from datetime import UTC, datetime

from ontology.base import PartyKind
from ontology.judgement import Judgement, Verdict
from ontology.record import Identifier, Record
from resolution.entities.assembly import assemble
from resolution.entities.side_assignment import assign_sides
from resolution.judgements.verdicts import Verdicts, combine_judgements
from resolution.match_explanations.pair_weights import ExplanationContext
from resolution.match_explanations.steps import explain_party
from resolution.matching import match
from resolution.records.sides import as_person, side_ids
from store.port import Store
from tests.resolution.live.histories import World
from tests.resolution.parties import USCC_A, firm, person

STREET = "14 Long Lane, Marlow"


def untold(id_: str, *names: str, **more: object) -> Record:
    return firm(id_, *names, kind="unknown", **more)  # type: ignore[arg-type]


def parts(*records: Record, said: Verdicts | None = None) -> list[list[str]]:
    return match(records, said or Verdicts()).parts


def passport(value: str) -> dict[str, object]:
    return {"identifiers": (Identifier(scheme="passport", value=value),)}


def test_it_is_one_with_the_firm_of_its_code() -> None:
    one, other = untold("u", "Xuancong Materials", uscc=USCC_A), firm("f", "Xuancong Materials Ltd", uscc=USCC_A)
    assert parts(one, other) == [["f", "u"]]
    assert assemble("K", [one, other]).kind is PartyKind.FIRM


def test_it_is_one_with_the_person_of_its_passport() -> None:
    one = untold("u", "Torvald Ossian Kesk", born_on="1971-03-05", **passport("X7654321"))
    other = person("p", "Kesk, Torvald Ossian", born_on="1971-03-05", **passport("X7654321"))
    assert parts(one, other) == [["p", "u"]]
    assert assemble("K", [one, other]).kind is PartyKind.PERSON


def test_a_firm_and_a_person_are_never_one_by_way_of_it() -> None:
    told = {"phone": "021-55512345", "street": STREET}
    between = untold("u", "Xuancong Materials", "Torvald Ossian Kesk", uscc=USCC_A, **told)
    found = parts(firm("f", "Xuancong Materials", uscc=USCC_A, **told), between, person("p", "Torvald Ossian Kesk", **told))
    assert found == [["f", "u"], ["p"]]


def test_two_of_unknown_kind_are_one_and_stay_of_unknown_kind() -> None:
    one, other = (untold(id_, "Kunlun Zarya Optica", uscc=USCC_A, street=STREET) for id_ in ("u1", "u2"))
    assert parts(one, other) == [["u1", "u2"]]
    assert assemble("K", [one, other]).kind is PartyKind.UNKNOWN


def test_a_persons_name_alone_joins_no_firm_called_so() -> None:
    assert parts(untold("u", "Vincent Harlan Price"), firm("f", "Vincent Harlan Price")) == [["f"], ["u"]]
    assert side_ids(untold("u", "Vincent Harlan Price")) == (as_person("u"),)


def test_a_persons_word_decides_what_it_is_one_with() -> None:
    records = (
        firm("f", "Kunlun Zarya Optica", street=STREET),
        untold("u", "Kunlun Zarya Optica", street=STREET),
        person("p", "Kunlun Zarya"),
    )
    at = datetime(2026, 11, 23, tzinfo=UTC)
    apart = Judgement(left_id="f", right_id="u", verdict=Verdict.DIFFERENT, by="lin", decided_at=at)
    same = Judgement(left_id="p", right_id="u", verdict=Verdict.SAME, by="lin", decided_at=at)
    assert parts(*records, said=combine_judgements([apart, same])) == [["f"], ["p", "u"]]


def test_of_two_parts_the_told_one_has_it_and_of_two_told_ones_the_firms() -> None:
    assert assign_sides([["a", "f"], [as_person("a"), "p"]]).parts == [["a", "f"], ["p"]]
    assert assign_sides([["a", "b"], [as_person("a"), "p"], [as_person("b")]]).parts == [["a", "p"], ["b"]]
    assert assign_sides([["a"], ["b"], [as_person("a"), as_person("b")]]).parts == [["a", "b"]]


def test_put_one_by_one_it_joins_leaves_and_is_told_at_last(store: Store) -> None:
    world = World(store)
    one, other = untold("u", "Xuancong Materials", uscc=USCC_A), firm("f", "Xuancong Materials Ltd", uscc=USCC_A)
    world.live.put(one, now=world.now)
    assert [*world.parties()] == [("u",)]
    world.live.put(other, now=world.now)
    assert [*world.parties()] == [("f", "u")]
    world.live.put(one.model_copy(update={"kind": PartyKind.PERSON}), now=world.now)
    assert sorted(world.parties()) == [("f",), ("u",)]
    world.live.delete("u", now=world.now)
    assert [*world.parties()] == [("f",)]


def test_it_is_told_how_a_party_with_it_came_together(store: Store) -> None:
    world = World(store)
    world.resolve([untold("u", "Xuancong Materials", uscc=USCC_A), firm("f", "Xuancong Materials Ltd", uscc=USCC_A)])
    ((entity, _),) = {row["entity_id"]: row for row in store.read("entities/members")}.items()
    found = explain_party(store, entity)
    assert found.record_ids == ("f", "u")
    assert [(step.left, step.right) for step in found.steps]
    assert {form.kind for form in ExplanationContext(store).forms(["u", "f"]).values()} == {PartyKind.FIRM}
