"""The laws of the signals, on random worlds."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse

from graph.explanations.paths import PATHS_MAX, best_paths, hop_edges_into
from graph.network.edges import Edges, association_edges, edges_from
from graph.network.parties import PERSON
from graph.scores.scoring import Scoring
from graph.signals.operator import Operator
from graph.signals.risk import Risk
from graph.signals.trust import trust
from tests.graph.signals.worlds import FIRMS, PERSONS, worlds
from tests.graph.world import World

few_examples = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def matrix(edges: Edges) -> NDArray[np.float64]:
    """The operator as a plain matrix, made by scipy from its parts: the oracle of the kernel."""
    count = len(edges.receives)
    whole = sparse.csr_matrix((edges.coefficients, edges.senders, edges.starts), shape=(count, count)).toarray()
    for hub, factor in enumerate(edges.factor):
        members = edges.hub_members[edges.hub_starts[hub] : edges.hub_starts[hub + 1]]
        clique = np.zeros((count, count))
        clique[np.ix_(members, members)] = factor
        np.fill_diagonal(clique, 0.0)
        whole += clique * edges.receives[:, None]
    return np.asarray(whole * edges.scale[:, None])


def without_creditors(whole: NDArray[np.float64], blocked: tuple[int, ...]) -> NDArray[np.float64]:
    allowed = whole.copy()
    allowed[list(blocked)] = 0.0
    return allowed


def arrived(risk: Risk) -> NDArray[np.float64]:
    """What each seed (column) brings to each node (row), by powers of the plain matrix."""
    whole = matrix(risk.operator.edges)
    columns = []
    for seed in risk.seeds:
        step = without_creditors(whole, seed.blocked)
        state = np.zeros(len(risk.network))
        state[seed.node] = seed.strength
        total = state.copy()
        for _ in range(risk.hops):
            state = step @ state
            total += state
        columns.append(total)
    return np.array(columns).T if columns else np.zeros((len(risk.network), 0))


@given(worlds())
@few_examples
def test_every_finite_profile_is_what_powers_of_the_plain_matrix_give(world: World) -> None:
    for risk in world.scoring().signals.risks.values():
        assert risk.value == pytest.approx(arrived(risk).sum(axis=1), abs=1e-12)


@given(worlds())
@few_examples
def test_exposure_leaves_out_own_listings_and_their_echoes(world: World) -> None:
    for risk in world.scoring().signals.risks.values():
        brought = arrived(risk)
        nodes = np.array([seed.node for seed in risk.seeds], int)
        for node in range(len(risk.network)):
            from_others = brought[node, nodes != node].sum()
            assert risk.exposure[node] == pytest.approx(from_others, abs=1e-11)


@given(worlds())
@few_examples
def test_contributions_add_up_to_the_exposure(world: World) -> None:
    for risk in world.scoring().signals.risks.values():
        for node in range(len(risk.network)):
            assert sum(contribution.value for contribution in risk.contributions(node)) == pytest.approx(
                risk.exposure[node], abs=1e-9
            )


@given(worlds())
@few_examples
def test_paths_are_the_strongest_simple_ones_and_cover_no_more_than_there_is(world: World) -> None:
    for risk in world.scoring().signals.risks.values():
        for node in range(len(risk.network)):
            paths = best_paths(risk, node)
            strengths = [way.strength for way in paths]
            assert strengths == sorted(strengths, reverse=True)
            assert sum(strengths) <= risk.exposure[node] + 1e-9
            assert strengths == pytest.approx(_strongest(risk, node)[:PATHS_MAX], abs=1e-12)


def _strongest(risk: Risk, node: int) -> list[float]:
    """Strengths above the least a path may have, by trying every simple path."""
    strengths: list[float] = []
    everywhere = np.full(len(risk.network), np.inf)

    def walk(visited: tuple[int, ...], product: float) -> None:
        seeds = [seed for seed in risk.seeds_at.get(visited[-1], ()) if len(visited) > 1 and node not in seed.blocked]
        if seeds and not any(set(seed.blocked) & set(visited) for seed in seeds):
            strengths.append(product * sum(seed.strength for seed in seeds))
        if len(visited) <= risk.hops:
            for _, leap in hop_edges_into(risk, visited[-1], 1.0, everywhere):
                if leap.source not in visited:
                    walk((*visited, leap.source), product * leap.coefficient)

    walk((node,), 1.0)
    return sorted(
        (path_strength for path_strength in strengths if path_strength >= risk.network.rulebook.look.path_from), reverse=True
    )


@given(worlds())
@few_examples
def test_association_is_the_one_fixed_point_and_stays_below_its_bound(world: World) -> None:
    scoring = world.scoring()
    network = scoring.network
    whole = matrix(association_edges(network, network.rulebook.profiles["association"]))
    seeds = np.zeros(len(network))
    for risk_seed in _association_seeds(scoring):
        seeds[risk_seed[0]] += risk_seed[1]
    solved = np.linalg.solve(np.eye(len(network)) - whole, seeds)
    assert scoring.signals.association == pytest.approx(solved, abs=1e-9)
    assert (scoring.signals.association <= seeds.max(initial=0.0) / 0.3 + 1e-9).all()
    assert whole.sum(axis=1).max(initial=0.0) <= 0.7 + 1e-12


def _association_seeds(scoring: Scoring) -> list[tuple[int, float]]:
    from graph.signals.risk import seeds_of

    return [(seed.node, seed.strength) for seed in seeds_of(scoring.network, "association")]


@given(worlds(), st.sets(st.sampled_from(FIRMS), min_size=1, max_size=4))
@few_examples
def test_a_ring_cannot_create_trust(world: World, ring: set[str]) -> None:
    network = world.scoring().network
    flow = trust(network)
    t, a = flow.value, network.rulebook.trust.a
    members = sorted({int(network.nodes[network.parties.index[name]]) for name in ring})
    outflow = np.bincount(flow.flow.sender, flow.flow.weight, len(network))
    flowing = flow.flow.value / np.maximum(outflow[flow.flow.sender], 1e-300) * t[flow.flow.sender]
    comes_in = flowing[np.isin(flow.flow.receiver, members) & ~np.isin(flow.flow.sender, members)].sum()
    assert t[members].sum() <= flow.seeds[members].sum() + comes_in / (1 - a) + 1e-9
    assert t.sum() <= 1 + 1e-9


@given(worlds())
@few_examples
def test_nobody_elses_listing_reaches_a_person(world: World) -> None:
    for risk in world.scoring().signals.risks.values():
        persons = risk.network.parties.kind == PERSON
        assert risk.value[persons] == pytest.approx(risk.strengths[persons])
        assert (risk.exposure[persons] == 0).all()


@given(worlds())
@few_examples
def test_a_creditor_never_receives_the_exposure_of_its_case(world: World) -> None:
    for risk in world.scoring().signals.risks.values():
        for seed in risk.seeds:
            for creditor in seed.blocked:
                brought = [
                    contribution
                    for contribution in risk.contributions(creditor)
                    if seed.listing_status.listing.id in contribution.listing_ids
                ]
                assert not brought


@given(worlds())
@few_examples
def test_evidence_stays_within_its_bounds_and_invented_reporters_change_nothing(world: World) -> None:
    before = world.scoring().signals.evidence
    assert (np.abs(before.value) <= 1).all()
    for number in range(5):
        world.report(f"Zinvented{number}", "F0", "paid_on_time", fact_key=f"invented {number}")
    after = world.scoring().signals.evidence
    assert after.value[: len(before.value)] == pytest.approx(before.value, abs=1e-12)


def test_a_good_report_stays_and_a_bad_one_goes_when_its_retention_is_over() -> None:
    world = World()
    world.recognition("Bank", "licensed_bank")
    world.report("Bank", "Good", "paid_on_time", "2019-01-01")
    world.report("Bank", "Bad", "defaulted", "2019-01-01")
    world.report("Bank", "Recent", "defaulted", "2022-01-01")
    scoring = world.scoring()
    place = scoring.network.parties.index
    values = {name: scoring.signals.evidence.value[place[name]] for name in ("Good", "Bad", "Recent")}
    assert values["Good"] > 0
    assert values["Bad"] == 0
    assert values["Recent"] < 0


@given(worlds())
@few_examples
def test_strangers_move_nobody(world: World) -> None:
    before = world.scoring()
    world.link("OWNS", "Zstranger0", "Zstranger1", share=0.9)
    world.listed("Zstranger0", "customs_discredited", case_no="elsewhere")
    after = world.scoring()
    for name, risk in before.signals.risks.items():
        assert after.signals.risks[name].exposure[: len(before.network)] == pytest.approx(risk.exposure, abs=1e-12)


@given(worlds(), st.sampled_from(FIRMS), st.floats(0.0, 0.3))
@few_examples
def test_a_clean_owner_within_the_whole_never_lowers_exposure(world: World, owned: str, share: float) -> None:
    owned_share = sum(link.share or 0.0 for link in world.links if link.kind == "OWNS" and link.target_id == owned)
    before = world.scoring()
    world.link("OWNS", "Zclean", owned, share=share if owned_share + share <= 1 else 0.0)
    after = world.scoring()
    for name, risk in before.signals.risks.items():
        assert (after.signals.risks[name].exposure[: len(before.network)] >= risk.exposure - 1e-12).all()


@given(worlds())
@few_examples
def test_removal_removes_everywhere(world: World) -> None:
    """Repaired listings leave exactly what would be there had they never been made."""
    world.listings = [listing.model_copy(update={"removed_on": listing.listed_on}) for listing in world.listings]
    world.listed("Zelsewhere")  # The court's list stays loaded: what it does not hold is told by it too.
    repaired = world.scoring()
    world.listings = world.listings[-1:]
    never = world.scoring()
    for party in range(len(never.network)):
        assert repaired.score(party) == never.score(party)
    for name, risk in never.signals.risks.items():
        assert repaired.signals.risks[name].value == pytest.approx(risk.value)


@given(worlds())
@few_examples
def test_base_and_lines_add_up_to_every_score(world: World) -> None:
    scoring = world.scoring()
    for party in range(len(scoring.network)):
        scored = scoring.score(party)
        if scored.rounded:
            assert sum(line.points for line in scored.rounded.lines) == scored.rounded.value
            assert 350 <= scored.rounded.value <= 950
            split = scoring.score_from(party, scoring.listings(party), scoring.lines(party))
            assert split.value == scored.rounded.value
            assert sum(line.points for line in split.lines) == split.value


@given(worlds())
@few_examples
def test_walks_that_leave_out_what_comes_to_no_listed_party_bring_the_same_to_the_last_digit(world: World) -> None:
    scoring = world.scoring()
    for risk in scoring.signals.risks.values():
        anywhere = np.ones((risk.hops, len(scoring.network)), np.bool_)
        for node in range(len(scoring.network)):
            near, far = (dict(zip(*risk.operator.reach_into(node, takes), strict=True)) for takes in (risk.near, anywhere))
            assert {listed: near.get(listed, 0.0) for listed in risk.seeds_at} == {
                listed: far.get(listed, 0.0) for listed in risk.seeds_at
            }


@given(worlds(), st.sampled_from(FIRMS + PERSONS))
@few_examples
def test_the_local_spread_is_the_bulk_one(world: World, name: str) -> None:
    network = world.scoring().network
    node = int(network.nodes[network.parties.index[name]])
    operator = Operator(edges_from(network, network.rulebook.profiles["dealings"]))
    whole = matrix(operator.edges)
    unit = np.zeros(len(network))
    unit[node] = 1.0
    anywhere = np.ones((2, len(network)), np.bool_)
    for (nodes, values), step in ((operator.reach_from(node, 2), whole), (operator.reach_into(node, anywhere), whole.T)):
        dense = np.zeros(len(network))
        dense[nodes] = values
        assert dense == pytest.approx(unit + step @ unit + step @ (step @ unit), abs=1e-12)
