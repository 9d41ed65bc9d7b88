import json
from collections.abc import Callable
from typing import get_args

import pytest

from graph.explanations.explanation import explain
from graph.explanations.rankings import reliable, risky
from graph.explanations.routes import Routes
from graph.explanations.sentences import Sentences
from graph.explanations.wording import Wording
from graph.scores.scoring import Scoring
from ontology.base import PartyKind
from ontology.errors import EntityUnknown
from ontology.rulebook_parts import Language
from tests.graph.explanations.region import region, scoring

Golden = Callable[[str], None]
LANGUAGES: tuple[Language, ...] = get_args(Language)
FORBIDDEN = ("blacklist", "suspicious", "trust level", "黑名单", "可疑")


@pytest.fixture(scope="module")
def town() -> Scoring:
    return scoring()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_in_the_town_is_told_in_one_sentence(town: Scoring, language: Language, golden: Golden) -> None:
    sentences = {id_: explain(town, id_, language=language).sentence for id_ in town.network.parties.ids}
    golden(json.dumps(sentences, ensure_ascii=False, indent=1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_account_of_the_firm_below_a_defaulter(town: Scoring, language: Language, golden: Golden) -> None:
    golden(explain(town, "K-yuanfeng", language=language).model_dump_json(indent=1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_account_of_a_firm_two_tiers_below_a_listed_maker(town: Scoring, language: Language, golden: Golden) -> None:
    golden(explain(town, "K-sme", language=language).model_dump_json(indent=1))


def test_the_account_of_a_possible_successor(town: Scoring, golden: Golden) -> None:
    golden(explain(town, "K-new").model_dump_json(indent=1))


def test_the_account_of_a_person_has_roles_and_no_score(town: Scoring, golden: Golden) -> None:
    golden(explain(town, "K-zhao").model_dump_json(indent=1))


def test_the_account_of_the_listed_firm_itself(town: Scoring, golden: Golden) -> None:
    golden(explain(town, "K-hengtai").model_dump_json(indent=1))


def test_who_to_look_at_first(town: Scoring, golden: Golden) -> None:
    golden(json.dumps([line.model_dump(mode="json") for line in risky(town, limit=50)], ensure_ascii=False, indent=1))


def test_persons_are_never_in_the_ranking_and_own_listings_come_first(town: Scoring) -> None:
    ranking = risky(town, limit=50)
    standings = [line.standing.value for line in ranking]
    assert standings == sorted(standings, key=["listed", "by_association", "look"].index)
    assert all(line.kind is not PartyKind.PERSON for line in ranking)
    bears = [line.points < 0 or line.look == "owned" for line in ranking if line.standing.value == "by_association"]
    assert bears == sorted(bears, reverse=True)


def test_the_reliable_have_nothing_found_and_the_highest_scores_first(town: Scoring) -> None:
    values = [line.value or 0 for line in reliable(town, limit=10)]
    assert values
    assert values == sorted(values, reverse=True)


def test_a_creditor_is_not_told_to_be_near_its_debtor() -> None:
    world = region()
    world.link("TRADES_WITH", "K-guarantor2", "K-hengtai", amount=10.0, began_on="2026-01-01")
    explanation = explain(world.scoring(), "K-guarantor2")
    assert (explanation.score.standing.value, explanation.paths) == ("nothing_found", ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_ways_between_two_parties_come_shortest_first(town: Scoring, language: Language, golden: Golden) -> None:
    ways = Routes(Sentences(town, language)).between("K-new", "K-sme")
    lengths = [len(way.hops) for way in ways]
    assert lengths == sorted(lengths)
    golden(json.dumps([(way.sentence, way.strength) for way in ways], ensure_ascii=False, indent=1))


def test_there_is_no_way_to_a_stranger_and_none_to_nobody(town: Scoring) -> None:
    routes = Routes(Sentences(town, "en"))
    assert routes.between("K-sme", "K-sanctioned") == ()
    assert routes.between("K-sme", "K-sme") == ()
    with pytest.raises(EntityUnknown):
        routes.between("K-sme", "K-nobody")
    with pytest.raises(EntityUnknown):
        explain(town, "K-nobody")


def test_every_path_leads_to_the_rows_it_rests_on(town: Scoring) -> None:
    for id_ in town.network.parties.ids:
        for path in explain(town, id_).paths:
            assert all(hop.row_ids or hop.record_ids for hop in path.hops)
            assert path.hops[0].source.id == path.listed.id
            assert path.hops[-1].target.id == id_


def test_what_would_change_a_score_is_what_a_world_without_the_listing_gives() -> None:
    score = explain(region().scoring(), "K-yuanfeng").score
    assert [counterfactual.change for counterfactual in score.counterfactuals] == ["Without the listing of Hengtai Trading"]
    without = region()
    without.listings = [listing for listing in without.listings if listing.record_id != "K-hengtai"]
    without.listed("K-elsewhere")  # The court's list is still loaded.
    assert explain(without.scoring(), "K-yuanfeng").score.value == score.counterfactuals[0].score


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_for_people(town: Scoring, language: Language) -> None:
    text = "".join(explain(town, id_, language=language).model_dump_json() for id_ in town.network.parties.ids)
    assert not [word for word in FORBIDDEN if word in text]
    assert "{" not in "".join("".join(explain(town, id_, language=language).sentences) for id_ in town.network.parties.ids)


def test_both_languages_have_every_sentence() -> None:
    from graph.explanations.wording import _templates

    def keys(templates: object, path: str = "") -> list[str]:
        if not isinstance(templates, dict):
            return []
        return (
            [path]
            if {"en", "zh"} <= templates.keys()
            else [key for name, part in templates.items() for key in keys(part, f"{path}.{name}".strip("."))]
        )

    sentence_keys = keys({name: part for name, part in _templates().items() if isinstance(part, dict)})
    assert len(sentence_keys) > 60
    for language in LANGUAGES:
        assert Wording(language).percent(0.625) == ("62.5 %" if language == "en" else "62.5%")
