"""What two names are, by the scorecard and its guards."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.base import PartyKind
from resolution.comparisons.names import NameMatch, Standing, align_and_score, compare, log_odds, parse, scorecard
from resolution.comparisons.names.alignment import align
from resolution.comparisons.names.features import SIGNS, Features, features
from resolution.comparisons.names.scorecard import LOG_ODDS_MAX, far_apart, weigh_features
from resolution.records.syllables import one_word

FIRM, PERSON = PartyKind.FIRM, PartyKind.PERSON
SAME, POSSIBLE, DIFFERENT = Standing.SAME, Standing.POSSIBLE, Standing.DIFFERENT


def told(left: str, right: str, kind: PartyKind) -> NameMatch:
    found = compare(parse(left, kind), parse(right, kind))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("left", "right", "standing"),
    [
        ("Wolfgang Oberhuber", "Oberhuber, Wolfgang", SAME),
        ("Wolfgang Oberhuber", "Wolfgang Oberhubr", SAME),
        ("WolfgangOberhuber", "Wolfgang Oberhuber", SAME),
        ("Vanderbeek, Cornelia", "Cornelia van der Beek", SAME),
        ("Liz Ferngrove", "Elizabeth Ferngrove", SAME),
        ("Hsiao Tse-kuang", "Xiao Zeguang", SAME),
        ("Wong Siu-Keung Lamberto", "Huang Siu Keung Lamberto", SAME),
        ("Володимир Кравчук", "Volodymyr Kravchuk", SAME),
        ("Иван Дружинин", "Ivan Druzhinin", SAME),
        ("ნინო გელაშვილი", "Nino Gelashvili", SAME),
        ("W. Oberhuber", "Wolfgang Oberhuber", POSSIBLE),
        ("John Smith", "John Smith", POSSIBLE),
        ("Oberhuber", "Wolfgang Oberhuber", POSSIBLE),
        ("Oberhuber, Wolfgang K.", "Wolfgang M. Oberhuber", POSSIBLE),
        ("Omar bin Khalid al-Tikrani", "Khalid bin Omar al-Tikrani", POSSIBLE),
        ("Sergey Viktorovich Melnichenko", "Sergey Borisovich Melnichenko", DIFFERENT),
        ("Wolfgang Oberhuber", "Theresia Oberhuber", DIFFERENT),
        ("欧阳娜娜", "欧阳娜娜", SAME),
        ("李思远", "李思源", DIFFERENT),
    ],
)
def test_names_of_persons(left: str, right: str, standing: Standing) -> None:
    assert told(left, right, PERSON).standing is told(right, left, PERSON).standing is standing


@pytest.mark.parametrize(
    ("left", "right", "standing"),
    [
        ("Fentonware Aktiengesellschaft", "FENTONWARE AG", SAME),
        ("OOO Fentonware", "Fentonware, L.L.C.", POSSIBLE),
        ("Fentonware TECH & SRVCES COMM GRP", "Fentonware Technology and Services Commercial Group", SAME),
        ("Fenton Ware Ltd", "Fentonware Limited", SAME),
        ("Fentonwear Logistics Ltd", "Fentonware Logistics Ltd", SAME),
        ("Fentonware Fund III L.P.", "Fentonware Fund 3 LP", SAME),
        ("Fentonware Fund III L.P.", "Fentonware Fund IV L.P.", DIFFERENT),
        ("Fentonware Partners V L.P.", "Fentonware Partners X L.P.", DIFFERENT),
        ("Brigade Forty-Four Fentonware", "Brigade 44 Fentonware", SAME),
        ("Fentonware Holdings", "Fentonware Holdings II", POSSIBLE),
        ("FBN", "Fentonware Breweries Network", POSSIBLE),
        ("Fentonware", "Fentonware Logistics Ltd", POSSIBLE),
        ("General Trading Company", "General Trading Co.", POSSIBLE),
        ("Fentonware of Boston, Inc.", "Fentonware of Chicago, Inc.", DIFFERENT),
        ("Fentonware Trading", "Brickmoor Trading", DIFFERENT),
        ("上海华为技术有限公司", "华为技术有限公司", SAME),
        ("上海华为技术有限公司", "北京华为技术有限公司", DIFFERENT),
        ("苏宁易购集团股份有限公司", "苏宁易购集团股份有限公司苏宁采购中心", DIFFERENT),
        ("杭州鹏程贸易有限公司", "杭州鹏飞贸易有限公司", DIFFERENT),
    ],
)
def test_names_of_firms(left: str, right: str, standing: Standing) -> None:
    assert told(left, right, FIRM).standing is told(right, left, FIRM).standing is standing


def test_another_script_proposes_by_its_sound_or_says_nothing() -> None:
    heard = told("重庆长安汽车股份有限公司", "Chongqing Changan Automobile Company Limited", FIRM)
    assert (heard.standing, heard.reason) == (POSSIBLE, "another script")
    assert log_odds(parse("张秀英", PERSON), parse("Zhang Xiuying", PERSON)) is not None
    assert compare(parse("中国石油天然气股份有限公司", FIRM), parse("PetroChina Company Limited", FIRM)) is None
    assert compare(parse("គឹម តារា", PERSON), parse("Kim Dara", PERSON)) is None


def test_an_explanation_tells_which_words_stand_for_each_other() -> None:
    found = told("Liz van der Beek", "Vanderbeek, Elizabeth Q.", PERSON)
    assert {(pair.left, pair.right, pair.kind.value) for pair in found.pairs} == {
        ("liz", "elizabeth", "alias"),
        ("van der beek", "vanderbeek", "joined"),
    }
    assert found.right_only == ("q",)
    assert all(pair.bits > 0 for pair in found.pairs)


def test_a_weak_name_is_possibly_the_same_and_no_more() -> None:
    left, right = parse("Wolfgang Oberhuber", PERSON), parse("Wolfgang Oberhuber", PERSON)
    found = compare(left, right, weak=True)
    assert found is not None
    assert (found.standing, found.reason) == (POSSIBLE, "a weak name")


def test_the_shipped_weights_have_the_signs_they_must() -> None:
    weights = scorecard().weights
    assert tuple(weights) == Features._fields
    assert all(weight * sign >= 0 for weight, sign in zip(weights.values(), SIGNS, strict=True))


def test_older_spellings_of_chinese_syllables_are_one_word_and_two_of_pinyin_are_two() -> None:
    assert one_word("tsetung", "zedong")
    assert one_word("hsiaoping", "xiaoping")
    assert not one_word("peng", "beng")
    assert not one_word("smith", "smit")


SAID = "anna bob robert li wang j smith smyth oberhuber bin al omar group trading 3 van der beek vanderbeek"
WORDS = st.lists(st.sampled_from(SAID.split(" ")), min_size=1, max_size=5).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(WORDS | st.text(max_size=12), WORDS | st.text(max_size=12), st.sampled_from([FIRM, PERSON]))
def test_log_odds_are_symmetric_bounded_and_highest_for_a_name_itself(left: str, right: str, kind: PartyKind) -> None:
    one, other = parse(left, kind), parse(right, kind)
    found = log_odds(one, other)
    assert found == log_odds(other, one)
    assert found is None or -LOG_ODDS_MAX <= found <= LOG_ODDS_MAX
    itself = weigh_features(features(one, one, align(one, one)))
    if found is not None and one.form == other.form:
        assert weigh_features(features(one, other, align(one, other))) <= itself + 1e-9


@settings(deadline=None, max_examples=300)
@given(WORDS, WORDS, st.sampled_from([FIRM, PERSON]))
def test_what_is_passed_over_as_far_apart_would_not_have_been_the_same(left: str, right: str, kind: PartyKind) -> None:
    one, other = parse(left, kind), parse(right, kind)
    if far_apart(one, other):
        assert align_and_score(one, other)[0] < scorecard().same_at


@pytest.mark.shared
def test_all_vectors_of_names_hold(shared_data: Path) -> None:
    vectors = yaml.safe_load((shared_data / "rules" / "test_vectors.yaml").read_text("utf-8"))
    wanted = {
        "same_after_t2s": SAME,
        "same_after_width": SAME,
        "candidate_pinyin_brand": POSSIBLE,
        "not_by_pinyin_needs_alias": None,
        "region_differs": DIFFERENT,
        "branch_of": DIFFERENT,
        "org_form_differs_weak": POSSIBLE,
    }
    for left, right, means in (*vectors["names_equal_expected"], *vectors["names_different_expected"]):
        found = compare(parse(left, FIRM), parse(right, FIRM))
        assert (found and found.standing) == wanted[means], (left, right)


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from([FIRM, PERSON]))
def test_any_text_is_compared_without_failing(text: str, kind: PartyKind) -> None:
    name = parse(text or "x", kind)
    assert log_odds(name, name) is not None
