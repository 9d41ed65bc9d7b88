"""XML: element by element, in bounded memory; what could read or swell beyond the file is refused."""

import tracemalloc
from pathlib import Path

import pytest

from ontology.errors import SourceUnreadable
from ontology.listing import Listing
from ontology.record import NameRole, Record
from resolution.sources.packs.pack_library import find_pack
from resolution.sources.reading import Reading, read_rows
from resolution.sources.reading.xml_rows import repeated_element, root_of
from tests.resolution.sources.shorthands import choice, map_file

FIRMS = (
    '<a:list xmlns:a="urn:a"><a:firm id="7"><a:name lang="en">Alpha</a:name><a:city>Leeds</a:city><a:city>Hull</a:city></a:firm>'
    '<a:firm id="8"><a:name>Beta &amp; Co</a:name></a:firm></a:list>'
)


def rows(folder: Path, content: str | bytes, *record: str) -> list[dict[str, str]]:
    path = folder / "a.xml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reading = Reading.model_validate({"xml": {"record": record}} if record else {})
    return [row.values for row in read_rows(path, reading)]


def test_children_attributes_and_repeated_children_become_columns(tmp_path: Path) -> None:
    first, second = rows(tmp_path, FIRMS, "firm")
    assert first == {"#element": "firm", "@id": "7", "name": '{"@lang": "en", "#text": "Alpha"}', "city": '["Leeds", "Hull"]'}
    assert second["name"] == "Beta & Co"


def test_the_element_that_is_repeated_is_the_row_where_none_is_named(tmp_path: Path) -> None:
    assert rows(tmp_path, FIRMS) == rows(tmp_path, FIRMS, "list.firm")
    assert repeated_element(tmp_path / "a.xml", Reading()) == "list.firm"
    assert root_of(tmp_path / "a.xml", Reading()) == "list"


def test_elements_of_several_names_are_rows_in_the_order_of_the_file(tmp_path: Path) -> None:
    content = "<l><p><n>1</n></p><f><n>2</n></f><x><n>3</n></x><p><n>4</n></p></l>"
    assert [(row["#element"], row["n"]) for row in rows(tmp_path, content, "p", "f")] == [("p", "1"), ("f", "2"), ("p", "4")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "gb2312", "shift_jis", "windows-1251"])
def test_the_declared_encoding_counts(encoding: str, tmp_path: Path) -> None:
    name = {"gb2312": "榕江贸易", "shift_jis": "三原精機", "windows-1251": "Ветер"}.get(encoding, "Café")
    content = f'<?xml version="1.0" encoding="{encoding}"?><l><f><n>{name}</n></f><f><n>x</n></f></l>'
    assert rows(tmp_path, content.encode(encoding), "f")[0]["n"] == name


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><l><f><n>&x;</n></f></l>', "declares entities"),
        (f'<!DOCTYPE l [<!ENTITY l0 "ha">{BOMB}]><l><f><n>&l8;</n></f></l>', "declares entities"),
        ('<!DOCTYPE l [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><l><f><n>1</n></f></l>', "declares entities"),
        ("<l>" + "<d>" * 5000 + "</d>" * 5000 + "</l>", "nested deeper than 100"),
        ("<l><f><n>1</n></f><f><n>2</f></l>", "not XML at line 1"),
        ("<l><f><n>1</n></f>", "not XML"),
        ("<l><g/></l>", "no element f"),
        ("just text", "not XML"),
    ],
)
def test_what_is_no_plain_xml_is_refused(content: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=problem):
        rows(tmp_path, content, "f")


def test_an_element_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(f"<l><f><n>{'x' * 3000}</n></f></l>", "utf-8")
    with pytest.raises(SourceUnreadable, match="element 1 is longer than 1000 characters"):
        list(read_rows(tmp_path / "a.xml", Reading.model_validate({"xml": {"record": "f"}, "line_bytes_max": 1000})))


def test_a_tag_that_never_ends_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(f'<l><f n="{"x" * 400_000}"/></l>', "utf-8")
    with pytest.raises(SourceUnreadable, match="a single tag"):
        list(read_rows(tmp_path / "a.xml", Reading.model_validate({"xml": {"record": "f"}, "line_bytes_max": 1000})))


