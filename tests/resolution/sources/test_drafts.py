"""Drafts of files of many shapes: each loads its file, names whom the file names, and gives nobody another's id."""

import json
from pathlib import Path

import openpyxl
import pytest
import yaml

from ontology.base import PartyKind
from ontology.errors import MappingInvalid
from ontology.record import Record
from resolution.sources.drafts.header_words import Meaning, header_meaning
from resolution.sources.ingest import ingest
from resolution.sources.mappings.library import parse_mapping
from resolution.sources.reading import Reading
from resolution.sources.suggestions import plain_name, suggest
from store.port import Store
from store.rows import from_row
from tests.resolution.sources.shorthands import KEY, NOW, RESIDENT, USCC

FIRM, PERSON = PartyKind.FIRM, PartyKind.PERSON
ANSWER = {
    "status": 0,
    "data": [{"total": 2, "result": [{"name": "鹭洲建材有限公司", "code": USCC}, {"name": "榕江贸易有限公司", "code": ""}]}],
}
CONTROL = {"company_number": "01234567", "data": {"name": "Ms Ana Popescu", "date_of_birth": {"month": 2, "year": 1971}}}
SHAPES: dict[str, tuple[str, dict[str, PartyKind | None]]] = {
    "plain.csv": (f"企业名称,统一社会信用代码,地址\n鹭洲建材有限公司,{USCC},鹭洲市西街3号2室\n", {"鹭洲建材有限公司": FIRM}),
    "representative.csv": (
        f"当事人,法定代表人,法定代表人身份证号码,决定日期\n鹭洲建材有限公司,林一,{RESIDENT},2025-06-18\n",
        {"鹭洲建材有限公司": FIRM, "林一": PERSON},
    ),
    "headerless.csv": (
        '60001,"HARBOUR FREIGHT LLC",-0- ,"CUBA",-0- ,-0- \n60003,"PIER LINES LTD",-0- ,"CUBA",-0- ,-0- \n',
        {"HARBOUR FREIGHT LLC": FIRM, "PIER LINES LTD": FIRM},
    ),
    "preamble.csv": (
        "Last Updated,03/06/2026\nName 6,Name 1,Group Type,Group ID\n"
        "ILIESCU,Marat,Individual,20011\nPIER LINES LTD,,Entity,20012\n",
        {"Marat ILIESCU": None, "PIER LINES LTD": FIRM},
    ),
    "statement.csv": (
        "交易记录明细\n账号:[lin@example.com]\n--------明细--------\n交易号,交易创建时间,交易对方,商品名称,金额（元）\n"
        "20260101,2026-01-01 10:00,榕江贸易有限公司,纸箱,12.50\n20260102,2026-01-02 10:00,鹭洲建材有限公司,水泥,90.00\n共2笔\n",
        {"榕江贸易有限公司": FIRM, "鹭洲建材有限公司": FIRM},
    ),
    "account.csv": (
        "账户名称：鹭洲建材有限公司,,\n交易日期,对方户名,付款方式,发生额,开户机构\n2026-01-01,榕江贸易有限公司,余额,12.50,建行鹭洲支行\n"
        "2026-01-02,林一诺,余额,90.00,建行榕江支行\n2026-01-03,榕江贸易有限公司,余额,20.00,建行鹭洲支行\n",
        {"鹭洲建材有限公司": FIRM, "榕江贸易有限公司": FIRM, "林一诺": None},
    ),
    "holder_above.csv": (
        "Account holder: Nordhafen Spedition GmbH\nPeriod: 2026\n\nDate,Counterparty,Amount\n2026-01-01,Pier Lines Ltd,12.50\n"
        "2026-01-02,Harbour Freight Ltd,90.00\n",
        {"Nordhafen Spedition GmbH": FIRM, "Pier Lines Ltd": FIRM, "Harbour Freight Ltd": FIRM},
    ),
    "title_above.csv": (
        "Pier Lines Ltd - changes,,\nNo,Date,Item,Amount\n1,2026-01-01,Capital,12.50\n2,2026-01-02,Capital,13.50\n",
        {"Pier Lines Ltd": FIRM},
    ),
    "either.csv": (
        "Name,First,Middle,Last,Country\nPier Lines Ltd,,,,GB\n,Marat,B,Iliescu,RO\nHarbour Freight Ltd,,,,GB\n",
        {"Pier Lines Ltd": FIRM, "Marat Iliescu": None, "Harbour Freight Ltd": FIRM},
    ),
    "kinds.json": (
        json.dumps(
            [
                {"no": 1, "entity": {"identity": {"name": "Pier Lines Ltd"}}, "person": None},
                {"no": 2, "individual": {"identity": {"name": "Ana Popescu"}}},
                {"no": 3, "entity": {"identity": {"name": "Salt Wharf Ltd"}}},
            ]
        ),
        {"Pier Lines Ltd": FIRM, "Ana Popescu": PERSON, "Salt Wharf Ltd": FIRM},
    ),
    "people.csv": (
        "First Name,Last Name,Date of Birth\nMarat,Iliescu,1966-09-14\nAna,Popescu,1971-02-03\n",
        {"Marat Iliescu": PERSON, "Ana Popescu": PERSON},
    ),
    "invoices.csv": (
        "Invoice No,Seller Name,Buyer Name,Amount\nA-1,Harbour Freight Ltd,Pier Lines Ltd,100.00\n",
        {"Harbour Freight Ltd": FIRM, "Pier Lines Ltd": FIRM},
    ),
    "owners.csv": (
        "Company Name,Company Number,Shareholder Name,Share %\nHarbour Freight Ltd,01234567,Pier Lines Ltd,40%\n",
        {"Harbour Freight Ltd": FIRM, "Pier Lines Ltd": FIRM},
    ),
    "german.csv": (
        "Firma;Ort;Geschäftsführer\nNordhafen Spedition GmbH;Rostock;Jens Petersen\n",
        {"Nordhafen Spedition GmbH": FIRM, "Jens Petersen": PERSON},
    ),
    "japanese.csv": (
        "会社名,法人番号,代表者\n三原精機株式会社,1234567890124,鈴木一郎\n",
        {"三原精機株式会社": FIRM, "鈴木一郎": PERSON},
    ),
    "wrapped.json": (json.dumps(ANSWER, ensure_ascii=False), {"鹭洲建材有限公司": FIRM, "榕江贸易有限公司": FIRM}),
    "nested.jsonl": (json.dumps(CONTROL) + "\n", {"Ms Ana Popescu": PERSON}),
    "shipments.csv": (
        "Bill of Lading,Arrival Date,Consignee,Consignee City,Shipper,Shipper City,Weight\n"
        "Z1,2024-01-15,Pier Lines Ltd,Leeds,Harbour Freight Ltd,Hull,900\n",
        {"Pier Lines Ltd": FIRM, "Harbour Freight Ltd": FIRM},
    ),
    "prefixes.csv": (
        "zuk_name,zuk_ref,zuk_town,vel_name,vel_ref,vel_town\nPier Lines Ltd,7,Leeds,Harbour Freight Ltd,9,Hull\n",
        {"Pier Lines Ltd": FIRM, "Harbour Freight Ltd": FIRM},
    ),
    "words.csv": (
        "Title,Entity,Grounds\nHarbour Freight Ltd,Firm,Fraud\nAna Popescu,Individual,Fraud\n",
        {"Harbour Freight Ltd": FIRM, "Ana Popescu": None},
    ),
    "two languages.csv": (
        "LastName-NomDeFamille,GivenName-Prenom,EntityOrShip-EntiteOuNavire\nIliescu,Marat,\n,,Harbour Freight Ltd\n",
        {"Marat Iliescu": None, "Harbour Freight Ltd": FIRM},
    ),
    "properties.csv": (
        "entity_id,prop,value\ne1,name,Harbour Freight Ltd\ne1,birthDate,1971-02-03\ne2,name,Ana Popescu\ne2,topics,none\n",
        {"Harbour Freight Ltd": FIRM, "Ana Popescu": PERSON},
    ),
    "officers.json": (
        json.dumps([{"company_name": "Harbour Freight Ltd", "officers": [{"name": "Ana Popescu"}, {"name": "Jens Petersen"}]}]),
        {"Harbour Freight Ltd": FIRM, "Ana Popescu": PERSON, "Jens Petersen": PERSON},
    ),
    "document.xml": (
        "<Invoice><ID>1</ID><IssueDate>2025-01-02</IssueDate><Currency>EUR</Currency><Note>x</Note>"
        "<Seller><Name>Harbour Freight Ltd</Name></Seller><Buyer><Name>Pier Lines Ltd</Name></Buyer>"
        "<Line><No>1</No></Line><Line><No>2</No></Line></Invoice>",
        {"Harbour Freight Ltd": FIRM, "Pier Lines Ltd": FIRM},
    ),
    "two kinds.xml": (
        "<list><people><one><id>1</id><name>Ana Popescu</name></one><one><id>2</id><name>Jens Petersen</name></one></people>"
        "<firms><other><id>3</id><name>Harbour Freight Ltd</name></other></firms></list>",
        {"Ana Popescu": None, "Jens Petersen": None, "Harbour Freight Ltd": FIRM},
    ),
    "elements.xml": (
        '<list><firm id="1"><name>Harbour Freight Ltd</name></firm><firm id="2"><name>Pier Lines Ltd</name></firm></list>',
        {"Harbour Freight Ltd": FIRM, "Pier Lines Ltd": FIRM},
    ),
}


