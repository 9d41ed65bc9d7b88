from collections import Counter
from itertools import combinations, product
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.record import Identifier, Record
from resolution.candidates import Candidates, candidates, keys
from resolution.candidates import pairs as of_pairs
from resolution.candidates.key_hashes import KeyHashCache, hash_keys
from resolution.candidates.pairs import HOLDERS_MAX
from resolution.records.analysed import Analysed, analyse
from tests.resolution.parties import USCC_A, firm, person


def found_among(records: list[Record]) -> Candidates:
    return candidates([analyse(record) for record in records])


def pairs(records: list[Record]) -> set[tuple[str, str]]:
    found = found_among(records)
    return {(records[i].id, records[j].id) for i, j in zip(found.left, found.right, strict=True)}


def test_parties_of_two_kinds_share_no_key() -> None:
    one = keys(analyse(firm("a", "Li Wei", uscc=USCC_A, phone="5551234567", street="1 High St")))
    other = keys(analyse(person("b", "Li Wei", phone="5551234567", street="1 High St")))
    assert one
    assert not one & other


def test_a_firm_meets_its_name_in_pinyin_and_in_another_town() -> None:
    records = [
        firm("a", "重庆长安汽车股份有限公司"),
        firm("b", "Chongqing Changan Automobile Company Limited"),
        firm("c", "长安汽车有限公司"),
    ]
    assert pairs(records) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_persons_meet_over_slips_initials_and_swapped_names() -> None:
    records = [
        person("a", "Sarah Tompson", phone="702-919-1300"),
        person("b", "Thompson, Sahra", born_on="1980-02-01"),
        person("c", "S Thompson", phone="9191300"),
        person("d", "Someone Else", born_on="1970-01-01"),
    ]
    assert pairs(records) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_persons_born_in_one_place_meet_though_a_letter_of_the_surname_was_misread() -> None:
    born = {"attributes": {"birth_place": "Thirsk"}}
    left, right, other = (person(name, name, **born) for name in ("Edgar Woodgurn", "E Woodburn", "Anna Wood"))
    assert keys(analyse(left)) & keys(analyse(right)) == {"p:native:thirsk:w8n"}
    assert not keys(analyse(left)) & keys(analyse(other))


def test_an_invalid_code_joins_nobody() -> None:
    wrong = (Identifier(scheme="uscc", value="91350100M000100Y44", valid=False),)
    assert not pairs([firm("a", "甲乙丙", identifiers=wrong), firm("b", "丁戊己", identifiers=wrong)])


def test_a_key_held_by_a_hundred_thousand_costs_no_more_than_its_holders() -> None:
    records = [firm(f"r{n:06}", f"Acme {n:06}x", uscc=USCC_A, phone="555-123-4567") for n in range(3000)]
    began = perf_counter()
    found = found_among(records)
    assert len(found.left) == 2999
    assert set(found.left.tolist()) == {0}
    assert len(found.dropped_keys) >= 2
    assert perf_counter() - began < 30


@pytest.mark.parametrize("slice_pairs", [1, 7, 1 << 24])
def test_pairs_are_those_that_share_a_key_however_few_are_made_at_a_time(
    slice_pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_pairs, "SLICE_PAIRS", slice_pairs)
    monkeypatch.setattr(of_pairs, "BATCH_RECORDS", 4)
    records = [person(f"p{n:03}", f"{given} {family}", born_on=f"19{n % 7:02}-01-0{n % 3 + 1}") for n, (given, family) in MANY]
    held = [keys(analyse(record)) for record in records]
    bearers = Counter(key for own in held for key in own)
    told = [{key for key in own if bearers[key] <= HOLDERS_MAX} for own in held]
    wanted = {(i, j) for i, j in combinations(range(len(records)), 2) if told[i] & told[j]}
    found = found_among(records)
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == sorted(wanted)
    assert found.dropped_keys == tuple(sorted(key for key, count in bearers.items() if count > HOLDERS_MAX))
    assert found.dropped_keys


GIVEN = ("Ann", "Bo", "Cy", "Dee", "Eva", "Flo", "Gus", "Hal", "Ida", "Jan", "Kim", "Liv", "Max", "Ned")
MANY = list(enumerate(product(GIVEN, ("Lee", "Kusha", "Moss", "Nox") * 4)))


def knowing(*told: list[Analysed]) -> KeyHashCache:
    known = KeyHashCache()
    for records in told:
        known.add(hash_keys(records))
    return known


NAMES = st.sampled_from(["王伟", "Wang Wei", "Bob Smith", "Robert Smith", "Li Na", "李娜"])


@settings(deadline=None, max_examples=25)
@given(st.lists(NAMES, min_size=2, max_size=8), st.randoms())
def test_the_order_of_records_does_not_change_the_pairs(names: list[str], dice: object) -> None:
    records = [person(f"p{n}", name) for n, name in enumerate(names)]
    turned = list(records)
    dice.shuffle(turned)  # type: ignore[attr-defined]
    assert {tuple(sorted(pair)) for pair in pairs(turned)} == {tuple(sorted(pair)) for pair in pairs(records)}


@given(
    st.lists(st.sampled_from(("Li Wei", "Wei Li", "Ann Lee", "Anne Lee", "Bo Ek")), min_size=1, max_size=12), st.integers(0, 12)
)
def test_keys_told_before_propose_the_same_pairs(names: list[str], first: int) -> None:
    records = [analyse(person(f"p{at}", name, phone=f"555123456{at % 3}")) for at, name in enumerate(names)]
    known = knowing(records[:first], [analyse(person("elsewhere", "Cy Dee"))])
    one, other = candidates(records), candidates(records, hashed=known)
    for told, again in ((one.left, other.left), (one.right, other.right), *zip(one.key_holders, other.key_holders, strict=True)):
        assert told.tolist() == again.tolist()
    kept = candidates(records[first:], hashed=one.known_keys(records)) if records[first:] else None
    assert not kept or kept.key_holders[0].tolist() == candidates(records[first:]).key_holders[0].tolist()
    stop = frozenset(keys(records[0]))
    assert (
        candidates(records, stopped=stop, hashed=knowing(records)).left.tolist()
        == candidates(records, stopped=stop).left.tolist()
    )
