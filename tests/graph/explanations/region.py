"""A town of a dozen parties with one of everything there is to explain."""

from graph.scores.scoring import Scoring
from tests.graph.world import World

OFFICE = "浙江省台州市临海市大洋街道1号"


def region() -> World:
    """A defaulter and those around it, a supply chain, a ring, an agency that does not pay, sanctioned owners."""
    world = World()
    world.party("K-hengtai", name="Hengtai Trading", founded_on="2015-03-01", address=OFFICE, attributes={"industry": "F51"})
    world.party("K-yuanfeng", name="Yuanfeng Parts", founded_on="2018-01-01")
    world.party("K-sme", name="Linhai Kitchenware", founded_on="2016-05-01")
    world.party("K-new", name="Hengtai New Trading", founded_on="2025-05-01", address=OFFICE, attributes={"industry": "F51"})
    world.party("K-zhao", "person", name="Zhao Min")
    world.party("K-guarantor", name="Haimen Timber")
    world.party("K-maker", name="Jiaojiang Valves")
    world.party("K-bureau", "agency", name="City Works Bureau")
    world.party("K-treasury", "agency", name="City Treasury")
    _control(world)
    _trade(world)
    _dealings(world)
    return world


def scoring() -> Scoring:
    """Network, signals and scores of the town."""
    return region().scoring()


def _control(world: World) -> None:
    world.listed("K-hengtai", case_no="(2025)浙1082执101号", creditor_ids=("K-guarantor2",), disputed_since="2026-06-01")
    world.link("OWNS", "K-hengtai", "K-yuanfeng", share=0.62, began_on="2020-01-01")
    world.link("OWNS", "K-hengtai", "K-yuanfeng", share=0.6, dataset="platform", source_class="1")
    world.link("OWNS", "K-yuanfeng", "K-sme", share=0.3, dataset="bods", source_class="2")
    world.link("DIRECTS", "K-zhao", "K-hengtai", role="监事")
    world.link("DIRECTS", "K-zhao", "K-new", began_on="2025-05-01")
    world.link("REPRESENTS", "K-zhao", "K-old", ended_on="2024-02-01")
    world.link("GUARANTEES", "K-guarantor", "K-hengtai", amount=5_000_000.0, currency="CNY", dataset="bank", source_class="2")
    world.listed("K-sanctioned", "sanctions_us", issuer="OFAC")
    world.link("OWNS", "K-sanctioned", "K-owned", share=0.55)


def _trade(world: World) -> None:
    world.listed("K-maker", "fake_or_low_quality_products", issuer="Market Supervision Bureau")
    chain = (
        ("K-maker", "K-dealer", 60.0),
        ("K-dealer", "K-sme", 55.0),
        ("K-other", "K-dealer", 15.0),
        ("K-other", "K-sme", 25.0),
    )
    for seller, buyer, amount in chain:
        world.link(
            "SUPPLIES",
            seller,
            buyer,
            amount=amount,
            began_on="2026-02-01",
            fact_key=seller + buyer,
            source_class="2",
            dataset="invoices",
        )
    for ring_seller, ring_buyer in (("K-ring1", "K-ring2"), ("K-ring2", "K-ring3"), ("K-ring3", "K-ring1")):
        world.link(
            "SUPPLIES",
            ring_seller,
            ring_buyer,
            amount=100.0,
            began_on="2026-03-01",
            fact_key=ring_seller + ring_buyer,
            source_class="2",
            dataset="invoices",
        )


def _dealings(world: World) -> None:
    for number, supplier in enumerate(("K-s1", "K-s2", "K-s3")):
        world.link("AWARDS", "K-treasury", supplier, amount=10.0, began_on="2026-01-01", fact_key=f"award {number}")
        world.report(supplier, "K-bureau", "defaulted", fact_key=f"bill {number}", dataset="contracts", source_class="1")
        world.report(supplier, "K-sme", "paid_on_time", fact_key=f"invoice {number}", dataset="invoices", source_class="2")
