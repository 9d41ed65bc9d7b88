"""Random small worlds for the laws: cycles, hubs, self links, parallel links, stakes of zero and beyond the whole."""

from typing import Any

from hypothesis import strategies as st

from tests.graph.world import World

FIRMS = [f"F{n}" for n in range(7)]
PERSONS = ["P0", "P1"]
ADDRESSES = [None, "浙江省台州市临海路1号", "浙江省台州市临海路2号"]
PHONES = [None, "0576-8512345"]
LISTS = ["court_judgment_default", "customs_discredited", "fake_or_low_quality_products", "tax_credit_d", "credit_inflation"]

between = st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS))
share = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.62, 1.0])
amount = st.sampled_from([-20.0, 0.0, 5.0, 40.0, 100.0])
owns = st.tuples(
    st.just("OWNS"), st.sampled_from(FIRMS + PERSONS), st.sampled_from(FIRMS), st.fixed_dictionaries({"share": share})
)
Statements = st.SearchStrategy[tuple[str, str, str, dict[str, Any]]]
no_attributes: st.SearchStrategy[dict[str, Any]] = st.just({})
plain: Statements = st.tuples(
    st.sampled_from(["CONTROLS", "GUARANTEES", "SUCCEEDS", "BRANCH_OF"]),
    st.sampled_from(FIRMS),
    st.sampled_from(FIRMS),
    st.just({}),
)
stands: Statements = st.tuples(
    st.sampled_from(["REPRESENTS", "DIRECTS", "OWNS"]), st.sampled_from(PERSONS), st.sampled_from(FIRMS), no_attributes
)
trade = st.tuples(
    st.sampled_from(["SUPPLIES", "TRADES_WITH"]),
    st.sampled_from(FIRMS),
    st.sampled_from(FIRMS),
    st.fixed_dictionaries({"amount": amount, "began_on": st.just("2026-01-01"), "verified": st.booleans()}),
)
links = st.lists(st.one_of(owns, plain, stands, trade), max_size=14)
listed = st.lists(
    st.tuples(st.sampled_from(FIRMS + PERSONS), st.sampled_from(LISTS), st.lists(st.sampled_from(FIRMS), max_size=2)), max_size=4
)
outcomes = st.sampled_from(["paid_on_time", "paid_late", "defaulted", "delivered"])
report_lists = st.lists(st.tuples(st.sampled_from(FIRMS + PERSONS), st.sampled_from(FIRMS), outcomes), max_size=10)
marked = st.lists(st.tuples(st.sampled_from(FIRMS), st.sampled_from(["tax_a", "aeo_advanced", "licensed_bank"])), max_size=3)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A world of seven firms and two persons."""
    world = World()
    for firm in FIRMS:
        world.party(firm, address=draw(st.sampled_from(ADDRESSES)), phone=draw(st.sampled_from(PHONES)), founded_on="2012-05-01")
    for person in PERSONS:
        world.party(person, "person")
    filled(world, draw(links), draw(listed), draw(report_lists), draw(marked))
    return world


def filled(world: World, ties: list[Any], listings: list[Any], dealings: list[Any], marks: list[Any]) -> None:
    """Add statements; each gets its own case or invoice number."""
    for kind, source, target, attributes in ties:
        world.link(kind, source, target, **attributes)
    for number, (party, list_type, creditors) in enumerate(listings):
        world.listed(party, list_type, case_no=f"case {number}", creditor_ids=tuple(creditors), release_id="release")
    for number, (reporter, subject, outcome) in enumerate(dealings):
        world.report(reporter, subject, outcome, fact_key=f"invoice {number}")
    for party, mark in marks:
        world.recognition(party, mark)
