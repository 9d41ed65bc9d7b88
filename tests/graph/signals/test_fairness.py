"""Fairness, as tests: who did nothing is not marked down, and nobody is marked down twice for one thing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.scores.scoring import Scoring
from ontology.score import LineKind
from tests.graph.scores.test_scoring import described
from tests.graph.signals.test_laws import few_examples
from tests.graph.signals.worlds import FIRMS, PERSONS, worlds
from tests.graph.world import World


@given(worlds(), st.sampled_from(FIRMS), st.sampled_from(["DIRECTS", "REPRESENTS"]))
@few_examples
def test_a_clean_director_or_representative_never_lowers_an_exposure(world: World, firm: str, kind: str) -> None:
    before = world.scoring()
    world.party("Zclean", "person")
    world.link(kind, "Zclean", firm)
    after = world.scoring()
    for name, risk in before.signals.risks.items():
        assert (after.signals.risks[name].exposure[: len(before.network)] >= risk.exposure - 1e-12).all()


def test_a_creditor_is_never_marked_down_for_its_debtor() -> None:
    """Nor where it owns the debtor, trades with it and is guaranteed by it."""
    world, clean = described(World(), "Creditor"), described(World(), "Creditor")
    for each_world in (world, clean):
        each_world.link("OWNS", "Creditor", "Debtor", share=0.9)
        each_world.link("SUPPLIES", "Creditor", "Debtor", amount=100.0, began_on="2026-01-01")
        each_world.link("GUARANTEES", "Creditor", "Debtor")
    world.listed("Debtor", creditor_ids=("Creditor",))
    clean.listed("Elsewhere")
    scoring, expected = world.scoring(), clean.scoring()
    place, plain_place = scoring.network.parties.index["Creditor"], expected.network.parties.index["Creditor"]
    assert scoring.score(place).value == expected.score(plain_place).value
    assert all(risk.exposure[place] == 0 for risk in scoring.signals.risks.values())


def test_a_listed_parent_is_not_punished_twice_through_its_subsidiary() -> None:
    """Its listing comes back over the subsidiary as an echo of its own: the score is that of the listing alone."""
    world, alone = described(World(), "Parent"), described(World(), "Parent")
    world.link("OWNS", "Parent", "Sub", share=1.0)
    world.link("GUARANTEES", "Parent", "Sub")
    for each_world in (world, alone):
        each_world.listed("Parent", "ip_serious_violation", "2026-06-01")
    scoring, expected = world.scoring(), alone.scoring()
    place = scoring.network.parties.index["Parent"]
    assert scoring.score(place).value == expected.score(expected.network.parties.index["Parent"]).value
    assert scoring.signals.risks["corporate"].exposure[place] == 0
    assert scoring.signals.risks["corporate"].exposure[scoring.network.parties.index["Sub"]] > 0


@given(worlds())
@few_examples
def test_loading_strangers_moves_nobodys_evidence(world: World) -> None:
    """Parties that dealt with nobody here, a vetted one among them, where seeds are named one by one."""
    seeds = ("F0", "F1")
    before = world.scoring(seeds=seeds).signals.evidence
    for number in range(4):
        world.report(f"Zstranger{number}", f"Zstranger{number + 1}", "defaulted", fact_key=f"elsewhere {number}")
    world.recognition("Zstranger0", "licensed_bank")
    after = world.scoring(seeds=seeds).signals.evidence
    assert after.value[: len(before.value)] == pytest.approx(before.value, abs=1e-12)


@given(worlds(), st.sampled_from(FIRMS), st.sampled_from(["court_judgment_default", "customs_discredited"]))
@few_examples
def test_a_listing_on_a_firm_adds_nothing_to_any_person_and_makes_no_listing(world: World, firm: str, list_type: str) -> None:
    before = world.scoring()
    world.listed(firm, list_type, case_no="one more", release_id="release")
    after = world.scoring()
    for person in PERSONS:
        place = after.network.parties.index[person]
        assert after.score(place) == before.score(place)
        for name, risk in after.signals.risks.items():
            assert risk.value[place] == pytest.approx(before.signals.risks[name].value[place])
    for party in range(len(after.network)):
        ids_before = {status.listing.id for status in before.listings(party)}
        assert {status.listing.id for status in after.listings(party)} - ids_before <= (
            {world.listings[-1].id} if _owns(after, firm, party) else set()
        )


def _owns(scoring: Scoring, firm: str, party: int) -> bool:
    """Whether a party is the same legal person as a firm: its branches and head office are one node."""
    nodes = scoring.network.nodes
    return bool(nodes[party] == nodes[scoring.network.parties.index[firm]])


@given(worlds(), st.data())
@few_examples
def test_removing_one_listing_leaves_what_there_would_be_had_it_never_been_made(world: World, data: st.DataObject) -> None:
    if not world.listings:
        return
    world.listed("Zelsewhere", "court_judgment_default")
    place = data.draw(st.integers(0, len(world.listings) - 2))
    listings = list(world.listings)
    world.listings[place] = listings[place].model_copy(update={"removed_on": listings[place].listed_on})
    removed = world.scoring()
    world.listings = [listing for listing in listings if listing is not listings[place]]
    never = world.scoring()
    for party in range(len(never.network)):
        assert removed.score(party) == never.score(party)
    assert removed.signals.association == pytest.approx(never.signals.association)
    for name, risk in never.signals.risks.items():
        assert removed.signals.risks[name].exposure == pytest.approx(risk.exposure)


@given(worlds())
@few_examples
def test_lines_are_whole_points_with_rule_reason_and_evidence_and_add_up(world: World) -> None:
    scoring = world.scoring()
    for party in range(len(scoring.network)):
        rounded = scoring.score(party).rounded
        if rounded is None:
            continue
        assert sum(int(line.points) for line in rounded.lines) == rounded.value
        assert rounded.lines[0].kind is LineKind.BASE
        for line in rounded.lines:
            assert float(line.points).is_integer()
            assert line.rule_id
            assert line.reason
            assert line.evidence or line.kind is not LineKind.LISTING
        split = scoring.lines(party)
        assert all(line.evidence for line in split if line.kind is LineKind.EXPOSURE)
        assert np.isfinite([line.points for line in split]).all()
