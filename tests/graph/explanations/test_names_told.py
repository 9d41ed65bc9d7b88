"""In each language parties and issuers bear the name in its script, words follow their number, closeness stays on its scale."""

import pytest

from graph.explanations.explanation import explain
from ontology.rulebook_parts import Language
from tests.graph.world import World

COURT = "云溪市人民法院"


def bilingual() -> World:
    """A firm owned by a defaulter that a court of the store listed; both have names in two scripts."""
    world = World()
    world.party("K-court", "agency", name=COURT, name_other="Yunxi People's Court")
    world.party("K-mill", name="云溪纸业有限公司", name_other="Yunxi Paper Mill Ltd")
    world.party("K-shop", name="Papierhaus Nord GmbH")
    world.listed("K-mill", issuer=COURT)
    world.link("OWNS", "K-mill", "K-shop", share=0.9)
    return world


@pytest.mark.parametrize(
    ("language", "visible", "hidden"),
    [
        ("en", ["Yunxi Paper Mill Ltd", "Yunxi People's Court"], ["云溪"]),
        ("zh", ["云溪纸业有限公司", COURT, "Papierhaus Nord GmbH"], ["Yunxi"]),
    ],
)
def test_sentences_name_parties_and_issuers_in_the_script_of_their_language(
    language: Language, visible: list[str], hidden: list[str]
) -> None:
    scoring = bilingual().scoring()
    json_text = " ".join(explain(scoring, id_, language=language).model_dump_json() for id_ in ("K-mill", "K-shop"))
    sentences = " ".join(" ".join(explain(scoring, id_, language=language).sentences) for id_ in ("K-mill", "K-shop"))
    assert [name for name in visible if name not in json_text] == []
    assert [name for name in hidden if name in sentences] == []


def test_an_issuer_whose_name_two_agencies_bear_stays_as_the_source_names_it() -> None:
    world = bilingual()
    world.party("K-court-2", "agency", name=COURT, name_other="Yunxi Court of the West")
    assert COURT in explain(world.scoring(), "K-mill").sentence


@pytest.mark.parametrize(("extra_listings", "words"), [(1, "and on 1 more list."), (2, "and on 2 more lists.")])
def test_words_follow_the_number_of_further_listings(extra_listings: int, words: str) -> None:
    world = bilingual()
    for number in range(extra_listings):
        world.listed("K-mill", case_no=f"case {number}", issuer="Court of Dorn", listed_on=f"2025-0{number + 4}-01")
    assert words in explain(world.scoring(), "K-mill").sentence


def test_closeness_to_many_listed_parties_stays_on_its_scale() -> None:
    world = World()
    for number in range(8):
        world.listed(f"K-owner{number}")
        world.link("OWNS", f"K-owner{number}", "K-held", share=0.125)
        world.link("OWNS", "K-held", f"K-owner{number}", share=0.9)
    scoring = world.scoring()
    raw = scoring.signals.association
    assert max(raw) > 1
    for id_ in ("K-held", *(f"K-owner{number}" for number in range(8))):
        explanation = explain(scoring, id_)
        assert 0 < explanation.association <= 1
        assert "distance: 1." not in explanation.association_sentence
