from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.base import PartyKind
from resolution.comparisons import firm_names, person_names
from resolution.comparisons.evidence import evidence, prepare
from resolution.comparisons.firm_names import agree as firms_agree
from resolution.comparisons.run_statistics import freeze
from resolution.records.analysed import analyse
from resolution.records.firms import firm_name
from tests.resolution.parties import person

VECTORS = yaml.safe_load((Path(__file__).parent.parent / "vectors.yaml").read_text("utf-8"))
LEVELS = {"other_region": firm_names.OTHER_REGION, "branch": firm_names.BRANCH, "other_form": firm_names.OTHER_FORM}


def told(left: str, right: str) -> float | None:
    units = [analyse(person("a", left)), analyse(person("b", right))]
    prepared = prepare(PartyKind.PERSON, units, freeze(PartyKind.PERSON, units))
    kind = float(evidence(prepared, (np.array([0]), np.array([1]))).names[0])
    return None if np.isnan(kind) else kind


@pytest.mark.parametrize(("left", "right"), VECTORS["names_equal"])
def test_one_firm_written_twice_is_the_same(left: str, right: str) -> None:
    assert firms_agree(firm_name(left), firm_name(right)) in (firm_names.SAME, firm_names.SAME_IN_REGION)


@pytest.mark.parametrize(("left", "right", "level"), VECTORS["names_of_two"])
def test_two_firms_of_nearly_one_name_are_told_apart(left: str, right: str, level: str) -> None:
    assert firms_agree(firm_name(left), firm_name(right)) == LEVELS[level]


@pytest.mark.parametrize(("left", "right"), VECTORS["names_in_sound"])
def test_a_brand_in_pinyin_is_heard(left: str, right: str) -> None:
    assert firms_agree(firm_name(left), firm_name(right)) == firms_agree(firm_name(right), firm_name(left)) >= firm_names.SOUND


@pytest.mark.parametrize(("left", "right"), VECTORS["names_not_comparable"])
def test_another_script_without_the_sound_is_no_conflict(left: str, right: str) -> None:
    assert firms_agree(firm_name(left), firm_name(right)) is None


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Robert Smith", "Smith, Robert", person_names.SAME),
        ("Bob J Smith", "Robert Smith", person_names.ALIKE),
        ("B Smith", "Robert Smith", person_names.INITIAL),
        ("R Smith", "Bob Smith", person_names.INITIAL),
        ("Susan Meyer", "Susan Meyer Thomas", person_names.ALIKE),
        ("Klempski Morris", "Morrie Klempsky", person_names.ALIKE),
        ("Maria Luis Sentosa", "Maria Medina Sentosa", person_names.OTHER_MIDDLE),
        ("Pavel Andreevich Orlov", "Pavel Timofeevich Orlov", person_names.OTHER_MIDDLE),
        ("Peter Q. Haldane", "Peter James Haldane", person_names.OTHER_MIDDLE),
        ("Peter J. Haldane", "Peter James Haldane", person_names.ALIKE),
        ("Peter Haldane", "Peter James Haldane", person_names.ALIKE),
        ("Clara Maria Vogel", "Clara Maria Stern", person_names.OTHER_FAMILY),
        ("Anna Anna Berg", "Anna Berg Kohl", person_names.MOSTLY),
        ("Beau", "Beau Smith", person_names.PART),
        ("Amanda Anderson", "Amanda Jones", person_names.OTHER_FAMILY),
        ("William Jago", "William Javo", person_names.SLIPPED),
        ("John Anderson", "Jhon Anderson", person_names.SLIPPED),
        ("John Anderson", "Joan Anderson", person_names.OTHER_GIVEN),
        ("Darla Anderson", "Darlene Anderson", person_names.OTHER_GIVEN),
        ("Mary Kusha", "Mark Kusha", person_names.OTHER_GIVEN),
        ("Patrick Smith", "Patricia Smith", person_names.OTHER_GIVEN),
        ("Mario Rossi", "Maria Rossi", person_names.OTHER_GIVEN),
        ("Olaf Scholz", "Wei Zhang", person_names.NOTHING),
        ("David Dobbins Jr", "David Dobbins Senior", person_names.OTHER_GENERATION),
        ("王伟", "王偉", person_names.SAME_HAN),
        ("王伟", "王维", person_names.OTHER_HAN),
        ("王伟", "张伟", person_names.OTHER_HAN),
        ("张秀英", "Zhang Xiu Ying", person_names.SOUND),
        ("张秀英", "Xiuying Zhang", person_names.SOUND),
    ],
)
def test_names_of_persons_agree_as_a_reader_would_say(left: str, right: str, level: float) -> None:
    assert told(left, right) == told(right, left) == level


@pytest.mark.parametrize(("left", "right"), [("黄洁", "Chen Wei"), ("فيصل صديقي", "Omar Siddiqui")])
def test_names_that_cannot_be_compared_are_no_conflict(left: str, right: str) -> None:
    assert told(left, right) is None


WORDS = st.lists(
    st.sampled_from(["anna", "bob", "robert", "li", "wang", "j", "jr", "smith", "smyth", "o"]), min_size=1, max_size=4
)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_the_order_of_the_two_does_not_matter(left: list[str], right: list[str]) -> None:
    assert told(" ".join(left), " ".join(right)) == told(" ".join(right), " ".join(left))


@settings(deadline=None)
@given(
    st.text("华为科技上海北京市公司有限分ab c", min_size=1, max_size=14),
    st.text("华为科技上海北京市公司有限分ab c", min_size=1, max_size=14),
)
def test_neither_does_it_for_firms(left: str, right: str) -> None:
    assert firms_agree(firm_name(left), firm_name(right)) == firms_agree(firm_name(right), firm_name(left))
