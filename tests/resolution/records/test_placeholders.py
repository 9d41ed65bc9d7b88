"""What is written where nothing is known is no evidence; what only looks like it is."""

import pytest

from ontology.record import Address, Contact
from resolution.records.addresses import parse_place, parse_places
from resolution.records.contacts import mail_address, site_address, usable
from resolution.records.identifiers import identifier
from resolution.records.phones import phone_numbers
from resolution.records.placeholders import is_word_for_nothing


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("reg_no", "0000000"),
        ("tax_no", "99-9999999"),
        ("reg_no", "HRB 00000"),
        ("vat", "DE123456789"),
        ("duns", "987654321"),
        ("passport", "xxxxxxx"),
        ("national_id", "4.40305E+17"),
        ("national_id", "440305198503120000"),
        ("reg_no", "To be confirmed"),
        ("tax_no", "办理中"),
        ("tax_no", "не указано"),
        ("reg_no", "en trámite"),
        ("reg_no", "REGISTERED OFFICE"),
        ("driving_licence", "abcdef"),
        ("national_id", "12121212"),
        ("person_no", "N/A"),
        ("account_id", "unknown"),
    ],
)
def test_a_code_that_is_none_is_kept_as_text_and_joins_nothing(scheme: str, text: str) -> None:
    assert not identifier(scheme, text).valid


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("reg_no", "08431127"),
        ("passport", "A1234568"),
        ("passport", "P7654321"),
        ("tax_no", "84-1234567"),
        ("person_no", "11111"),
        ("account_id", "123456"),
        ("national_id", "900102-3456"),
    ],
)
def test_a_code_that_an_issuer_may_have_given_is_valid(scheme: str, text: str) -> None:
    assert identifier(scheme, text).valid


@pytest.mark.parametrize("text", ["8888888888", "0123456789", "+86 138 0000 0000", "13800138000", "(555) 555-5555", "ext. 12"])
def test_a_phone_that_was_typed_and_not_dialled_is_none(text: str) -> None:
    assert phone_numbers(text, "cn") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("020 7946 0018 ext. 12", "gb"), ("+44 (0)20 7946 0018", "")),
        (("8 (495) 123-45-68", "ru"), ("+7 495 1234568", "")),
        (("021-62887711", "cn"), ("0086 21 6288 7711", "")),
        (("021-62887711转802", "cn"), ("021-62887711-802", "cn")),
        (("(202) 321-3212", "us"), ("1-202-321-3212", "us")),
        (("0352 6553537", "it"), ("+39 0352 6553537", "")),
    ],
)
def test_a_number_is_one_with_and_without_what_is_dialled_in_front_and_behind(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert phone_numbers(*one) == phone_numbers(*other) != ()


def test_two_numbers_in_one_cell_are_two() -> None:
    assert phone_numbers("021-62887711/021-62887712", "cn") == ("862162887711", "862162887712")


@pytest.mark.parametrize(
    "text",
    ["none@none.com", "NoReply@acme.de", "test@example.com", "unbekannt@acme.de", "无@qq.com", "li@acme.invalid"],
)
def test_a_mailbox_that_stands_for_none_is_none(text: str) -> None:
    assert mail_address(text) == ""


def test_a_mailbox_of_somebody_is_kept_wherever_it_is() -> None:
    assert mail_address("Li.Na@QQ.com") == "li.na@qq.com"
    assert mail_address("info@acme.de") == "info@acme.de"


@pytest.mark.parametrize("text", ["facebook.com", "https://www.linkedin.com/", "gmail.com", "n/a", "http://", "www.example.com"])
def test_a_site_that_is_everybodys_or_nobodys_is_none(text: str) -> None:
    assert site_address(text) == ""


def test_a_page_of_a_platform_is_compared_whole() -> None:
    assert site_address("https://de-de.facebook.com/Acme/") == site_address("facebook.com/acme") == "facebook.com/acme"
    assert site_address("linkedin.com/company/1") != site_address("linkedin.com/company/2")
    assert site_address("https://www.acme.de/impressum") == "acme.de"
    assert usable(Contact(kind="website", value="instagram.com")) == ()


@pytest.mark.parametrize("text", ["unknown", "N/A", "地址不详", "inconnue", "keine Angabe", "---"])
def test_an_address_that_is_a_word_for_none_is_no_place(text: str) -> None:
    assert parse_places([Address(text=text)]) == []


@pytest.mark.parametrize(
    ("text", "postcode", "numbers"),
    [
        ("1010 Wien", "1010", set()),
        ("Hauptstr. 5, 1010 Wien", "1010", {"5"}),
        ("12 Quay Street, Bristol BS1 4AA", "bs14aa", {"12"}),
        ("Damrak 1, 1012 AB Amsterdam", "1012ab", {"1"}),
        ("5 George Street, Sydney NSW 2000", "2000", {"5"}),
        ("12396 Austin Rd", "", {"12396"}),
        ("1515 Adela Lane", "", {"1515"}),
        ("Suite 900, 1450 Broadway", "", {"900", "1450"}),
    ],
)
def test_a_postcode_is_no_number_of_a_house(text: str, postcode: str, numbers: set[str]) -> None:
    found = parse_place(Address(text=text))
    assert (found.postcode, set(found.numbers)) == (postcode, numbers)


def test_words_for_nothing_are_known_in_many_languages_and_names_are_none_of_them() -> None:
    assert all(map(is_word_for_nothing, ["Not available", "待定", "нет данных", "なし", "XXX", "?"]))
    assert not any(map(is_word_for_nothing, ["Nonesuch", "无锡", "Pendingham", "Sansa", "X1"]))