def drafted(store: Store, folder: Path, name: str, content: str) -> dict[str, Record]:
    """What the file says by its own draft: records by name."""
    path, page = folder / name, folder / f"{name}.yaml"
    path.write_text(content, "utf-8")
    page.write_text(suggest(path), "utf-8")
    dataset = yaml.safe_load(page.read_text("utf-8"))["dataset"]
    ingest(store, [path], id_key=KEY, now=NOW, mapping=page)
    records = [from_row(Record, row) for row in store.read("entities/records")]
    return {record.name: record for record in records if record.dataset == dataset}


@pytest.mark.parametrize("name", SHAPES)
def test_a_draft_names_whom_the_file_names(name: str, sqlite_store: Store, tmp_path: Path) -> None:
    content, names = SHAPES[name]
    found = drafted(sqlite_store, tmp_path, name, content)
    assert {*found} == {*names}
    assert all(found[one].kind is kind for one, kind in names.items() if kind)


def test_a_sentence_names_nobody(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(
        "ref,remark\n7,Moved goods for the port and paid nobody for it.\n8,See the resolution of the council on this matter.\n",
        "utf-8",
    )
    page = yaml.safe_load(suggest(path))
    assert page["parties"]["party"]["adds"] is True
    assert "remark" not in page["parties"]["party"]["names"]


def test_a_code_is_the_key_only_where_no_two_names_stand_under_it(tmp_path: Path) -> None:
    path = tmp_path / "firms.csv"
    path.write_text("name,company number\nPier Lines Ltd,17\nHarbour Freight Ltd,17\nQuay Ropes Ltd,19\n", "utf-8")
    text = suggest(path)
    assert yaml.safe_load(text)["parties"]["party"]["key"] == "{name}"
    assert "no code was found that tells them apart" in text


def test_each_guess_says_what_speaks_for_it(tmp_path: Path) -> None:
    path = tmp_path / "firms.csv"
    path.write_text("name,company number\nPier Lines Ltd,17\nHarbour Freight Ltd,18\n", "utf-8")
    text = suggest(path)
    assert "name: its header says so; 2 of 2 read as a firm, a public body or a person" in text
    assert "company_number: 2 codes in 2 of 2 rows, no two names under one" in text


def test_the_id_of_a_representative_is_his_and_not_his_firms(sqlite_store: Store, tmp_path: Path) -> None:
    content = (
        f"行政相对人名称,法定代表人,法定代表人证件号码\n鹭洲建材有限公司,林一,{RESIDENT}\n榕江供应链有限公司,林一,{RESIDENT}\n"
    )
    found = drafted(sqlite_store, tmp_path, "penalties.csv", content)
    assert not found["鹭洲建材有限公司"].identifiers
    assert not found["榕江供应链有限公司"].identifiers
    assert found["林一"].identifiers[0].scheme == "resident_id"


def test_a_personal_id_in_a_file_of_firms_alone_is_left_out_and_told(sqlite_store: Store, tmp_path: Path) -> None:
    content = f"企业名称,身份证号码\n鹭洲建材有限公司,{RESIDENT}\n榕江供应链有限公司,{RESIDENT}\n"
    found = drafted(sqlite_store, tmp_path, "firms.csv", content)
    assert not any(record.identifiers or record.attributes for record in found.values())
    assert "is left out, a personal id, and this is a firm" in (tmp_path / "firms.csv.yaml").read_text("utf-8")


def test_files_of_other_names_have_data_sets_of_their_own(sqlite_store: Store, tmp_path: Path) -> None:
    first = drafted(sqlite_store, tmp_path, "货主.csv", f"企业名称,统一社会信用代码,电话\n鹭洲建材有限公司,{USCC},0591-1234567\n")
    other = drafted(sqlite_store, tmp_path, "采购.csv", f"企业名称,统一社会信用代码\n鹭洲建材公司,{USCC}\n")
    assert first["鹭洲建材有限公司"].contacts
    assert {*other} == {"鹭洲建材公司"}


def test_files_of_one_name_in_two_folders_have_data_sets_of_their_own(tmp_path: Path) -> None:
    pages = []
    for folder, firm in (("a", "Harbour Freight Ltd"), ("b", "Pier Lines Ltd")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "export.csv").write_text(f"name,city\n{firm},Leeds\n", "utf-8")
        pages.append(yaml.safe_load(suggest(tmp_path / folder / "export.csv"))["dataset"])
    assert pages[0] != pages[1]
    assert pages[0] == yaml.safe_load(suggest(tmp_path / "a" / "export.csv"))["dataset"]


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("货主名单", "huo_zhu_ming_dan"),
        ("Kundenübersicht", "kundenubersicht"),
        ("2026", "my_2026"),
        ("名", "ming"),
        ("Поставщики", "postavshchiki"),
    ],
)
def test_a_file_name_of_any_script_gives_a_name_in_latin_letters(stem: str, name: str) -> None:
    assert plain_name(Path(f"{stem}.csv")) == name


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("法人番号", Meaning(None, "reg_no")),
        ("法定代表人身份证号", Meaning("legal_rep", "resident")),
        ("客户编号", Meaning("buyer", "number")),
        ("VendorName", Meaning("supplier", "name")),
        ("beneficial_owner", Meaning("owner", "name")),
        ("Group Type", Meaning(None, "other")),
        ("商品名称", Meaning(None, "goods")),
        ("Landing", Meaning(None, None)),
    ],
)
def test_a_header_says_of_whom_it_speaks_and_what(header: str, told: Meaning) -> None:
    assert header_meaning(header) == told


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("firm", "scheme: resident_id"),
        ("agency", "scheme: resident_id"),
        ("by_name", "schemes: {firm: resident_id, person: resident_id}"),
    ],
)
def test_a_mapping_that_gives_a_firm_a_personal_id_is_refused_with_the_remedy(kind: str, code: str) -> None:
    page = (
        'mapping: mine\nversion: "1"\ntitle: Mine\nsource_class: 1\ncolumns: {name: [name], id: [id]}\n'
        f"parties:\n  one: {{kind: {kind}, key: name, names: [name], identifiers: [{{value: id, {code}}}]}}\n"
    )
    with pytest.raises(MappingInvalid) as told:
        parse_mapping(page, "mine.yaml")
    assert told.value.facts["place"] == "parties.one.identifiers[1]"
    assert "as a party of its own" in str(told.value.remedy)


