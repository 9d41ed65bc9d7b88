"""What the words of a register mean."""

from datetime import date

import pytest

from ontology.registration import RegistrationState, registration, state_of

TODAY = date(2026, 6, 30)
ENDED, REVOKED, CLOSING = RegistrationState.ENDED, RegistrationState.REVOKED, RegistrationState.CLOSING
SUSPENDED, MOVED = RegistrationState.SUSPENDED, RegistrationState.MOVED


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("注销", ENDED),
        ("已註銷", ENDED),
        ("吊销，未注销", REVOKED),
        ("迁出", MOVED),
        ("破产清算", CLOSING),
        ("歇业", SUSPENDED),
        ("DISSOLVED", ENDED),
        ("Struck-off on 3 May 2021", ENDED),
        ("Charter revoked", REVOKED),
        ("In administration", CLOSING),
        ("Active - Proposal to Strike Off", CLOSING),
        ("Von Amts wegen gelöscht", ENDED),
        ("in Insolvenz", CLOSING),
        ("Société radiée du RCS", ENDED),
        ("redressement judiciaire", CLOSING),
        ("Extinguida", ENDED),
        ("en concurso de acreedores", CLOSING),
        ("Cessata", ENDED),
        ("Wykreślona z KRS", ENDED),
        ("w upadłości", CLOSING),
        ("Ликвидирована", ENDED),
        ("Находится в стадии ликвидации", CLOSING),
        ("припинено", ENDED),
        ("Slettet", ENDED),
        ("Tasfiye Hâlinde", CLOSING),
        ("閉鎖", ENDED),
        ("폐업", ENDED),
        ("Zaniklá", ENDED),
        ("törölt", ENDED),
    ],
)
def test_a_finding_in_many_languages(words: str, state: RegistrationState) -> None:
    assert state_of(words) is state


@pytest.mark.parametrize(
    "words",
    [
        "存续（在营、开业、在册）",
        "在业",
        "未注销",
        "迁入",
        "Active",
        "Not dissolved",
        "Registered",
        "Good standing",
        "aktiv",
        "nicht gelöscht",
        "immatriculée",
        "non radiée",
        "Действующее",
        "не ликвидировано",
        "Czynny",
        "Attiva",
        "Closed joint stock company",
        "Striking off discontinued",
        "",
        "?",
        "x" * 500,
    ],
)
def test_a_register_that_has_nothing_against_it(words: str) -> None:
    assert state_of(words) is None


def test_the_day_is_that_of_the_end_else_the_one_in_the_words_else_untold() -> None:
    told = [
        registration({"status": "注销"}, date(2021, 3, 5), as_of=TODAY),
        registration({"status": "注销（2021年3月5日）"}, None, as_of=TODAY),
        registration({"status": "注销"}, None, as_of=TODAY),
    ]
    assert [one and one.since for one in told] == [date(2021, 3, 5), date(2021, 3, 5), None]


def test_a_day_of_end_is_enough_and_before_it_nothing_is_said() -> None:
    ended = date(2025, 1, 1)
    told = registration({}, ended, as_of=TODAY)
    assert told is not None
    assert told.state is ENDED
    assert registration({"status": "dissolved"}, ended, as_of=date(2024, 12, 31)) is None


def test_an_account_that_is_inactive_is_no_registration() -> None:
    assert registration({"account_status": "Inactive"}, None, as_of=TODAY) is None
