"""Which of a party's names a language shows, and words that follow a number."""

import re
from importlib.resources import files

import pytest

from ontology.scripts import name_for_language, other_name
from ontology.texts import fill

PLURALS = "parties|rows|records|pairs|sources|files|ties|listings|lists|firms|persons|paths|invoices|dealings|disputes|orders"
NEVER_ONE = ("check.several", "chains.too_large", "model.counted", "train.")  # Several fit; a bound; whole samples.


@pytest.mark.parametrize(
    ("name", "other", "en", "zh"),
    [
        ("海陵模具有限公司", "Hailing Mould Co Ltd", "Hailing Mould Co Ltd", "海陵模具有限公司"),
        ("Hailing Mould Co Ltd", "海陵模具有限公司", "Hailing Mould Co Ltd", "海陵模具有限公司"),
        ("Северный Завод", "Severny Zavod", "Severny Zavod", "Северный Завод"),
        ("شركة النور", "Al Noor Company", "Al Noor Company", "شركة النور"),
        ("TCL科技", "TCL Technology", "TCL Technology", "TCL科技"),
        ("Łódź Żelazo", None, "Łódź Żelazo", "Łódź Żelazo"),
        ("Завод", "海陵", "Завод", "海陵"),
    ],
)
def test_a_language_shows_the_name_in_its_script_where_there_is_one(name: str, other: str | None, en: str, zh: str) -> None:
    assert (name_for_language(name, other, "en"), name_for_language(name, other, "zh")) == (en, zh)


def test_the_other_name_of_a_party_is_its_latin_one_whatever_script_it_is_shown_in() -> None:
    assert other_name("Северный Завод", ["Завод", "北方工厂", "Severny Zavod"]) == "Severny Zavod"
    assert other_name("海陵模具", ["Хайлин", "Hailing Mould"]) == "Hailing Mould"
    assert other_name("Hailing Mould", ["Hailing", "海陵模具"]) == "海陵模具"
    assert other_name("Hailing Mould", ["Hailing Moulds"]) is None


@pytest.mark.parametrize("file", [("graph.explanations", "sentences.yaml"), ("api.words", "en.yaml")])
def test_no_english_template_puts_a_plural_behind_a_number_that_may_be_one(file: tuple[str, str]) -> None:
    lines = files(file[0]).joinpath(file[1]).read_text("utf-8").splitlines()
    wrong = [line for line in lines if re.search(rf"\{{\w+\}} (?:more )?(?:{PLURALS})\b", line)]
    assert [line for line in wrong if not line.startswith(NEVER_ONE)] == []


def test_a_template_without_a_count_is_filled_as_ever_and_a_missing_fact_is_told() -> None:
    assert fill("{share:.1f} of {name}", {"share": 0.25, "name": "a|b"}) == "0.2 of a|b"
    with pytest.raises(KeyError):
        fill("{n:party|parties}", {"m": 1})
