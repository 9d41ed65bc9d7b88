"""What the model found to agree is told in words, in either language."""

from api.text.agreements import agreement_in_words, level_in_words
from api.words import words
from ontology.base import PartyKind
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.person_names import KIND_WORDS


def test_every_level_of_every_comparison_has_words() -> None:
    for lang in ("en", "zh"):
        say = words(lang)
        for kind in PartyKind:
            for told in comparisons(kind):
                named = kind is PartyKind.PERSON and told.name == "names"
                labels = KIND_WORDS.values() if named else [level.label for level in told.levels]
                assert [label for label in labels if not level_in_words(label, say)] == []


def test_an_agreement_is_told_field_by_field() -> None:
    told = "names other_family, ids issued, places area_common, days exact"
    english = "names the same given name, another surname; codes the same issued code; addresses in one district, born in the "
    assert agreement_in_words(told, words("en")) == f"{english}same place; days the same day"
    assert agreement_in_words("places door_untold", words("zh")) == "地址同一门牌"
    assert agreement_in_words("", words("en")) == ""
    assert agreement_in_words("moons full", words("en")) == "moons full"
