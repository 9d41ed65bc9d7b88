"""Stories of control and liability: ownership, succession, guarantees, and a name that is not enough."""

from datetime import timedelta

from samples.facts import AWAY, TODAY, Firm, Post
from samples.population import days_ago
from samples.stories.stage import Stage

TRIFLES = (0.006, 0.008, 0.01)


def defaulters_subsidiary(stage: Stage) -> None:
    """A listed parent and the firm it owns; twins: firms in which it holds next to nothing, or no longer anything."""
    rng, population = stage.rng, stage.population
    parent = stage.firm(founded=days_ago(5200), size=2.0)
    child = stage.firm(settle=False, founded=days_ago(1900), industry=parent.industry)
    trifle = stage.firm(settle=False, founded=days_ago(2600))
    former = stage.firm(settle=False, founded=days_ago(3000))
    stage.default(parent, ago_days=rng.randint(120, 420))
    share = rng.choice((0.6, 0.7, 0.75, 0.85, 1.0))
    _split(stage, parent, child, share)
    _split(stage, parent, trifle, rng.choice(TRIFLES))
    stake = population.own(parent, former, 0.8)
    stake.ended = days_ago(rng.randint(760, 900))
    population.own(former.head, former, 1.0, began=stake.ended)
    story = "defaulters_subsidiary"
    stage.cast(story, "supporting", parent, "listed", "on the court's list of defaulters")
    stage.cast(story, "risky", child, "by_association", f"the defaulter owns {share:.0%} of it")
    stage.cast(story, "innocent_twin", trifle, "nothing", "the defaulter holds one hundredth of it")
    stage.cast(story, "innocent_twin", former, "nothing", "the defaulter sold its stake more than two years ago")
    stage.supplies_us(child, trifle, former)


def phoenix(stage: Stage) -> None:
    """Two struck-off defaulters that came back under new names: one register names the old firm, the other does not."""
    for told in (True, False):
        old, new = _rebirth(stage, told=told)
        how = "the register names its predecessor" if told else "same persons, address, phone and trade, weeks later"
        stage.cast("phoenix", "supporting", old, "listed", "listed, then struck off")
        stage.cast("phoenix", "risky", new, "by_association", how)
        stage.supplies_us(new)
    for _ in range(5):  # A business centre: several honest firms have sat there.
        neighbour = stage.firm(address=old.address)
        stage.market.trade(stage.rng.choice(stage.trusted), neighbour, 300_000, times=3)
    later = stage.firm(address=old.address, founded=days_ago(90), industry=old.industry)
    stage.cast("phoenix", "innocent_twin", later, "nothing", "rents the same room years later, other people")
    stage.supplies_us(later)


def guarantor_chain(stage: Stage) -> None:
    """First guarantor -> second guarantor -> defaulter; twin: a guarantor released long before."""
    first, second, debtor, released = (stage.firm(size=1.2) for _ in range(4))
    bank = stage.rng.choice(stage.banks)
    stage.default(debtor, ago_days=stage.rng.randint(60, 300), amount=5_600_000)
    stage.market.guarantee(second, debtor, bank, 5_000_000)
    stage.market.guarantee(first, second, bank, 3_000_000)
    stage.market.guarantee(released, debtor, bank, 2_000_000, released=days_ago(stage.rng.randint(365, 460)))
    story = "guarantor_chain"
    stage.cast(story, "supporting", debtor, "listed", "on the court's list of defaulters")
    stage.cast(story, "risky", second, "by_association", "guarantees the defaulter's loan")
    stage.cast(story, "risky", first, "by_association", "guarantees the guarantor")
    stage.cast(story, "innocent_twin", released, "nothing", "its guarantee was released before")
    stage.supplies_us(first, second, released)


def namesake(stage: Stage) -> None:
    """A defaulting person with a firm; twins: a namesake's firms, and a firm of the same brand in another town."""
    population = stage.population
    defaulter = population.person()
    other = population.person(name=defaulter.name)
    own = stage.firm(head=defaulter, founded=days_ago(2100))
    honest = [stage.firm(head=other), stage.firm(head=other)]
    brand_en = own.name_en.removeprefix(f"{own.region.en} ").split(" ")[0]
    same_brand = stage.firm(region=AWAY, brand=(own.brand, brand_en), industry=own.industry)
    stage.world.posts.append(Post(other, honest[0], "执行董事"))
    stage.default(defaulter, ago_days=stage.rng.randint(90, 330), amount=870_000)
    story = "namesake"
    stage.cast(story, "supporting", defaulter, "listed", "a person on the court's list; shown to nobody as risky")
    stage.cast(story, "risky", own, "by_association", "headed and owned by the defaulter")
    for firm in honest:
        stage.cast(story, "innocent_twin", firm, "nothing", "headed by somebody else of the same name")
    stage.cast(story, "innocent_twin", same_brand, "nothing", "same brand, another town, another firm")
    stage.supplies_us(own, honest[0], same_brand)


def _split(stage: Stage, owner: Firm, owned: Firm, share: float) -> None:
    stage.population.own(owner, owned, share)
    if share < 1:
        stage.population.own(owned.head, owned, round(1 - share, 4))


def _rebirth(stage: Stage, *, told: bool) -> tuple[Firm, Firm]:
    population = stage.population
    head, partner = population.person(), population.person()
    closed = TODAY - timedelta(days=stage.rng.randint(330, 480))
    old = stage.firm(settle=False, head=head, founded=days_ago(stage.rng.randint(2600, 4200)))
    new = stage.firm(
        settle=False,
        head=head,
        industry=old.industry,
        address=old.address,
        founded=closed + timedelta(days=stage.rng.randint(12, 40)),
    )
    old.status, old.ended = "吊销", closed
    new.phone = old.phone
    for firm in (old, new):
        population.own(head, firm, 0.7)
        population.own(partner, firm, 0.3)
    if told:
        new.predecessor = old
    stage.default(old, ago_days=(TODAY - closed).days + stage.rng.randint(40, 120), amount=3_900_000)
    return old, new
