from itertools import combinations

import pytest

from resolution.comparisons import firm_names
from resolution.comparisons.firm_names import agree
from resolution.records.firms import firm_name
from resolution.records.forms import families_differ
from resolution.records.text import is_han
from resolution.records.words import rows

FRONT_MIN = 4  # Signs and dots of a form.


@pytest.mark.parametrize(
    "writings",
    [
        ("株式会社春日電機", "春日電機株式会社", "（株）春日電機", "㈱春日電機"),
        ("주식회사 미래상사", "(주)미래상사", "미래상사㈜", "미래상사주식회사"),
        ("บริษัท ทองดี จำกัด", "บริษัททองดีจำกัด"),
        ("Marmara Gıda San. ve Tic. A.Ş.", "Marmara Gıda Sanayi ve Ticaret Anonim Şirketi"),
        ("Общество с ограниченной ответственностью Лотос", "ООО «Лотос»"),
        ("Nordhaus Spółka z ograniczoną odpowiedzialnością", "Nordhaus Sp. z o.o."),
        ("Kallio Osakeyhtiö", "Kallio Oy"),
        ("شركة الواحة", "الواحة"),
        ("Công ty TNHH Sen Vàng", "Sen Vàng TNHH"),
        ("Aurora Distribuidora S.A. de C.V.", "Aurora Distribuidora Sociedad Anónima de Capital Variable"),
    ],
)
def test_writings_of_one_name_differ_in_nothing_but_the_legal_form(writings: tuple[str, ...]) -> None:
    cores = {(name.brand, name.industry) for name in map(firm_name, writings)}
    assert len(cores) == 1
    assert all(agree(firm_name(a), firm_name(b)) >= firm_names.SHORT for a, b in combinations(writings, 2))  # type: ignore[operator]


@pytest.mark.parametrize("form", [form for form, _ in rows("forms_world.csv")])
def test_a_form_of_any_country_behind_a_name_is_no_part_of_it(form: str) -> None:
    name = "春日電機" if is_han(form) else "Zarovka Lumtek"
    assert firm_name(f"{name} {form}").core == firm_name(name).core


@pytest.mark.parametrize(
    "form", [form for form, id_ in rows("forms_world.csv") if len(form) > FRONT_MIN and not id_.startswith("CN-")]
)
def test_neither_is_one_in_front_of_it_but_for_two_letters_that_may_be_a_word(form: str) -> None:
    name = "春日電機" if is_han(form) else "Zarovka Lumtek"
    assert firm_name(f"{form} {name}").core == firm_name(name).core


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("株式会社春日電機", "株式会社秋月電機"),
        ("주식회사 미래상사", "주식회사 대한상사"),
        ("شركة الواحة", "شركة الفجر"),
        ("บริษัท ทองดี จำกัด", "บริษัท แสงดี จำกัด"),
        ("ООО Лотос", "ООО Сокол"),
        ("SIA Marsta Latvia", "SIA Dorna Latvija"),
    ],
)
def test_two_names_that_share_their_form_share_nothing(left: str, right: str) -> None:
    level = agree(firm_name(left), firm_name(right))
    assert level is not None
    assert level <= firm_names.SOMETHING


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Birkental GmbH", "Birkental Holding GmbH"),
        ("Birkental GmbH", "Birkental Verwaltungs GmbH"),
        ("Birkental GmbH", "Birkental GmbH & Co. KG"),
        ("Birkental GmbH", "Birkental Handel GmbH"),
        ("Thornfield Ltd", "Thornfield Group Ltd"),
        ("Thornfield Fund LP", "Thornfield Fund GP Ltd"),
        ("上海轩琮实业有限公司", "上海轩琮实业集团有限公司"),
        ("轩琮建材有限公司", "轩琮物流有限公司"),
        ("Groupe Valmont SA", "Valmont SA"),
    ],
)
def test_members_of_a_group_are_two_firms(left: str, right: str) -> None:
    assert agree(firm_name(left), firm_name(right)) == agree(firm_name(right), firm_name(left)) == firm_names.MEMBER


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Birkental", "Birkental GmbH"),
        ("Birkental AG", "Birkental GmbH"),
        ("Thornfield Hldgs Ltd", "Thornfield Holdings Limited"),
    ],
)
def test_a_form_left_out_or_changed_makes_no_other_member(left: str, right: str) -> None:
    assert agree(firm_name(left), firm_name(right)) in (firm_names.SAME, firm_names.OTHER_FORM)


def test_a_company_and_a_partnership_are_two_families_and_what_is_not_listed_is_none() -> None:
    assert families_differ("gmbh", "kg")
    assert not families_differ("gmbh", "ag")
    assert not families_differ("gmbh", "")


@pytest.mark.parametrize(
    ("branch", "head"),
    [
        ("Birkental GmbH Niederlassung Bremen", "Birkental GmbH"),
        ("Valmont SA succursale de Nantes", "Valmont SA"),
        ("Филиал ООО Лотос в г. Пермь", "ООО Лотос"),
        ("泉州轩琮建材有限公司晋江分公司", "泉州轩琮建材有限公司"),
    ],
)
def test_a_branch_is_neither_its_head_office_nor_another_branch(branch: str, head: str) -> None:
    assert agree(firm_name(branch), firm_name(head)) == firm_names.BRANCH
    assert agree(firm_name(branch), firm_name(branch)) != firm_names.BRANCH


def test_two_branches_of_two_towns_are_two() -> None:
    left, right = firm_name("Birkental GmbH Niederlassung Bremen"), firm_name("Birkental GmbH Niederlassung Kiel")
    assert agree(left, right) == firm_names.BRANCH


def test_a_town_within_the_province_of_the_other_name_is_another_register() -> None:
    assert agree(firm_name("福建轩琮建材有限公司"), firm_name("福州轩琮建材有限公司")) == firm_names.SAME
    assert agree(firm_name("福州轩琮建材有限公司"), firm_name("福州市轩琮建材有限公司")) == firm_names.SAME_IN_REGION
