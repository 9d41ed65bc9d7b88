"""Descriptions screened against a store: who is found, in which order, and what a score is made of."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.base import PartyKind
from ontology.record import Identifier, Record
from resolution.live import Live
from resolution.live.memory import Memories
from resolution.screening import screen_records
from store.port import Store
from tests.resolution.parties import USCC_A, USCC_B, person
from tests.resolution.screening.world import HASH, NOON, best_record, described, resolved, screened

PERSON, FIRM, UNKNOWN = PartyKind.PERSON, PartyKind.FIRM, PartyKind.UNKNOWN
FOUND = {
    "the name as it is": (PERSON, "Margaret Ortega Ruiz", "born"),
    "a letter exchanged": (PERSON, "Margarte Ortega Ruiz", "born"),
    "two words misspelt": (PERSON, "Margarett Ortga Ruiz", "born"),
    "the surname first": (PERSON, "Ortega Ruiz, Margaret", "born"),
    "another alphabet": (PERSON, "Dmitri Kuznetsov", "cyrillic"),
    "pinyin of a Han name": (PERSON, "Ouyang Xiangyu", "han"),
    "pinyin with a slip": (PERSON, "Ouyang Xianyu", "han"),
    "Han signs": (PERSON, "欧阳翔宇", "han"),
    "another legal form": (FIRM, "Ballumpra Pharma Ltd", "ltd"),
    "a firm's brand misspelt": (FIRM, "Balumpra Pharma Ltd", "ltd"),
    "words in another order": (FIRM, "Pharma Ballumpra Limited", "ltd"),
    "a firm in pinyin and English": (FIRM, "Ningbo Linglei Packaging Materials Co Ltd", "chinese"),
    "an agency as an organisation": (FIRM, "Customs Office of Velden Harbour", "agency"),
    "a party of unknown kind as a firm": (FIRM, "Quillon Vesper", "unknown"),
    "a party of unknown kind as a person": (PERSON, "Vesper Quillon", "unknown"),
    "a description of unknown kind": (UNKNOWN, "Ballumpra Pharma", "ltd"),
}


@pytest.mark.parametrize("how", FOUND)
def test_a_party_is_found_by(how: str, store: Store) -> None:
    kind, name, record_id = FOUND[how]
    details = {"born_on": "1961"} if record_id == "born" else {}
    assert best_record(resolved(store), described(kind, name, **details)) == record_id


@pytest.fixture
def world(sqlite_store: Store) -> Store:
    return resolved(sqlite_store)


def scores(world: Store, description: Record) -> dict[str, float]:
    return {party.entity.record_ids[0]: party.score for party in screened(world, description)}


def test_a_birth_and_a_country_part_two_of_one_name(world: Store) -> None:
    by_name = scores(world, described(PERSON, "Margaret Ortega Ruiz"))
    by_day = scores(world, described(PERSON, "Margaret Ortega Ruiz", born_on="1961-05-04"))
    by_both = scores(world, described(PERSON, "Margaret Ortega Ruiz", born_on="1961-05-04", countries=("es",)))
    assert by_name["born"] == pytest.approx(by_name["namesake"])
    assert 0.7 <= by_name["born"] < by_day["born"] < by_both["born"]
    assert by_both["namesake"] < 0.5 < by_name["namesake"]


def test_an_equal_code_decides_whatever_the_name_is(world: Store) -> None:
    (best, *_) = screened(world, described(FIRM, "Entirely Other Words", code=("uscc", USCC_A)))
    assert best.entity.record_ids == ("coded",)
    assert best.score > 0.95


def test_another_code_of_which_a_firm_has_one_for_life_speaks_against_it(world: Store) -> None:
    plain = scores(world, described(FIRM, "Rongjiang Trading Co., Ltd."))
    other = scores(world, described(FIRM, "Rongjiang Trading Co., Ltd.", code=("uscc", USCC_B)))
    assert other["coded"] < 0.1 < plain["coded"]


def test_a_personal_number_counts_as_its_hash_and_nothing_of_its_mask(world: Store) -> None:
    whole = Identifier(scheme="resident_id", value=HASH, masked="110*************2X")
    other = Identifier(scheme="resident_id", value=HASH[::-1], masked="110*************2X")
    assert best_record(world, described(PERSON, "", identifiers=(whole,))) == "numbered"
    assert best_record(world, described(PERSON, "", identifiers=(other,))) is None


def test_a_stranger_is_nobody(world: Store) -> None:
    for name in ("Hjalmar Brakstad", "王小明", "Zoltan Kereszty"):
        assert all(party.score < 0.5 for party in screened(world, described(PERSON, name)))


def test_a_description_without_a_name_or_code_is_compared_with_nobody(world: Store) -> None:
    assert screened(world, described(PERSON, "")) == []
    assert screened(world, described(PERSON, "---")) == []


def test_many_descriptions_at_once_score_as_each_alone(world: Store) -> None:
    descriptions = [described(kind, name) for kind, name, _ in FOUND.values()]
    together = screen_records(world, Memories().of(world), descriptions)
    for description, parties in zip(descriptions, together, strict=True):
        alone = screened(world, description)
        assert [(party.entity.id, party.score) for party in parties] == [(party.entity.id, party.score) for party in alone]


def test_the_log_odds_of_the_features_make_the_score(world: Store) -> None:
    for party in screened(world, described(PERSON, "Margaret Ortega", born_on="1961-05-04")):
        assert party.score == pytest.approx(1 / (1 + math.exp(-sum(party.odds.values()))))


def test_a_party_put_by_itself_is_found_at_once(world: Store) -> None:
    Live(world).put(person("late", "Tancredi Valbuena"), now=NOON)
    assert best_record(world, described(PERSON, "Valbuena Tancredi")) == "late"
    Live(world).delete("late", now=NOON)
    assert best_record(world, described(PERSON, "Valbuena Tancredi")) is None


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.sampled_from((PERSON, FIRM, UNKNOWN)))
def test_no_text_is_too_odd_to_be_screened(world_once: Store, text: str, kind: PartyKind) -> None:
    parties = screened(world_once, described(kind, text.strip() or "?"))
    assert all(0 <= party.score <= 1 for party in parties)


@pytest.fixture(scope="module")
def world_once(tmp_path_factory: pytest.TempPathFactory) -> Store:
    from store.open import open_store

    return resolved(open_store(f"sqlite:///{tmp_path_factory.mktemp('world') / 'kith.db'}"))
