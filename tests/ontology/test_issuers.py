"""Bodies that publish lists: known by whole names in the languages they are written in, never by a piece of a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ontology.base import breaches_of
from ontology.issuers import Issuers, find_body, issuer_key, issuers, list_type_of, tokens
from ontology.rulebook import default_rulebook

KNOWN = [
    ("Office of Foreign Assets Control", "sanctions_us"),
    ("U.S. Department of the Treasury", "sanctions_us"),
    ("Specially Designated Nationals (SDN) - Treasury Department", "sanctions_us"),
    ("美国财政部海外资产控制办公室", "sanctions_us"),
    ("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department", "restrictions_us"),
    ("Sectoral Sanctions Identifications List (SSI) - Treasury Department", "restrictions_us"),
    ("Denied Persons List (DPL) - Bureau of Industry and Security", "export_control"),
    ("Military End User (MEU) List - Bureau of Industry and Security", "export_control"),
    ("ITAR Debarred (DTC) - State Department", "export_control"),
    ("System for Award Management (SAM.gov)", "debarment"),
    ("Conseil de sécurité des Nations Unies", "sanctions_un"),
    ("联合国安理会", "sanctions_un"),
    ("Council of the European Union", "sanctions_eu"),
    ("RAT DER EUROPÄISCHEN UNION", "sanctions_eu"),
    ("HM Treasury", "sanctions_uk"),
    ("Foreign, Commonwealth & Development Office", "sanctions_uk"),
    ("Staatssekretariat für Wirtschaft (SECO)", "sanctions_other_state"),
    ("Рада національної безпеки і оборони України", "sanctions_other_state"),
    ("Global Affairs Canada", "sanctions_other_state"),
    ("Direction Generale du Tresor", "sanctions_other_state"),
    ("Ministerstwo Spraw Wewnętrznych i Administracji", "sanctions_other_state"),
    ("中华人民共和国商务部", "sanctions_other_state"),
    ("経済産業省", "export_control"),
    ("World Bank Group", "mdb_debarment"),
    ("Banco Interamericano de Desarrollo", "mdb_debarment"),
    ("European Bank for Reconstruction and Development", "mdb_debarment"),
]
UNKNOWN = [
    "Belarus-related restrictions",
    "Austrian Bus Company",
    "Debar Municipal Court",
    "Texas Department of Commerce",
    "European Council on Foreign Relations",
    "Companies House (UK)",
    "Union of Euboea Growers",
    "Ministry of Foreign Affairs",
    "Regulations Implementing the United Nations Resolutions on Terrorism",
    "Harbour Authority of Atlantis",
    "杭州市商务局",
]
PROGRAMMES = [
    ("US-RUSHAR", "sanctions_us"),
    ("US-UKRRUS-REL", "sanctions_us"),
    ("US-BIS-EL", "export_control"),
    ("US-BIS-UVL", "export_control"),
    ("us-bis-meu", "export_control"),
    ("US-DOD-1260H", "restrictions_us"),
    ("US-NS-MBS", "restrictions_us"),
    ("US-CAPTA", "restrictions_us"),
    ("US-SAM", "debarment"),
    ("US-UFLPA", "forced_labour_entity"),
    ("EU-MMR", "sanctions_eu"),
    ("EU-EDES", "debarment"),
    ("UN-SC1970", "sanctions_un"),
    ("GB-RUS", "sanctions_uk"),
    ("SECO-HAITI", "sanctions_other_state"),
    ("AU-ZIM", "sanctions_other_state"),
    ("US-SOMETHING-NEW", None),
    ("EU-US-LEG", None),
    ("EUR-OPA", None),
    ("UNO", None),
]


@pytest.mark.parametrize(("issuer", "expected"), KNOWN)
def test_a_body_is_known_by_its_name(issuer: str, expected: str) -> None:
    assert list_type_of([issuer]) == expected


@pytest.mark.parametrize("issuer", UNKNOWN)
def test_a_piece_of_a_word_or_of_another_name_is_no_body(issuer: str) -> None:
    assert list_type_of([issuer]) is None
    assert list_type_of([], [issuer]) is None


@pytest.mark.parametrize(("programme", "expected"), PROGRAMMES)
def test_a_programme_is_known_by_the_parts_its_id_begins_with(programme: str, expected: str | None) -> None:
    assert list_type_of([], [], [programme]) == expected


def test_the_authority_decides_before_a_programme_that_names_another_body() -> None:
    assert list_type_of(["Harbour Authority of Atlantis"], ["United Nations Security Council 1267"]) is None
    assert list_type_of(["Global Affairs Canada"], ["United Nations Security Council 1267"]) == "sanctions_other_state"
    assert list_type_of(["HM Treasury"], [], ["EU-RUS"]) == "sanctions_uk"


def test_a_list_that_a_body_keeps_apart_decides_before_its_default() -> None:
    assert list_type_of(["Office of Foreign Assets Control"], ["Correspondent Account (CAPTA)"]) == "restrictions_us"
    assert list_type_of(["商务部"], ["出口管制管控名单"]) == "export_control"
    assert list_type_of(["商务部"], ["不可靠实体清单"]) == "sanctions_other_state"
    assert list_type_of(["European Commission"], ["Early Detection and Exclusion System"]) == "debarment"


@pytest.mark.parametrize(("country", "expected"), [("jp", "sanctions_other_state"), ("zz", None), (None, None), ("fj", None)])
def test_a_name_that_many_states_use_counts_beside_its_country_alone(country: str | None, expected: str | None) -> None:
    assert list_type_of(["Ministry of Finance"], country=country) == expected


def test_a_country_told_beside_it_may_contradict_a_short_name() -> None:
    assert find_body("BIS", "in") is None
    assert find_body("BIS", "us") is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OFAC", "Office of Foreign Assets Control (OFAC)"),
        ("UN Security Council", "聯合國安全理事會"),
        ("Linhai  People's Court", "LINHAI PEOPLE’S COURT"),
    ],
)
def test_one_body_has_one_key_however_it_is_spelled(one: str, other: str) -> None:
    assert issuer_key(one) == issuer_key(other)


def test_two_courts_have_two_keys() -> None:
    assert issuer_key("Varna District Court") != issuer_key("Burgas District Court")


def test_every_list_type_of_the_table_has_a_rule_and_no_name_stands_for_two_bodies() -> None:
    book, table = default_rulebook(), issuers()
    told = {body.list_type for body in table.bodies} | {list_type for body in table.bodies for list_type in body.lists}
    told |= {one.list_type for one in table.programmes.values() if one and one.list_type}
    assert {name for name in told if not book.names_list(name)} == set()
    assert book.unknown_list == table.unknown
    ids = {body.id for body in table.bodies}
    assert {one.body for one in table.programmes.values() if one} <= ids
    names = [name for body in table.bodies for name in {tokens(text) for text in (*body.names, *body.parts, *body.whole)}]
    assert len(names) == len(set(names))


@given(st.text(max_size=80))
def test_any_text_may_be_asked_about(text: str) -> None:
    assert issuer_key(text) == issuer_key(f" {text} ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As listed by the Office of Foreign Assets Control, 2024", "us_ofac"),
        ("Notice of the Office of Financial Sanctions Implementation of 3 May", "gb_hmt"),
    ],
)
def test_a_body_is_known_by_its_name_within_a_sentence(text: str, expected: str) -> None:
    body = find_body(text)
    assert body is not None
    assert body.id == expected


def test_a_body_without_its_country_is_refused_by_name() -> None:
    body = {"id": "un_fao", "list_type": "other_list", "names": ["FAO"]}
    page = {"version": "1", "source": "test", "unknown": "other_list", "bodies": [body], "programmes": {}}
    with pytest.raises(ValidationError) as refused:
        Issuers.model_validate(page)
    assert breaches_of(refused.value, page) == ("bodies.un_fao.country: Field required",)
