import pytest

from ontology.record import Name
from resolution.records.persons import person_name
from resolution.records.readings import read_alike, surname_outlines
from resolution.records.skeletons import skeleton


@pytest.mark.parametrize(
    ("signs", "letters"),
    [
        ("周国强", "Chou Kuo-chiang"),  # Wade-Giles
        ("李志明", "Lee Chi Ming"),  # Hong Kong
        ("何美玲", "Mei Ling Ho"),
        ("黄洁", "Wong Kit"),
        ("佐藤健一", "Kenichi Sato"),
        ("鈴木花子", "Suzuki Hanako"),
        ("박지훈", "Park Ji-hoon"),
        ("이수진", "Lee Su Jin"),
        ("정민수", "Min-soo Jung"),
    ],
)
def test_a_name_in_signs_and_its_spelling_elsewhere_are_read_alike(signs: str, letters: str) -> None:
    left, right = person_name(Name(text=signs)), person_name(Name(text=letters))
    assert read_alike(left, right)
    assert read_alike(right, left)


@pytest.mark.parametrize(
    ("signs", "letters"),
    [
        ("周国强", "Chen Wei"),
        ("佐藤健一", "Suzuki Hanako"),
        ("박지훈", "Kim Su Jin"),
        ("李志明", "Anna Vogel"),
        ("李志明", "李志明"),
    ],
)
def test_other_names_are_not(signs: str, letters: str) -> None:
    assert not read_alike(person_name(Name(text=signs)), person_name(Name(text=letters)))


@pytest.mark.parametrize(
    ("signs", "family", "spelled"), [("周国强", "周", "Chow"), ("佐藤健一", "佐", "Sato"), ("박지훈", "", "Park")]
)
def test_a_surname_in_signs_sounds_like_its_spelling(signs: str, family: str, spelled: str) -> None:
    assert skeleton(spelled.lower()) in surname_outlines(signs, family)
