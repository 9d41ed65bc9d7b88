import pytest

from ontology.record import Address, Contact
from resolution.records.addresses import parse_place
from resolution.records.contacts import by_kind, is_shared_mailbox, mail_address, same_phone
from resolution.records.country_names import country_code, state_code
from resolution.records.dates import DIFFERENT, EXACT, NEAR, PARTIAL, SAME_YEAR, SWAPPED, nearness


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("1978-12-11", "1978-12-11", EXACT),
        ("1978-12-11", "1978-11-12", SWAPPED),
        ("1978-12-11", "1978-12-12", NEAR),
        ("1978", "1978-12-11", PARTIAL),
        ("1978", "1978", PARTIAL),
        ("1978-03", "1978-12-11", DIFFERENT),
        ("1978-12-11", "1978-01-30", SAME_YEAR),
        ("1978-12-11", "1954-03-31", DIFFERENT),
    ],
)
def test_days_are_as_near_as_their_sources_are_exact(left: str, right: str, level: float) -> None:
    assert nearness(left, right) == nearness(right, left) == level


def test_a_trunk_zero_or_a_country_code_makes_no_other_phone() -> None:
    assert same_phone("3903526553537", "03526553537")
    assert same_phone("7024812856234"[-10:], "4812856234")
    assert not same_phone("2023213212", "2023213213")


def test_mail_addresses_are_found_inside_their_decoration() -> None:
    assert mail_address('"Jay Jones" <JJones@fmail.com>') == "jjones@fmail.com"
    assert mail_address("Nastassia<patak@universal.com>") == "patak@universal.com"
    assert is_shared_mailbox("info@x.example")
    assert by_kind((Contact(kind="phone", value="n/a"),), "phone") == frozenset()


def test_an_address_is_the_same_in_any_order() -> None:
    one = parse_place(Address(text="Suite 900, 1450 N City Rd", city="Arlington"))
    other = parse_place(Address(text="1450 North City Road, Suite 900"))
    assert (one.words, one.numbers) == (other.words, other.numbers)


def test_a_chinese_street_is_known_in_pinyin() -> None:
    found = parse_place(Address(text="岚汀市云砚新区创研街46号10幢709室"))
    assert "chuangyan" in found.sounds
    assert {"46", "10", "709"} <= found.numbers


def test_countries_and_states_answer_to_their_codes_and_names() -> None:
    assert country_code("USA") == country_code("us") == "us"
    assert state_code("Texas") == state_code("TX") == "tx"
    assert country_code("Atlantis") is None