def test_what_is_a_firm_by_its_name_keeps_no_personal_id(sqlite_store: Store, tmp_path: Path) -> None:
    mapping = tmp_path / "mine.yaml"
    mapping.write_text(
        'mapping: mine\nversion: "1"\ntitle: Mine\nsource_class: 1\ncolumns: {name: [name], id: [id]}\n'
        "parties:\n  one: {key: name, names: [name], identifiers: [{value: id, scheme: resident_id}]}\n",
        "utf-8",
    )
    (tmp_path / "a.csv").write_text(f"name,id\n鹭洲建材有限公司,{RESIDENT}\n林一,{RESIDENT}\n", "utf-8")
    ingest(sqlite_store, [tmp_path / "a.csv"], id_key=KEY, now=NOW, mapping=mapping)
    found = {record.name: record for record in (from_row(Record, row) for row in sqlite_store.read("entities/records"))}
    assert not found["鹭洲建材有限公司"].identifiers
    assert len(found["林一"].identifiers) == 1


def test_a_draft_keeps_the_encoding_it_was_read_in(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("nazwa,miasto\nGdańsk,Gdańsk\n".encode("iso8859_2"))
    page = suggest(tmp_path / "a.csv", Reading(encoding="iso8859_2"))
    assert parse_mapping(page, "a.yaml").format.encoding == "iso8859_2"
    assert "Gdańsk" in page


def test_headers_that_shorten_alike_stay_columns_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("Vendor,Ref. No,Ref No.,On\nHeron Timber Ltd,A-77,B-12,2025-03-04\n", "utf-8")
    columns = yaml.safe_load(suggest(path))["columns"]
    assert sorted(spelling for spellings in columns.values() for spelling in spellings) == ["On", "Ref No.", "Ref. No", "Vendor"]
    assert len(columns) == 4


def test_of_a_workbook_with_several_tables_the_fullest_is_drafted_and_the_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cover, suppliers = book.active, book.create_sheet("Suppliers")
    cover.title = "Summary"
    for row in (("Company", "Total"), ("Pier Lines Ltd", 2)):
        cover.append(row)
    for row in (("Supplier", "City"), ("Harbour Freight Ltd", "Hull"), ("Salt Wharf Ltd", "Leith"), ("Pier Lines Ltd", "Hull")):
        suppliers.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    page = suggest(path)
    assert 'sheet: "Suppliers"   # CHECK: the one with the most rows; not read: Summary' in page
    assert 'sheet: "Summary"' in suggest(path, Reading(sheet="Summary"))


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("付款方式", Meaning(None, "other")),
        ("对方行名", Meaning(None, "account")),
        ("账户名称", Meaning(None, "name")),
        ("付款人", Meaning("counterparty", "name")),
        ("First", Meaning(None, "given")),
        ("First seen", Meaning(None, None)),
    ],
)
def test_the_end_of_a_header_says_what_it_holds(header: str, meaning: Meaning) -> None:
    assert header_meaning(header) == meaning


def test_columns_that_stand_in_other_places_of_a_value_name_parties_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "either.json"
    rows = [{"no": 1, "alpha": {"left": {"name": "Salt Wharf Ltd"}}}, {"no": 2, "beta": {"right": {"name": "Pier Lines Ltd"}}}]
    path.write_text(json.dumps(rows), "utf-8")
    assert "|" not in next(line for line in suggest(path).splitlines() if line.strip().startswith("names:"))
