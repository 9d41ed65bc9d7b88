"""What a supplier's row comes to: every party that answers is judged, and all are named."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.schemas.screenings import Result
from api.screenings.reports import ORDER, as_csv, as_html
from api.screenings.results import Screening
from store.port import Store
from tests.api.screenings.test_codes import right
from tests.api.screenings.town import Town, check, said
from tests.graph.world import TODAY

CODE = right()
OTHER_CODE = right("91350203MA31C8TQ5")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    town = Town()
    town.firm("Teasel Fittings Ltd", id_="K-a", address="4 Mill Row, Leeds")
    town.firm("Teasel Fittings Ltd", id_="K-z", listed=True)
    town.firm("Larkspur Ltd", uscc=CODE)
    town.firm("Brindle Ltd", listed=True)
    town.firm("Marram Ltd", listed=True, uscc=OTHER_CODE)
    town.firm("宁波岚汀贸易有限公司", listed=True, address="浙江省宁波市海曙区1号")
    town.firm("Ravensholt GmbH", listed=True, address="Am Wall 3, Bremen")
    town.firm("Corvane Petroleum FZE", listed=True, short="Jupiter")
    town.firm("Nadia Belkacem", kind="person", listed=True)
    town.firm("Amira Haddad", kind="person")
    town.firm("台州第七机床厂", listed=True)
    town.firm("Emmet Nolan Ltd", listed=True)
    town.firm("Dunlin SA, sucursal de Lugo", listed=True)
    town.firm("Blue Ocean Door Ltd", listed=True)
    town.firm("湖州柳岸纺织有限公司", attributes={"status": "注销"}, founded_on="2001-01-01")
    town.firm("Gorsedd Ltd", ended_on=TODAY.replace(year=2020), founded_on="2001-01-01")
    town.firm("Fescue Ltd", attributes={"status": "Active"}, founded_on="2001-01-01")
    return town.store(tmp_path_factory.mktemp("town"))


def test_of_several_that_fit_equally_well_the_worst_decides_and_all_are_named(store: Store) -> None:
    row = check(store, "Teasel Fittings Limited")
    assert row.result is Result.STOP
    assert [one.party.id for one in row.candidates] == ["K-z", "K-a"]
    assert "2 parties fit equally well" in said(row)


def test_a_place_tells_namesakes_apart_and_the_other_is_named(tmp_path: Path) -> None:
    town = Town()
    town.firm("Plover Ltd", id_="K-1", listed=True, address="12 Quay Street, Bristol, United Kingdom")
    town.firm("Plover Ltd", id_="K-2", address="Hafenstr. 9, Hamburg")
    store = town.store(tmp_path)
    there, here = check(store, "Plover Ltd", place="Bristol"), check(store, "Plover Ltd", place="Hamburg")
    assert (there.result, here.result) == (Result.STOP, Result.FINE)
    assert "but is known in 12 Quay Street" in said(here)
    assert check(store, "Plover Ltd").result is Result.STOP


def test_a_namesake_of_no_known_place_fits_less_than_one_that_is_there(store: Store, tmp_path: Path) -> None:
    assert check(store, "Teasel Fittings Ltd", place="Leeds").result is Result.LOOK
    town = Town()
    town.firm("Plover Ltd", listed=True, address="12 Quay Street, Bristol")
    town.firm("Plover Ltd")
    assert check(town.store(tmp_path), "Plover Ltd", place="Bristol").result is Result.STOP


def test_one_word_without_a_legal_form_is_looked_at(store: Store) -> None:
    assert check(store, "Brindle").result is Result.LOOK


def test_another_line_of_business_is_another_firm_whatever_its_latin_name_sounds_like(tmp_path: Path) -> None:
    town = Town()
    town.firm("宁波岚汀贸易有限公司", listed=True, earlier="Ningbo Lanting Trading Co., Ltd.")
    store = town.store(tmp_path)
    assert check(store, "宁波岚汀物流有限公司").result is Result.UNKNOWN
    assert check(store, "Ningbo Lanting Trading").result is Result.STOP


@pytest.mark.parametrize(
    ("name", "place"), [("Ravensholt GmbH", "Xi'an"), ("宁波岚汀贸易有限公司", "广州"), ("Ravensholt GmbH", "France")]
)
def test_a_contrary_place_is_looked_at_in_words_and_never_a_stop(store: Store, name: str, place: str) -> None:
    row = check(store, name, place=place)
    assert (row.result, row.party) == (Result.LOOK, None)
    assert f"not in {place}" in said(row)
    assert "Listed by" in said(row)


def test_a_code_and_a_name_of_two_parties_are_both_named(store: Store) -> None:
    row = check(store, "Brindle Ltd", code=CODE)
    assert row.result is Result.LOOK
    assert {one.party.name for one in row.candidates} == {"Brindle Ltd", "Larkspur Ltd"}
    assert "two parties" in said(row)


def test_a_code_decides_where_the_name_is_nobodys(store: Store) -> None:
    stopped, unsure = check(store, "Wholly Other Ltd", code=OTHER_CODE), check(store, "Wholly Other Ltd", code=CODE)
    assert (stopped.result, unsure.result) == (Result.STOP, Result.LOOK)
    assert "not known by the name given" in said(stopped)


def test_a_name_under_another_code_is_not_that_party(store: Store) -> None:
    row = check(store, "Marram Ltd", code=right("91110105MA01B2C3D"))
    assert (row.result, row.party) == (Result.LOOK, None)
    assert "another code" in said(row)


@pytest.mark.parametrize("name", ["Larkspur Ltd", "Brindle Ltd", "Unheard Of Ltd"])
def test_a_wrong_check_digit_is_said_and_looked_at(store: Store, name: str) -> None:
    wrong = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")
    row = check(store, name, code=wrong)
    assert row.result is Result.LOOK
    assert "cannot be right" in said(row)


@pytest.mark.parametrize("code", ["9.1330106E+17", "913301062745830000", "110108004712.0"])
@pytest.mark.parametrize(
    ("name", "result"), [("Larkspur Ltd", Result.UNKNOWN), ("Brindle Ltd", Result.LOOK), ("Unheard Of Ltd", Result.UNKNOWN)]
)
def test_a_code_that_a_spreadsheet_damaged_neither_confirms_nor_accuses(
    store: Store, code: str, name: str, result: Result
) -> None:
    row = check(store, name, code=code)
    assert row.result is result
    assert "damaged by a spreadsheet" in said(row)


def test_two_exchanged_characters_of_a_code_are_told(store: Store) -> None:
    row = check(store, code=OTHER_CODE[:10] + OTHER_CODE[11] + OTHER_CODE[10] + OTHER_CODE[12:])
    assert row.result is Result.LOOK
    assert "Marram Ltd" in said(row)


@pytest.mark.parametrize(
    "name",
    [
        "Brindle Ltd – Zweigniederlassung Wien",
        "Filiale di Roma di Brindle Ltd",
        "Brindle Ltd, Leeds branch",
        "宁波岚汀贸易有限公司慈溪分公司",
    ],
)
def test_a_branch_of_a_listed_firm_is_looked_at_and_its_head_office_named(store: Store, name: str) -> None:
    row = check(store, name)
    assert row.result is Result.LOOK
    assert "names a branch of" in said(row)
    assert "Listed by" in said(row)


def test_a_firm_whose_branch_is_listed_is_looked_at(store: Store) -> None:
    assert check(store, "Dunlin SA").result is Result.LOOK


@pytest.mark.parametrize(
    "name",
    [
        "Brindle Ltd (blocked)",
        "“Brindle” Ltd*",
        "Brin\u200bdle Ltd",
        "宁波岚汀贸易有限公司（停用）",
        "宁波・岚汀贸易有限公司。",
        "台州第7机床厂",
        "Brindle Ltd t/a Blue Door",
        "Вluе Осеаn Dооr Ltd",
    ],
)
def test_a_listed_firm_is_found_however_its_name_is_written(store: Store, name: str) -> None:
    assert check(store, name).result is Result.STOP


@pytest.mark.parametrize(
    "name",
    [
        "宁波汀岚贸易有限公司",
        "Birndle Ltd",
        "New Name Ltd (formerly Brindle Ltd)",
        "Belkacem, Nadia",
        "NADIA BELKACEM",
        "Ms Nadia Y. Belkacem",
        "8lue Ocean Door Ltd",
    ],
)
def test_what_is_read_into_a_name_is_looked_at(store: Store, name: str) -> None:
    row = check(store, name)
    assert (row.result, row.party) == (Result.LOOK, None)
    assert "Listed by" in said(row)


@pytest.mark.parametrize("name", ["Jupiter", "Jupiter Ltd", "台州第八机床厂", "Corp.", "Ltd", "%%%", "🚢", "Ocean Ltd"])
def test_a_part_of_a_name_a_short_name_and_another_number_accuse_nobody(store: Store, name: str) -> None:
    assert check(store, name).result is Result.UNKNOWN


def test_a_short_name_says_why_it_makes_no_match(store: Store) -> None:
    assert "short name of Corvane Petroleum FZE" in said(check(store, "Jupiter"))


def test_a_person_of_a_common_name_with_nothing_against_it_is_no_finding(store: Store) -> None:
    assert check(store, "Amira Haddad").result is Result.UNKNOWN


def test_a_guess_is_never_shown_as_the_suppliers_own_listing(store: Store) -> None:
    row = check(store, "Emmet Nolan Trading Ltd")
    assert row.party is None
    page = as_html(screening(row), file="s.csv", lang="en")
    assert "Listed itself" not in page
    assert "perhaps Emmet Nolan Ltd" in page


def test_all_that_answer_are_named_in_every_report(store: Store) -> None:
    row = check(store, "Teasel Fittings Ltd")
    assert "K-a Teasel" in as_csv(screening(row), file="s.csv", lang="en")
    assert as_html(screening(row), file="s.csv", lang="en").count("Teasel Fittings Ltd") >= 3


@pytest.mark.parametrize(("name", "words"), [("湖州柳岸纺织有限公司", "注销"), ("Gorsedd Ltd", "2020-06-30")])
def test_a_firm_that_is_no_longer_registered_is_looked_at(store: Store, name: str, words: str) -> None:
    row = check(store, name)
    assert row.result is Result.LOOK
    assert words in said(row)
    assert check(store, name, lang="zh").result is Result.LOOK


def test_a_firm_that_is_in_order_has_nothing_to_be_told(store: Store) -> None:
    row = check(store, "Fescue Ltd")
    assert row.result is Result.FINE
    assert "registration" not in said(row)


def screening(*rows: object) -> Screening:
    return Screening.model_validate({"rows": rows, "counts": {}, "as_of": TODAY, "rulebook": "1"})


FIRMS = ("Osprey Foundry Ltd", "Osprey Foundry GmbH", "温州鹭岛机械有限公司", "鹭岛机械有限公司", "Osprey Foundries Ltd")
ADDRESSES = (None, "Am Wall 3, Bremen", "浙江省温州市鹿城区1号")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    told=st.lists(st.tuples(st.sampled_from(FIRMS), st.booleans(), st.sampled_from(ADDRESSES)), min_size=1, max_size=5),
    asked=st.sampled_from(FIRMS),
    place=st.sampled_from(["", "Bremen", "温州"]),
)
def test_order_changes_nothing_and_one_more_listed_namesake_never_makes_it_fine(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, bool, str | None]], asked: str, place: str
) -> None:
    def town(parties: list[tuple[str, bool, str | None]], ids: list[int]) -> Store:
        made = Town()
        for number, (name, listed, address) in zip(ids, parties, strict=True):
            made.firm(name, id_=f"K-{number}", listed=listed, address=address)
        return made.store(tmp_path_factory.mktemp("town"))

    ids = list(range(len(told)))
    before = check(town(told, ids), asked, place=place)
    turned = check(town(told[::-1], ids), asked, place=place)
    assert (before.result, said(before).count("fit equally")) == (turned.result, said(turned).count("fit equally"))
    more = check(town([*told, (asked, True, None)], [*ids, 99]), asked, place=place)
    assert ORDER.index(more.result) <= ORDER.index(Result.LOOK)
    assert ORDER.index(more.result) <= max(ORDER.index(before.result), ORDER.index(Result.STOP))
