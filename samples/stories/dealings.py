"""Stories of trade: what flows down a supply chain, trade that only pretends, and the firm that asks."""

from datetime import timedelta

from samples.facts import TODAY, Firm
from samples.population import days_ago
from samples.stories.stage import MARKET_REGULATOR, Stage
from samples.words import words

MADE_GOODS, SOLD_GOODS = ("五金制品", "阀门", "电子元件", "线缆"), ("家具", "照明电器", "汽车配件", "环保设备")
RING_BURSTS, RING_ROUNDS = 3, 4
SUPPLIERS_MIN = 30


def counterfeit_two_tiers_up(stage: Stage) -> None:
    """A listed maker feeds a dealer who feeds a supplier; twin: a buyer that takes one hundredth from the maker."""
    market, rng = stage.market, stage.rng
    trades = (rng.choice(MADE_GOODS), "贸易", rng.choice(SOLD_GOODS), rng.choice(SOLD_GOODS))
    maker, dealer, supplier, slight = (stage.firm(size=1.5, industry=words().industry(zh)) for zh in trades)
    market.list_party(
        "counterfeit_goods",
        maker,
        issuer=MARKET_REGULATOR,
        reason="生产销售假冒注册商标的商品，货值金额较大",
        listed_on=days_ago(rng.randint(100, 500)),
        amount=1_800_000,
    )
    market.trade(maker, dealer, rng.uniform(5.5e6, 6.5e6), times=14)
    market.trade(dealer, supplier, rng.uniform(6.6e6, 7.4e6), times=12)
    market.trade(maker, slight, 60_000, times=2)
    for partner in stage.trusted[:4]:
        market.trade(slight, partner, 1_500_000, times=4)
    story = "counterfeit_supply"
    stage.cast(story, "supporting", maker, "listed", "on the list of makers of counterfeit goods")
    stage.cast(story, "risky", dealer, "look", "buys most of its goods from the listed maker")
    stage.cast(story, "risky", supplier, "look", "buys most of its goods from the dealer: two tiers down")
    stage.cast(story, "innocent_twin", slight, "nothing", "one hundredth of its trade is with the maker")
    stage.supplies_us(supplier, slight)


def conjuring_ring(stage: Stage) -> None:
    """Firms that invoice and order from each other in bursts; twin: an honest group with known ownership."""
    members = [stage.firm(size=0.4, founded_on=days_ago(stage.rng.randint(500, 900))) for _ in range(stage.rng.randint(6, 9))]
    _pretend(stage, members)
    for firm in members:
        stage.cast("conjuring_ring", "risky", firm, "look", "trades in circles with the other members of the ring")
    parent = stage.firm(size=2.0, founded_on=days_ago(6000))
    group = [stage.firm(settle=False, size=1.0, founded_on=days_ago(2500)) for _ in range(4)]
    for child in group:
        stage.population.add_stake(parent, child, 1.0)
    _share_work(stage, [parent, *group])
    for firm in (parent, *group):
        stage.cast("conjuring_ring", "innocent_twin", firm, "nothing", "trades within its own, openly owned group")
    stage.supplies_us(members[0], group[0])


def our_firm(stage: Stage, busiest: list[Firm]) -> Firm:
    """The sample's own firm: buys from firms of every story and from the busiest others, mostly paying in time."""
    firm = stage.firm(size=1.0, founded_on=days_ago(2500), industry=words().industry("厨具"))
    firm.punctual = 0.97
    missing_count = max(0, SUPPLIERS_MIN - len(stage.suppliers))
    stage.suppliers.extend(stage.rng.sample(busiest, min(missing_count, len(busiest))))
    for supplier in stage.suppliers:
        stage.market.trade(supplier, firm, stage.rng.uniform(80_000, 160_000), times=stage.rng.randint(2, 4))
    for customer in stage.rng.sample(busiest, min(8, len(busiest))):
        stage.market.trade(firm, customer, stage.rng.uniform(200_000, 500_000), times=5)
    stage.cast("our_firm", "supporting", firm, "nothing", "the firm that wants to know its suppliers")
    return firm


def _pretend(stage: Stage, members: list[Firm]) -> None:
    """Circles and returns of nearly the same sums within days; orders paid from two accounts, with empty parcels."""
    rng, market = stage.rng, stage.market
    payers = [f"a{rng.randrange(10**9):09d}" for _ in range(2)]
    device = f"d{rng.randrange(10**9):09d}"
    for _ in range(RING_BURSTS):
        start = market.days_back(40, 400)
        for _ in range(RING_ROUNDS):
            circle = rng.sample(members, len(members))
            amount = rng.uniform(180_000, 320_000)
            for seller, buyer in zip(circle, circle[1:] + circle[:1], strict=True):
                for from_firm, to_firm in ((seller, buyer), (buyer, seller)):
                    day = min(TODAY, start + timedelta(days=rng.randrange(9)))
                    market.invoice(from_firm, to_firm, amount * rng.uniform(0.97, 1.03), day, late=False)
    for shop in members:
        shop.shop = f"S{rng.randrange(10**7, 10**8)}"
        for buyer in rng.sample([firm for firm in members if firm is not shop], 4):
            for _ in range(6):
                market.order(
                    shop,
                    f"b{buyer.uscc[8:17]}",
                    market.days_back(40, 400),
                    rng.uniform(900, 1100),
                    device=device,
                    payer=rng.choice(payers),
                    buyer_firm=buyer,
                    parcel=rng.random() < 0.2,
                    refund=rng.random() < 0.3,
                )


def _share_work(stage: Stage, group: list[Firm]) -> None:
    """A group's inner trade, both ways, beside much trade with others."""
    rng, market = stage.rng, stage.market
    for seller in group:
        for buyer in rng.sample([firm for firm in group if firm is not seller], 3):
            market.trade(seller, buyer, rng.uniform(150_000, 350_000), times=5)
        for customer in rng.sample(stage.trusted, min(4, len(stage.trusted))):
            market.trade(seller, customer, rng.uniform(300_000, 500_000), times=4)
