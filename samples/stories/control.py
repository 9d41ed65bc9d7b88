"""Stories of control and liability: ownership, succession, guarantees, and a name that is not enough."""

from datetime import timedelta

from samples.facts import AWAY, TODAY, Firm, Post
from samples.population import days_ago
from samples.stories.stage import Stage

TRIFLES = (0.006, 0.008, 0.01)


def defaulters_subsidiary(stage: Stage) -> None:
    """A listed parent and the firm it owns; twins: firms in which it holds next to nothing, or no longer anything."""
    rng, population = stage.rng, stage.population
    parent = stage.firm(founded_on=days_ago(5200), size=2.0)
    child = stage.firm(settle=False, founded_on=days_ago(1900), industry=parent.industry)
    trifle = stage.firm(settle=False, founded_on=days_ago(2600))
    former = stage.firm(settle=False, founded_on=days_ago(3000))
    stage.default(parent, ago_days=rng.randint(120, 420))
    share = rng.choice((0.6, 0.7, 0.75, 0.85, 1.0))
    _split(stage, parent, child, share)
    _split(stage, parent, trifle, rng.choice(TRIFLES))
    stake = population.add_stake(parent, former, 0.8)
    stake.ended_on = days_ago(rng.randint(760, 900))
    population.add_stake(former.head, former, 1.0, began_on=stake.ended_on)
    story = "defaulters_subsidiary"
    stage.cast(story, "supporting", parent, "listed", "on the court's list of defaulters")
    stage.cast(story, "risky", child, "by_association", f"the defaulter owns {share:.0%} of it")
    stage.cast(story, "innocent_twin", trifle, "nothing", "the defaulter holds one hundredth of it")
    stage.cast(story, "innocent_twin", former, "nothing", "the defaulter sold its stake more than two years ago")
    stage.supplies_us(child, trifle, former)


def phoenix(stage: Stage) -> None:
    """Two struck-off defaulters that came back under new names: one register names the old firm, the other does not."""
    for names_predecessor in (True, False):
        old, new = _rebirth(stage, names_predecessor=names_predecessor)
        note = (
            "the register names its predecessor" if names_predecessor else "same persons, address, phone and trade, weeks later"
        )
        stage.cast("phoenix", "supporting", old, "listed", "listed, then struck off")
        stage.cast("phoenix", "risky", new, "by_association", note)
        stage.supplies_us(new)
    for _ in range(5):  # A business centre: several honest firms have sat there.
        neighbour = stage.firm(address=old.address)
        stage.market.trade(stage.rng.choice(stage.trusted), neighbour, 300_000, times=3)
    later = stage.firm(address=old.address, founded_on=days_ago(90), industry=old.industry)
    stage.cast("phoenix", "innocent_twin", later, "nothing", "rents the same room years later, other people")
    stage.supplies_us(later)


def guarantor_chain(stage: Stage) -> None:
    """First guarantor -> second guarantor -> defaulter; twin: a guarantor released long before."""
    first, second, debtor, released_guarantor = (stage.firm(size=1.2) for _ in range(4))
    bank = stage.rng.choice(stage.banks)
    stage.default(debtor, ago_days=stage.rng.randint(60, 300), amount=5_600_000)
    stage.market.guarantee(second, debtor, bank, 5_000_000)
    stage.market.guarantee(first, second, bank, 3_000_000)
    stage.market.guarantee(released_guarantor, debtor, bank, 2_000_000, released_on=days_ago(stage.rng.randint(365, 460)))
    story = "guarantor_chain"
    stage.cast(story, "supporting", debtor, "listed", "on the court's list of defaulters")
    stage.cast(story, "risky", second, "by_association", "guarantees the defaulter's loan")
    stage.cast(story, "risky", first, "by_association", "guarantees the guarantor")
    stage.cast(story, "innocent_twin", released_guarantor, "nothing", "its guarantee was released before")
    stage.supplies_us(first, second, released_guarantor)


def namesake(stage: Stage) -> None:
    """A defaulting person with a firm; twins: a namesake's firms, and a firm of the same brand in another town."""
    population = stage.population
    defaulter = population.person()
    namesake_person = population.person(name=defaulter.name)
    defaulters_firm = stage.firm(head=defaulter, founded_on=days_ago(2100))
    honest = [stage.firm(head=namesake_person), stage.firm(head=namesake_person)]
    brand_en = defaulters_firm.name_en.removeprefix(f"{defaulters_firm.region.en} ").split(" ")[0]
    same_brand = stage.firm(region=AWAY, brand=(defaulters_firm.brand, brand_en), industry=defaulters_firm.industry)
    stage.world.posts.append(Post(namesake_person, honest[0], "执行董事"))
    stage.default(defaulter, ago_days=stage.rng.randint(90, 330), amount=870_000)
    story = "namesake"
    stage.cast(story, "supporting", defaulter, "listed", "a person on the court's list; shown to nobody as risky")
    stage.cast(story, "risky", defaulters_firm, "by_association", "headed and owned by the defaulter")
    for firm in honest:
        stage.cast(story, "innocent_twin", firm, "nothing", "headed by somebody else of the same name")
    stage.cast(story, "innocent_twin", same_brand, "nothing", "same brand, another town, another firm")
    stage.supplies_us(defaulters_firm, honest[0], same_brand)


def _split(stage: Stage, owner: Firm, owned: Firm, share: float) -> None:
    stage.population.add_stake(owner, owned, share)
    if share < 1:
        stage.population.add_stake(owned.head, owned, round(1 - share, 4))


def _rebirth(stage: Stage, *, names_predecessor: bool) -> tuple[Firm, Firm]:
    population = stage.population
    head, partner = population.person(), population.person()
    closed = TODAY - timedelta(days=stage.rng.randint(330, 480))
    old = stage.firm(settle=False, head=head, founded_on=days_ago(stage.rng.randint(2600, 4200)))
    new = stage.firm(
        settle=False,
        head=head,
        industry=old.industry,
        address=old.address,
        founded_on=closed + timedelta(days=stage.rng.randint(12, 40)),
    )
    old.status, old.ended_on = "吊销", closed
    new.phone = old.phone
    for firm in (old, new):
        population.add_stake(head, firm, 0.7)
        population.add_stake(partner, firm, 0.3)
    if names_predecessor:
        new.predecessor = old
    stage.default(old, ago_days=(TODAY - closed).days + stage.rng.randint(40, 120), amount=3_900_000)
    return old, new
