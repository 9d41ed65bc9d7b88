"""Counts in sentences agree with their nouns, wherever a template has a number."""

import re
from importlib.resources import files

import pytest
import yaml

from ontology.documents import read_yaml, read_yaml_page
from ontology.texts import fill, format_count


@pytest.mark.parametrize(("number", "said"), [(0, "0 parties"), (1, "1 party"), (2, "2 parties"), (21, "21 parties")])
def test_one_is_one_and_everything_else_many(number: int, said: str) -> None:
    assert format_count(number, "party", "parties") == said
    assert fill("{n:party|parties}", {"n": number}) == fill("{n:party|parties}", {"n": str(number)}) == said


def test_a_fact_without_a_noun_is_formatted_as_ever() -> None:
    assert fill("{share:.1%} of {name}", {"share": 0.256, "name": "A|B"}) == "25.6% of A|B"


NOUNS = "parties|records|rows|files|sources|pairs|ties|listings|dealings|days|steps|signals|invoices|disputes|orders"


@pytest.mark.parametrize("room", ["api.words/en.yaml", "graph.explanations/sentences.yaml"])
def test_no_template_puts_a_plural_after_a_bare_number(room: str) -> None:
    package, name = room.split("/")
    told = files(package).joinpath(name).read_text("utf-8")
    assert re.findall(rf"\{{[a-z_]+\}} (?:{NOUNS})\b", told) == []
    assert read_yaml(told)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 60,
        "- " * 2_000,
        "a0: &a0 [x, x]\n" + "\n".join(f"a{level}: &a{level} [*a{level - 1}, *a{level - 1}]" for level in range(1, 20)),
        "a0: &a0 {x: 1}\n" + "\n".join(f"a{level}: &a{level}\n  <<: [*a{level - 1}, *a{level - 1}]" for level in range(1, 20)),
        "a: &a [*a]",
    ],
)
def test_yaml_from_outside_is_neither_deep_nor_unfolds_without_end(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        read_yaml_page(text)


def test_yaml_from_outside_may_have_aliases() -> None:
    assert read_yaml_page("a: &a {x: 1}\nb: *a\nc:\n  <<: *a\n  y: 2") == {"a": {"x": 1}, "b": {"x": 1}, "c": {"x": 1, "y": 2}}
