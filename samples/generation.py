"""Makes the whole region: banks and agencies first, then the stories, then everybody else's ordinary life."""

from collections import Counter
from datetime import date

from samples.facts import AWAY, HOME, Firm, World
from samples.market import Market
from samples.population import Population, days_ago
from samples.rng import seeded_rng
from samples.stories import STORIES, Stage, our_firm
from samples.stories.conduct import WORKS
from samples.stories.stage import MARKET_REGULATOR
from samples.variant import AS_REGISTERED, Variant
from samples.words import Industry, words

AGENT_SHARE, AGENT_FIRMS_MAX = 0.3, 3000
PLATFORM = Industry("网络平台", "Online Platform", "Platform", "平台服务", "", 3, "月")
WATER = Industry("自来水", "Water Supply", "Water", "自来水", "", 3, "吨")
BANK = Industry("村镇银行", "Village Bank", "Bank", "贷款", "", 3, "笔")
STRAY_KINDS = ("absent", "banned", "taxed", "back", "copied")
STRAY_PERSONS = 3  # Listed persons who have no firm.
RECENT_YEAR = 2025  # The last year that tax grades were given for.


def generate_world(*, seed: int, firms: int, relations: int, times: int, variant: Variant = AS_REGISTERED) -> tuple[World, Firm]:
    """The world of one seed and the sample's own firm in it.

    firms: how many in all; relations: suppliers an ordinary firm has on average; times: invoices a relation.
    """
    world, rng = World(), seeded_rng(seed, "region")
    population, market = Population(world, rng, variant), Market(world, rng)
    stage = Stage(world, population, market, rng, seed, min(AGENT_FIRMS_MAX, int(firms * AGENT_SHARE)))
    for agency_kind in words().agencies:
        population.agency(agency_kind)
    stage.banks = [stage.firm(industry=BANK, founded_on=date(2009, 6, 1), size=4.0) for _ in range(2)]
    for service, year in ((WATER, 2006), (PLATFORM, 2014)):
        stage.firm(industry=service, founded_on=date(year, 5, 1), size=4.0)
    for story in STORIES:
        story(stage)
    story_clusters = {firm.cluster for firm in world.firms}
    while len(world.firms) < firms - 1:
        population.add_shareholders(population.firm())
    _add_ordinary_life(stage, relations=relations, times=times)
    ordinary = [firm for firm in world.firms if not firm.quiet]
    large = _busiest(world, ordinary)
    for firm in stage.trusted:
        market.steady_trade(firm, large)
    for firm in world.firms:
        if firm.quiet and firm not in stage.banks:
            market.light_trade(firm, large)
    return world, our_firm(stage, [firm for firm in large if firm.cluster not in story_clusters])


def _busiest(world: World, firms: list[Firm]) -> list[Firm]:
    """The third of the firms with most trade: a little more of it, with whomever, hardly shows in theirs."""
    volume: Counter[str] = Counter()
    for invoice in world.invoices:
        for firm in (invoice.seller, invoice.buyer):
            volume[firm.cluster] += round(invoice.amount)
    return sorted(firms, key=lambda firm: -volume[firm.cluster])[: len(firms) // 3]


def _add_ordinary_life(stage: Stage, *, relations: int, times: int) -> None:
    """Trade, public contracts, marks, orders, guarantees and a few listings of firms that are in no story."""
    market, rng = stage.market, stage.rng
    ordinary = [firm for firm in stage.world.firms if not firm.quiet]
    _list_stray_firms(stage, ordinary)
    for _ in range(STRAY_PERSONS):
        stage.default(stage.population.person(), ago_days=rng.randint(60, 600), amount=rng.uniform(5e4, 5e5))
    distant_agency = stage.population.agency(words().agencies[0], region=AWAY)
    market.list_party(
        "government_breach",
        distant_agency,
        issuer=f"{AWAY.zh}发展和改革委员会",
        reason="招商引资承诺未兑现",
        listed_on=days_ago(rng.randint(40, 300)),
    )
    market.ordinary_trade(relations=relations, times=times)
    for firm in ordinary:
        if not firm.quiet:
            _give_merit(stage, firm)
    for guarantor, debtor in zip(*[iter(rng.sample(ordinary, 2 * max(4, len(ordinary) // 80)))] * 2, strict=True):
        if not (guarantor.quiet or debtor.quiet):
            market.guarantee(guarantor, debtor, rng.choice(stage.banks), rng.choice((5e5, 1e6, 2e6)))
    for shop in rng.sample(ordinary, max(3, len(ordinary) // 100)):
        market.orders(shop, rng.randint(20, 80))


def _give_merit(stage: Stage, firm: Firm) -> None:
    """One good mark or public contract for every sixth firm."""
    market, rng = stage.market, stage.rng
    chance = rng.random()
    if chance < 0.08:
        market.mark("tax", firm, "A", date(RECENT_YEAR + 1, 4, 20))
    elif chance < 0.11:
        market.mark("customs", firm, rng.choice(("certified", "regular", "regular")), days_ago(rng.randint(100, 1500)))
        for _ in range(3):
            market.declare(firm, rng.lognormvariate(11.5, 0.6))
    elif chance < 0.14:
        market.mark("patent", firm, f"一种{firm.industry.goods}检测方法", days_ago(rng.randint(100, 1500)))
    elif chance < 0.17:
        market.contract(rng.choice(stage.world.agencies[:6]), firm, rng.choice(WORKS))


def _list_stray_firms(stage: Stage, ordinary: list[Firm]) -> None:
    """One in sixty of those who are in no story and whose head has no other firm, so that no innocent is touched."""
    heads = Counter(firm.head.cluster for firm in stage.world.firms)
    storied = {story.party.cluster for story in stage.world.stories}
    candidates = [firm for firm in ordinary if firm.cluster not in storied and heads[firm.head.cluster] == 1]
    for position, firm in enumerate(stage.rng.sample(candidates, max(len(STRAY_KINDS), len(candidates) // 60))):
        _list_stray_firm(stage, firm, STRAY_KINDS[position % len(STRAY_KINDS)])


def _list_stray_firm(stage: Stage, firm: Firm, kind: str) -> None:
    """An ordinary firm on a list of its own: abnormal operations (some ended), procurement or tax."""
    market, rng = stage.market, stage.rng
    firm.quiet = True
    listed_on = days_ago(rng.randint(60, 330))
    if kind in ("absent", "back"):
        removed_on = days_ago(rng.randint(5, 50)) if kind == "back" else None
        market.list_party(
            "abnormal_operations",
            firm,
            issuer=MARKET_REGULATOR,
            reason=rng.choice(("未按规定公示年度报告", "通过登记的住所无法联系")),
            listed_on=listed_on,
            removed_on=removed_on,
            ground="已补报年报" if removed_on else "",
        )
    elif kind == "banned":
        ends_on = date(listed_on.year + 1, listed_on.month, min(28, listed_on.day))
        issuer = f"{HOME.zh}财政局"
        market.list_party(
            "procurement_list", firm, issuer=issuer, reason="提供虚假材料谋取中标", listed_on=listed_on, ends_on=ends_on
        )
    elif kind == "copied":
        ends_on = date(listed_on.year + 2, listed_on.month, min(28, listed_on.day))
        market.list_party(
            "ip_penalties", firm, issuer=f"{HOME.zh}知识产权局", reason="重复专利侵权行为", listed_on=listed_on, ends_on=ends_on
        )
    else:
        market.mark("tax", firm, "D", date(RECENT_YEAR + 1, 4, 20))
