"""Stories of conduct: agencies and their bills, a mended record, an address that says nothing, and the reliable."""

from datetime import date

from samples.facts import HOME, Firm
from samples.population import days_ago
from samples.stories.stage import MARKET_REGULATOR, Stage

RELIABLE_FIRMS = 6
WORKS = ("办公楼维修", "排水管网改造", "校舍设备采购", "信息系统运维", "绿化养护", "应急物资采购", "路灯更换", "档案数字化")


def reliable(stage: Stage) -> None:
    """Old firms with the best marks and a long record of paying and delivering in time."""
    for position in range(RELIABLE_FIRMS):
        firm = stage.firm(founded_on=date(2001 + position, 3, 12), size=3.0)
        firm.punctual = 1.0
        stage.trusted.append(firm)
        _honour(stage, firm)
    for firm in stage.trusted:
        stage.market.contract(stage.rng.choice(stage.world.agencies), firm, stage.rng.choice(WORKS))
        stage.cast("reliable", "supporting", firm, "nothing", "best marks and a long record of keeping its word")
    for shop in stage.trusted[:2]:
        stage.market.orders(shop, 140, dispute_share=0.0)
    stage.supplies_us(*stage.trusted[:5])


def agency_that_does_not_pay(stage: Stage) -> None:
    """An agency with many unpaid bills, in every third seed also listed; twin: one late bill after a dispute."""
    slow_agency, fair_agency = stage.agency("城市管理局"), stage.agency("水利局")
    is_listed = stage.seed % 3 == 0
    outcomes = ["never"] * 7 + ["late"] * 4 + ["on_time"]
    for position, payment in enumerate(outcomes):
        supplier = stage.trusted[position % len(stage.trusted)]
        stage.market.contract(slow_agency, supplier, stage.rng.choice(WORKS), payment=payment)
    for position, payment in enumerate(["on_time"] * 10 + ["late_disputed"]):
        supplier = stage.trusted[position % len(stage.trusted)]
        stage.market.contract(fair_agency, supplier, stage.rng.choice(WORKS), payment=payment)
    if is_listed:
        stage.market.list_party(
            "government_breach",
            slow_agency,
            issuer=f"{HOME.zh}发展和改革委员会",
            reason="拖欠企业账款，经督促未履行",
            listed_on=days_ago(stage.rng.randint(30, 150)),
            amount=2_700_000,
        )
    story = "agency_unpaid"
    expect = "listed" if is_listed else "evidence"
    stage.cast(story, "risky", slow_agency, expect, "seven of its twelve contracts were never paid")
    stage.cast(story, "innocent_twin", fair_agency, "nothing", "one bill paid late, after a dispute over the work")


def repaired(stage: Stage) -> None:
    """A firm that was listed, mended what was wrong and was taken off."""
    firm, unrepaired = stage.firm(size=1.2), stage.firm()
    reason = "提交虚假材料取得行政许可"
    listed_on = days_ago(stage.rng.randint(600, 700))
    removed_on = days_ago(stage.rng.randint(60, 150))
    stage.market.list_party(
        "serious_violation",
        firm,
        issuer=MARKET_REGULATOR,
        reason=reason,
        listed_on=listed_on,
        removed_on=removed_on,
        ground="信用修复",
    )
    stage.market.list_party("serious_violation", unrepaired, issuer=MARKET_REGULATOR, reason=reason, listed_on=listed_on)
    stage.cast("repaired", "innocent_twin", firm, "nothing", "was listed once, repaired and removed")
    stage.cast("repaired", "risky", unrepaired, "listed", "listed for the same conduct and not repaired")
    stage.supplies_us(firm, unrepaired)


def registered_agent(stage: Stage) -> None:
    """Hundreds of honest firms at one agent's address, and one that is listed."""
    address = stage.population.sibling_address(stage.population.address(), "1幢1901室（商务秘书托管）")
    listed_firm = stage.firm(address=address)
    guests = [stage.population.firm(address=address) for _ in range(stage.agent_firms - 1)]
    for guest in guests:
        stage.population.add_shareholders(guest)
    stage.default(listed_firm, ago_days=stage.rng.randint(60, 400), amount=640_000)
    story = "registered_agent"
    stage.cast(story, "risky", listed_firm, "listed", "on the court's list of defaulters")
    for firm in guests[:20]:
        stage.cast(story, "innocent_twin", firm, "nothing", "only shares the agent's address")
    stage.supplies_us(listed_firm, *guests[:2])


def _honour(stage: Stage, firm: Firm) -> None:
    market = stage.market
    market.mark("customs", firm, "advanced", days_ago(stage.rng.randint(300, 900)))
    for year in (2023, 2024, 2025):
        market.mark("tax", firm, "A", date(year + 1, 4, 20))
    for position in range(3):
        market.mark("patent", firm, f"一种{firm.industry.goods}加工装置{position + 1}", days_ago(stage.rng.randint(200, 1500)))
    for _ in range(6):
        market.declare(firm, stage.rng.uniform(1e5, 4e5))