def test_blanks_between_elements_are_no_text_however_many(tmp_path: Path) -> None:
    content = f"<l>{' ' * 400_000}<f><n>1</n></f>{' ' * 400_000}</l>{' ' * 400_000}"
    (tmp_path / "a.xml").write_text(content, "utf-8")
    reading = Reading.model_validate({"xml": {"record": "f"}, "line_bytes_max": 1000})
    assert [row.values["n"] for row in read_rows(tmp_path / "a.xml", reading)] == ["1"]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(f"<l>{'<f><n>Alpha Trading</n><c>Leeds</c></f>' * 100_000}</l>", "utf-8")
    tracemalloc.start()
    count = sum(1 for _ in read_rows(path, Reading.model_validate({"xml": {"record": "f"}})))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 100_000
    assert peak < 8 << 20  # Bytes: one piece of the file and its rows, whatever the file has.


def test_the_un_list_is_recognised_by_its_root_and_tells_persons_entities_and_listings() -> None:
    path = find_pack("un").folder / "sample" / "consolidated.xml"
    assert choice(path).kind == "un_sanctions"
    stated = [one for row in map_file(path) for one in row.statements]
    person, other, entity, _ = (one for one in stated if isinstance(one, Record))
    assert (person.name, person.born_on, person.attributes["born_between"]) == (
        "MARAT ILIESCU",
        "1966-09-14",
        "1964-1967; 1968-1969",
    )
    assert {name.text: name.role for name in person.names} == {
        "MARAT ILIESCU": NameRole.PRIMARY,
        "Марат Илиеску": NameRole.ALIAS,
        "Marat Ilieskou": NameRole.ALIAS,
        "The Trader": NameRole.WEAK,
    }
    assert [code.scheme for code in person.identifiers] == ["passport", "passport", "national_id", "driving_licence"]
    assert person.identifiers[0].value == "RO:B0771234"
    assert (other.name, other.born_on, other.attributes["born_about"]) == ("SAID", None, "1958")
    assert {name.text: name.role for name in entity.names}["Pier Lines"] is NameRole.PREVIOUS
    listings = [one for one in stated if isinstance(one, Listing)]
    assert {one.list_type for one in listings} == {"sanctions_un"}
    assert [(one.programme, one.case_no, str(one.listed_on), str(one.removed_on)) for one in listings] == [
        ("DPRK", "KPi.911", "2017-06-05", "None"),
        ("Al-Qaida", "QDi.912", "2011-03-09", "None"),
        ("DPRK", "KPe.921", "2013-01-22", "None"),
        ("Al-Qaida", "QDe.922", "2004-01-26", "2014-05-05"),
    ]


def test_what_stands_elsewhere_in_the_file_is_put_where_it_is_named(tmp_path: Path) -> None:
    content = (
        "<l><programme><name>Tin</name><set no='7'>annex</set><set no='8'>annex</set></programme><firm><set>8</set>"
        "<address place='2'><street>Quay 4</street></address><address place='9'/></firm>"
        "<place no='2'><town>Hull</town></place></l>"
    )
    path = tmp_path / "a.xml"
    path.write_text(content, "utf-8")
    refer = [
        {"element": "place", "key": "@no", "at": "@place"},
        {"element": "programme", "key": "set.@no", "at": "set"},
    ]
    (row,) = [row.values for row in read_rows(path, Reading.model_validate({"xml": {"record": "l.firm", "refer": refer}}))]
    assert '"street": "Quay 4", "place": {"@no": "2", "town": "Hull"}' in row["address"]
    assert '"name": "Tin"' in row["programme"]
    assert row["set"] == "8"


def test_what_is_put_in_counts_among_what_an_element_may_cost(tmp_path: Path) -> None:
    place = f"<place no='2'><town>{'Hull ' * 200}</town></place>"
    path = tmp_path / "a.xml"
    path.write_text(f"<l><firm>{'<address place=^2^/>'.replace('^', chr(39)) * 100}</firm>{place}</l>", "utf-8")
    xml = {"record": "l.firm", "refer": [{"element": "l.place", "key": "@no", "at": "@place"}]}
    with pytest.raises(SourceUnreadable, match="longer than 10000"):
        list(read_rows(path, Reading.model_validate({"xml": xml, "line_bytes_max": 10_000})))


def test_what_is_put_in_holds_what_earlier_entries_put_in(tmp_path: Path) -> None:
    path = tmp_path / "notice.xml"
    path.write_text(
        "<n><org><no>O1</no><name>Pier Lines Ltd</name></org><tender><no>T1</no><by><no>O1</no></by></tender>"
        "<contract><no>C1</no><of><no>T1</no></of></contract></n>"
    )
    refer = [{"element": "n.org", "key": "no", "at": "no"}, {"element": "n.tender", "key": "no", "at": "no"}]
    (row,) = [row.values for row in read_rows(path, Reading.model_validate({"xml": {"record": "n.contract", "refer": refer}}))]
    assert "Pier Lines Ltd" in row["of"]
