from tests.graph.world import World


def circle(world: World, *members: str, both: bool = False) -> None:
    for number, (one, two) in enumerate(zip(members, (*members[1:], members[0]), strict=True)):
        for seller, buyer in ((one, two), (two, one)) if both else ((one, two),):
            world.link("SUPPLIES", seller, buyer, amount=100.0 + number, began_on="2026-02-01", fact_key=f"{seller}{buyer}")


def members(world: World) -> list[tuple[str, ...]]:
    scoring = world.scoring()
    return [tuple(scoring.network.parties.ids[one] for one in ring.members) for ring in scoring.signals.rings]


def test_a_mutual_ring_and_a_one_way_circle_are_cases() -> None:
    world = World()
    circle(world, "A", "B", "C", "D", both=True)
    circle(world, "E", "F", "G")
    assert sorted(members(world)) == [("A", "B", "C", "D"), ("E", "F", "G")]


def test_a_group_under_open_ownership_is_none() -> None:
    world = World()
    circle(world, "A", "B", "C", "D", both=True)
    for child in ("B", "C", "D"):
        world.link("OWNS", "A", child, share=1.0)
    assert members(world) == []


def test_firms_that_mostly_trade_with_others_are_none() -> None:
    world = World()
    circle(world, "A", "B", "C", "D", both=True)
    for firm in ("A", "B", "C", "D"):
        for customer in range(4):
            world.link("SUPPLIES", firm, f"Z{firm}{customer}", amount=5000.0, began_on="2026-02-01", fact_key=f"{firm}{customer}")
    assert members(world) == []


def test_a_case_is_no_listing_bears_no_points_and_tells_what_it_conjured() -> None:
    world = World()
    circle(world, "A", "B", "C", both=True)
    world.mark("Z", "tax_a")
    world.told("Z", "A", "paid_on_time", fact_key="z")
    for one, two in (("A", "B"), ("B", "C"), ("C", "A")):
        world.told(one, two, "paid_on_time", fact_key=one + two)
    scoring = world.scoring()
    ring = scoring.signals.rings[0]
    assert ring.gain > 1.5
    assert not any(scoring.listings(member) for member in ring.members)
    assert not any(points.any() for points in scoring.looks.points.values())
