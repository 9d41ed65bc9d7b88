"""What every story needs: the world, what makes its parties and dealings, and the stories noted so far."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from samples.facts import HOME, TODAY, Agency, Firm, Listing, Party, Story, World
from samples.market import Market
from samples.population import Population

COURT = f"{HOME.zh}人民法院"
MARKET_REGULATOR = f"{HOME.zh}市场监督管理局"


@dataclass
class Stage:
    """One region in the making. `banks` and `trusted` are there before the first story."""

    world: World
    population: Population
    market: Market
    rng: Random
    seed: int
    agent_firms: int
    banks: list[Firm] = field(default_factory=list)
    trusted: list[Firm] = field(default_factory=list)
    suppliers: list[Firm] = field(default_factory=list)

    def firm(self, **traits: object) -> Firm:
        """A firm that trades only what its story says; wholly owned by its head unless `settle=False`."""
        settle = traits.pop("settle", True)
        firm = self.population.firm(**traits)  # type: ignore[arg-type]
        firm.quiet = True
        if settle:
            self.population.add_stake(firm.head, firm, 1.0)
        return firm

    def cast(self, story: str, role: str, party: Party, expect: str, note: str) -> None:
        """Notes what must be said of a party; firms of a story also sell to the sample's firm."""
        self.world.stories.append(Story(story, role, party, expect, note))

    def supplies_us(self, *firms: Firm) -> None:
        """These sell to the sample's own firm."""
        self.suppliers.extend(firms)

    def default(self, party: Party, *, ago_days: int, amount: float = 2_400_000) -> Listing:
        """Puts a party on the court's list of defaulters."""
        listed_on = TODAY - timedelta(days=ago_days)
        return self.market.list_party(
            "court_defaulters",
            party,
            issuer=COURT,
            reason="有履行能力而拒不履行生效法律文书确定义务",
            listed_on=listed_on,
            ends_on=date(listed_on.year + 2, listed_on.month, min(listed_on.day, 28)),
            amount=amount,
        )

    def agency(self, kind: str) -> Agency:
        """The agency of the region whose Chinese name ends in `kind`."""
        return next(agency for agency in self.world.agencies if agency.name == f"{HOME.zh}{kind}")
