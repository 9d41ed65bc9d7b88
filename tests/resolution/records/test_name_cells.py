import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.base import PartyKind, SourceClass
from ontology.record import Name, NameRole, Record
from resolution.records.analysed import analyse
from resolution.records.name_cells import names_in


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Elmwood Cafe Ltd (formerly Oak Cup Ltd)", [("Elmwood Cafe Ltd", "primary"), ("Oak Cup Ltd", "previous")]),
        ("Birkental GmbH (vorm. Tannhof GmbH)", [("Birkental GmbH", "primary"), ("Tannhof GmbH", "previous")]),
        ("Valmont SA, anciennement Durance SA", [("Valmont SA", "primary"), ("Durance SA", "previous")]),
        (
            "泉州轩琮建材有限公司（曾用名：泉州琮琮建材有限公司）",
            [("泉州轩琮建材有限公司", "primary"), ("泉州琮琮建材有限公司", "previous")],
        ),
        ("THORNFIELD LTD D/B/A QUICK FIX", [("THORNFIELD LTD", "primary"), ("QUICK FIX", "alias")]),
        ("Ana Costa (née Lima)", [("Ana Costa", "primary"), ("Lima", "previous")]),
        ("Elmwood Cafe Ltd c/o Parry Accountants", [("Elmwood Cafe Ltd", "primary")]),
        ("Formerly Known Ltd", [("Formerly Known Ltd", "primary")]),
        ("Ex Libris GmbH", [("Ex Libris GmbH", "primary")]),
        ("原野建材有限公司", [("原野建材有限公司", "primary")]),
        ("Thornfield (UK) Ltd", [("Thornfield (UK) Ltd", "primary")]),
    ],
)
def test_a_cell_tells_the_name_and_others_beside_it(cell: str, names: list[tuple[str, str]]) -> None:
    assert [(name.text, name.role.value) for name in names_in(Name(text=cell))] == names


@given(st.text(min_size=1, max_size=80))
def test_any_cell_holds_a_name_at_least(text: str) -> None:
    assert names_in(Name(text=text))


def record(*names: Name) -> Record:
    return Record(id="r", dataset="d", source_class=SourceClass.PUBLIC, row_id="f#1", kind=PartyKind.FIRM, names=names)


def test_a_name_without_a_letter_or_digit_is_no_name() -> None:
    assert [name.text for name in analyse(record(Name(text="%%%"), Name(text="🚢"), Name(text="Elm 7"))).firms] == ["elm 7"]


def test_a_weak_name_is_told_as_such() -> None:
    found = analyse(record(Name(text="Elmwood Cafe Ltd"), Name(text="Elm", role=NameRole.WEAK)))
    assert found.weak == {"elm"}
