from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.record import Name
from resolution.records.persons import given_aliases, person_name


def test_surname_first_with_a_comma_and_generation_are_read() -> None:
    found = person_name(Name(text="Klein, Morris II"))
    assert (found.tokens, found.family, found.generation) == (("klein", "morris"), "klein", 2)


def test_what_the_source_tells_wins_over_a_guess() -> None:
    found = person_name(Name(text="Shaw Daniella", given="Daniella", family="Shaw"))
    assert found.family == "shaw"


def test_a_compound_surname_is_one() -> None:
    assert person_name(Name(text="欧阳娜娜")).family == "欧阳"
    assert person_name(Name(text="单于")).family == "单"


def test_special_surnames_are_read_as_surnames_are() -> None:
    assert "zengguofan" in person_name(Name(text="曾国藩")).sounds
    assert "qiuchuji" in person_name(Name(text="仇處機")).sounds


def test_cyrillic_is_read_and_other_scripts_are_said_to_be_unreadable() -> None:
    assert person_name(Name(text="ВАСИЛЬЕВ, Александр Павлович")).tokens == ("vasilev", "aleksandr", "pavlovich")
    assert not person_name(Name(text="فيصل صديقي")).readable


def test_titles_are_no_names() -> None:
    assert person_name(Name(text="Dr. Jane Doe")).tokens == ("jane", "doe")


def test_short_forms_share_a_group() -> None:
    assert given_aliases("bob") & given_aliases("robert")
    assert not given_aliases("darla") & given_aliases("darlene")


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_name_is_taken_apart_without_failing(text: str) -> None:
    assert person_name(Name(text=text)) == person_name(Name(text=text))


def test_a_title_alone_stays_a_name_and_before_one_it_is_left_out() -> None:
    assert person_name(Name(text="Minister")).tokens == ("minister",)
    assert person_name(Name(text="President Olaf Brandmeier")).tokens == ("olaf", "brandmeier")
