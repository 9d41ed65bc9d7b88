from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.record import Name
from resolution.comparisons import firms, persons
from resolution.comparisons.firms import agree as firms_agree
from resolution.comparisons.persons import agree as persons_agree
from resolution.records.firms import firm_name
from resolution.records.persons import person_name

VECTORS = yaml.safe_load((Path(__file__).parent.parent / "vectors.yaml").read_text("utf-8"))
LEVELS = {"other_region": firms.OTHER_REGION, "branch": firms.BRANCH, "other_form": firms.OTHER_FORM}


def told(left: str, right: str) -> float | None:
    return persons_agree(person_name(Name(text=left)), person_name(Name(text=right)))


@pytest.mark.parametrize(("left", "right"), VECTORS["names_equal"])
def test_one_firm_written_twice_is_the_same(left: str, right: str) -> None:
    assert firms_agree(firm_name(left), firm_name(right)) in (firms.SAME, firms.SAME_IN_REGION)


@pytest.mark.parametrize(("left", "right", "level"), VECTORS["names_of_two"])
def test_two_firms_of_nearly_one_name_are_told_apart(left: str, right: str, level: str) -> None:
    assert firms_agree(firm_name(left), firm_name(right)) == LEVELS[level]


@pytest.mark.parametrize(("left", "right"), VECTORS["names_in_sound"])
def test_a_brand_in_pinyin_is_heard(left: str, right: str) -> None:
    assert firms_agree(firm_name(left), firm_name(right)) == firms_agree(firm_name(right), firm_name(left)) == firms.SOUND


@pytest.mark.parametrize(("left", "right"), VECTORS["names_not_comparable"])
def test_another_script_without_the_sound_is_no_conflict(left: str, right: str) -> None:
    assert firms_agree(firm_name(left), firm_name(right)) is None


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Robert Smith", "Smith, Robert", persons.SAME),
        ("Bob J Smith", "Robert Smith", persons.ALIKE),
        ("B Smith", "Robert Smith", persons.INITIAL),
        ("R Smith", "Bob Smith", persons.INITIAL),
        ("Susan Meyer", "Susan Meyer Thomas", persons.ALIKE),
        ("Klempski Morris", "Morrie Klempsky", persons.ALIKE),
        ("Maria Luis Sentosa", "Maria Medina Sentosa", persons.MOSTLY),
        ("Beau", "Beau Smith", persons.PART),
        ("Amanda Anderson", "Amanda Jones", persons.OTHER_FAMILY),
        ("Darla Anderson", "Darlene Anderson", persons.OTHER_GIVEN),
        ("Mary Kusha", "Mark Kusha", persons.OTHER_GIVEN),
        ("Patrick Smith", "Patricia Smith", persons.OTHER_GIVEN),
        ("Mario Rossi", "Maria Rossi", persons.OTHER_GIVEN),
        ("Olaf Scholz", "Wei Zhang", persons.NOTHING),
        ("David Dobbins Jr", "David Dobbins Senior", persons.OTHER_GENERATION),
        ("王伟", "王偉", persons.SAME),
        ("王伟", "王维", persons.OTHER_GIVEN),
        ("王伟", "张伟", persons.NOTHING),
        ("张秀英", "Zhang Xiu Ying", persons.SOUND),
        ("张秀英", "Xiuying Zhang", persons.SOUND),
    ],
)
def test_names_of_persons_agree_as_a_reader_would_say(left: str, right: str, level: float) -> None:
    assert told(left, right) == told(right, left) == level


@pytest.mark.parametrize(("left", "right"), [("黄洁", "Wong Kit"), ("فيصل صديقي", "Faisal Siddiqui")])
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
