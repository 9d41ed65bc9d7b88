"""Trade, orders, contracts and listings: what the parties of the region do with each other."""

from datetime import date, timedelta
from itertools import accumulate
from random import Random

from samples.facts import TODAY, Agency, Contract, Declaration, Firm, Guarantee, Invoice, Listing, Mark, Order, World
from samples.facts import Party as Listed

MONTHS_BACK = 22  # Trade older than 24 months counts for nothing.
TERM_DAYS = (30, 45, 60)
RED_SHARE, VOID_SHARE = 0.012, 0.006
TYPICAL_INVOICE_YUAN = 60_000


class Market:
    """Adds dealings to a world; numbers run on, so that no two are the same."""

    def __init__(self, world: World, rng: Random) -> None:
        self.world, self.rng = world, rng

    def trade(self, seller: Firm, buyer: Firm, volume: float, *, times: int, late: bool | None = None) -> None:
        """`times` invoices of about `volume` yuan together, spread over the last months.

        late: whether the buyer pays late; by its own habit where left out.
        """
        for _ in range(times):
            issued = self._day_between(seller, buyer)
            self.invoice(seller, buyer, volume / times * self.rng.uniform(0.7, 1.3), issued, late=late)

    def invoice(self, seller: Firm, buyer: Firm, amount: float, issued: date, *, late: bool | None = None) -> Invoice:
        """One invoice, paid by the buyer's habit; now and then it is voided, or taken back by a red one."""
        due = issued + timedelta(days=self.rng.choice(TERM_DAYS))
        paid = self._paid(due, issued, buyer.punctual if late is None else float(not late))
        made = Invoice(self._number(), seller, buyer, issued, due, paid, round(amount, 2))
        self.world.invoices.append(made)
        chance = self.rng.random()
        if chance < RED_SHARE:
            self._take_back(made)
        elif chance < RED_SHARE + VOID_SHARE:
            made.status, made.paid = "void", None
        return made

    def ordinary_trade(self, *, relations: int, times: int) -> None:
        """Every firm that is in no story buys from some `relations` others, mostly one tier up the chain."""
        open_firms = [firm for firm in self.world.firms if not firm.quiet]
        tiers = [[f for f in open_firms if f.industry.tier == tier] or open_firms for tier in range(4)]
        weights = [list(accumulate(firm.size for firm in tier)) for tier in tiers]
        for buyer in open_firms:
            above = max(0, buyer.industry.tier - 1)
            for _ in range(self.rng.randint(1, 2 * relations - 1)):
                tier = above if self.rng.random() < 0.6 else self.rng.randrange(4)
                seller = self.rng.choices(tiers[tier], cum_weights=weights[tier])[0]
                if seller is not buyer:
                    self._relation(seller, buyer, times)

    def steady_trade(self, firm: Firm, partners: list[Firm]) -> None:
        """Much trade over the whole time with a dozen larger firms, bills always paid in time."""
        chosen = self.rng.sample(partners, min(12, len(partners)))
        for place, partner in enumerate(chosen):
            seller, buyer = (partner, firm) if place % 2 else (firm, partner)
            self.trade(seller, buyer, self.rng.uniform(2e5, 6e5), times=6, late=False)

    def light_trade(self, firm: Firm, partners: list[Firm], *, volume: float = 40_000) -> None:
        """Little ordinary trade with larger firms, as everybody has some."""
        for partner in self.rng.sample(partners, min(5, len(partners))):
            seller, buyer = (partner, firm) if self.rng.random() < 0.4 else (firm, partner)
            self.trade(seller, buyer, volume * self.rng.uniform(0.5, 1.5), times=2)

    def orders(self, shop: Firm, count: int, *, dispute_share: float = 0.004) -> None:
        """Honest orders of many buyers."""
        shop.shop = shop.shop or f"S{self.rng.randrange(10**7, 10**8)}"
        for _ in range(count):
            buyer = f"u{self.rng.randrange(10**9):09d}"
            disputed = self.rng.random() < dispute_share
            self.order(
                shop,
                buyer,
                self.days_back(1, 600),
                self.rng.lognormvariate(5.5, 0.9),
                device=f"d{buyer[1:]}",
                payer=f"a{buyer[1:]}",
                dispute="buyer_upheld" if disputed else "",
                rating=1 if disputed else self.rng.choice((4, 5, 5, 5, None)),
            )

    def order(
        self,
        shop: Firm,
        buyer: str,
        created: date,
        amount: float,
        *,
        device: str,
        payer: str,
        buyer_firm: Firm | None = None,
        parcel: bool = True,
        rating: int | None = 5,
        refund: bool = False,
        dispute: str = "",
    ) -> None:
        """One order; without a parcel nothing was sent."""
        number = f"{created:%y%m%d}{len(self.world.orders):08d}"
        sent = f"LT{self.rng.randrange(10**11, 10**12)}" if parcel else None
        self.world.orders.append(
            Order(number, shop, buyer, buyer_firm, created, round(amount, 2), sent, rating, device, payer, refund, dispute)
        )

    def contract(
        self, agency: Agency, supplier: Firm, title: str, *, paid: str = "on_time", ago_days: int | None = None
    ) -> Contract:
        """A public contract. paid: on_time, late, never, or late_disputed (held back over a dispute, then paid)."""
        signed = TODAY - timedelta(days=ago_days or self.rng.randint(200, 640))
        accepted = signed + timedelta(days=self.rng.randint(20, 70))
        due = accepted + timedelta(days=30)  # State Council Decree 802 (2025): agencies pay within 30 days.
        delay = {"on_time": -self.rng.randint(1, 20), "late": self.rng.randint(60, 80)}.get(paid, 40)
        made = Contract(
            f"{agency.region.en[:2].upper()}CG-{signed:%Y}-{len(self.world.contracts) + 1:04d}",
            title,
            agency,
            supplier,
            round(self.rng.lognormvariate(12.3, 0.6), 2),
            signed,
            accepted,
            due,
            None if paid == "never" else due + timedelta(days=delay),
            paid == "late_disputed",
        )
        self.world.contracts.append(made)
        return made

    def guarantee(self, guarantor: Firm, debtor: Firm, bank: Firm, amount: float, *, released: date | None = None) -> None:
        """A guarantee towards a bank, running for three years unless released."""
        began = self.days_back(500, 700)
        number = f"BZ{began:%Y%m}{len(self.world.guarantees) + 1:05d}"
        until = began + timedelta(days=1095)
        self.world.guarantees.append(Guarantee(number, guarantor, debtor, bank, amount, began, until, released))

    def list_party(
        self,
        source: str,
        party: Listed,
        *,
        issuer: str,
        reason: str,
        listed: date,
        ends: date | None = None,
        removed: date | None = None,
        ground: str = "",
        amount: float | None = None,
    ) -> Listing:
        """An entry of the list that file `source` holds."""
        serial = len(self.world.listings) + 101
        made = Listing(source, party, f"（{listed.year}）岚0{serial}号", issuer, listed, reason, ends, removed, ground, amount)
        self.world.listings.append(made)
        return made

    def mark(self, kind: str, firm: Firm, value: str, given: date) -> None:
        """A tax grade, customs tier or patent."""
        number = f"{kind[0].upper()}L{given:%Y}{len(self.world.marks):07d}"
        self.world.marks.append(Mark(kind, firm, value, given, number))

    def declare(self, firm: Firm, amount: float, *, flag: str = "E") -> None:
        """A customs declaration."""
        day = self.days_back(1, 600)
        country = self.rng.choice(("DEU", "VNM", "BRA", "JPN", "KEN", "MEX", "ARE", "POL"))
        number = f"3910{day.year}{len(self.world.declarations):010d}"
        self.world.declarations.append(Declaration(number, firm, flag, day, round(amount, 2), country))

    def days_back(self, least: int, most: int) -> date:
        """A random day between so many days ago."""
        return TODAY - timedelta(days=self.rng.randint(least, most))

    def _relation(self, seller: Firm, buyer: Firm, times: int) -> None:
        count = self.rng.randint(1, 2 * times - 1)
        scale = TYPICAL_INVOICE_YUAN * (seller.size * buyer.size) ** 0.5
        self.trade(seller, buyer, count * scale * self.rng.lognormvariate(0, 0.5), times=count)

    def _day_between(self, *firms: Firm) -> date:
        first = max([TODAY - timedelta(days=MONTHS_BACK * 30), *(firm.founded for firm in firms)])
        last = min([TODAY, *(firm.ended for firm in firms if firm.ended)])
        return first + timedelta(days=self.rng.randrange(max(1, (last - first).days)))

    def _paid(self, due: date, issued: date, punctual: float) -> date | None:
        days = (due - issued).days
        delay = -self.rng.randrange(days // 2) if self.rng.random() < punctual else self.rng.randint(3, 45)
        paid = due + timedelta(days=delay)
        return paid if paid <= TODAY else None

    def _take_back(self, made: Invoice) -> None:
        day = min(TODAY, made.issued + timedelta(days=self.rng.randint(2, 20)))
        red = Invoice(self._number(), made.seller, made.buyer, day, None, None, -made.amount, "red", red_of=made.number)
        made.due = made.paid = None
        self.world.invoices.append(red)

    def _number(self) -> str:
        return f"2639{2000000000000000 + len(self.world.invoices):016d}"
