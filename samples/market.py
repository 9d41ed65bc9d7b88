"""Trade, orders, contracts and listings: what the parties of the region do with each other."""

from datetime import date, timedelta
from itertools import accumulate
from random import Random

from samples.facts import TODAY, Agency, Contract, Declaration, Firm, Guarantee, Invoice, Listing, Mark, Order, Party, World

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
            issued_on = self._day_between(seller, buyer)
            self.invoice(seller, buyer, volume / times * self.rng.uniform(0.7, 1.3), issued_on, late=late)

    def invoice(self, seller: Firm, buyer: Firm, amount: float, issued_on: date, *, late: bool | None = None) -> Invoice:
        """One invoice, paid by the buyer's habit; now and then it is voided, or taken back by a red one."""
        due_on = issued_on + timedelta(days=self.rng.choice(TERM_DAYS))
        paid_on = self._payment_day(due_on, issued_on, buyer.punctual if late is None else float(not late))
        invoice = Invoice(self._number(), seller, buyer, issued_on, due_on, paid_on, round(amount, 2))
        self.world.invoices.append(invoice)
        chance = self.rng.random()
        if chance < RED_SHARE:
            self._reverse(invoice)
        elif chance < RED_SHARE + VOID_SHARE:
            invoice.status, invoice.paid_on = "void", None
        return invoice

    def ordinary_trade(self, *, relations: int, times: int) -> None:
        """Every firm that is in no story buys from some `relations` others, mostly one tier up the chain."""
        open_firms = [firm for firm in self.world.firms if not firm.quiet]
        tiers = [[f for f in open_firms if f.industry.tier == tier] or open_firms for tier in range(4)]
        weights = [list(accumulate(firm.size for firm in tier)) for tier in tiers]
        for buyer in open_firms:
            tier_above = max(0, buyer.industry.tier - 1)
            for _ in range(self.rng.randint(1, 2 * relations - 1)):
                tier = tier_above if self.rng.random() < 0.6 else self.rng.randrange(4)
                seller = self.rng.choices(tiers[tier], cum_weights=weights[tier])[0]
                if seller is not buyer:
                    self._trade_some(seller, buyer, times)

    def steady_trade(self, firm: Firm, partners: list[Firm]) -> None:
        """Much trade over the whole time with a dozen larger firms, bills always paid in time."""
        sampled_partners = self.rng.sample(partners, min(12, len(partners)))
        for position, partner in enumerate(sampled_partners):
            seller, buyer = (partner, firm) if position % 2 else (firm, partner)
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
        created_on: date,
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
        number = f"{created_on:%y%m%d}{len(self.world.orders):08d}"
        parcel_no = f"LT{self.rng.randrange(10**11, 10**12)}" if parcel else None
        self.world.orders.append(
            Order(
                number, shop, buyer, buyer_firm, created_on, round(amount, 2), parcel_no, rating, device, payer, refund, dispute
            )
        )

    def contract(
        self, agency: Agency, supplier: Firm, title: str, *, payment: str = "on_time", ago_days: int | None = None
    ) -> Contract:
        """A public contract. payment: on_time, late, never, or late_disputed (held back over a dispute, then paid)."""
        signed_on = TODAY - timedelta(days=ago_days or self.rng.randint(200, 640))
        accepted_on = signed_on + timedelta(days=self.rng.randint(20, 70))
        due_on = accepted_on + timedelta(days=30)  # State Council Decree 802 (2025): agencies pay within 30 days.
        delay = {"on_time": -self.rng.randint(1, 20), "late": self.rng.randint(60, 80)}.get(payment, 40)
        contract = Contract(
            f"{agency.region.en[:2].upper()}CG-{signed_on:%Y}-{len(self.world.contracts) + 1:04d}",
            title,
            agency,
            supplier,
            round(self.rng.lognormvariate(12.3, 0.6), 2),
            signed_on,
            accepted_on,
            due_on,
            None if payment == "never" else due_on + timedelta(days=delay),
            payment == "late_disputed",
        )
        self.world.contracts.append(contract)
        return contract

    def guarantee(self, guarantor: Firm, debtor: Firm, bank: Firm, amount: float, *, released_on: date | None = None) -> None:
        """A guarantee towards a bank, running for three years unless released."""
        began_on = self.days_back(500, 700)
        number = f"BZ{began_on:%Y%m}{len(self.world.guarantees) + 1:05d}"
        until = began_on + timedelta(days=1095)
        self.world.guarantees.append(Guarantee(number, guarantor, debtor, bank, amount, began_on, until, released_on))

    def list_party(
        self,
        source: str,
        party: Party,
        *,
        issuer: str,
        reason: str,
        listed_on: date,
        ends_on: date | None = None,
        removed_on: date | None = None,
        ground: str = "",
        amount: float | None = None,
    ) -> Listing:
        """An entry of the list that file `source` holds."""
        serial = len(self.world.listings) + 101
        listing = Listing(
            source, party, f"（{listed_on.year}）岚0{serial}号", issuer, listed_on, reason, ends_on, removed_on, ground, amount
        )
        self.world.listings.append(listing)
        return listing

    def mark(self, kind: str, firm: Firm, value: str, given_on: date) -> None:
        """A tax grade, customs tier or patent."""
        number = f"{kind[0].upper()}L{given_on:%Y}{len(self.world.marks):07d}"
        self.world.marks.append(Mark(kind, firm, value, given_on, number))

    def declare(self, firm: Firm, amount: float, *, flag: str = "E") -> None:
        """A customs declaration."""
        day = self.days_back(1, 600)
        country = self.rng.choice(("DEU", "VNM", "BRA", "JPN", "KEN", "MEX", "ARE", "POL"))
        number = f"3910{day.year}{len(self.world.declarations):010d}"
        self.world.declarations.append(Declaration(number, firm, flag, day, round(amount, 2), country))

    def days_back(self, days_min: int, days_max: int) -> date:
        """A random day between so many days ago."""
        return TODAY - timedelta(days=self.rng.randint(days_min, days_max))

    def _trade_some(self, seller: Firm, buyer: Firm, times: int) -> None:
        count = self.rng.randint(1, 2 * times - 1)
        scale = TYPICAL_INVOICE_YUAN * (seller.size * buyer.size) ** 0.5
        self.trade(seller, buyer, count * scale * self.rng.lognormvariate(0, 0.5), times=count)

    def _day_between(self, *firms: Firm) -> date:
        first = max([TODAY - timedelta(days=MONTHS_BACK * 30), *(firm.founded_on for firm in firms)])
        last = min([TODAY, *(firm.ended_on for firm in firms if firm.ended_on)])
        return first + timedelta(days=self.rng.randrange(max(1, (last - first).days)))

    def _payment_day(self, due_on: date, issued_on: date, punctual: float) -> date | None:
        days = (due_on - issued_on).days
        delay = -self.rng.randrange(days // 2) if self.rng.random() < punctual else self.rng.randint(3, 45)
        paid_on = due_on + timedelta(days=delay)
        return paid_on if paid_on <= TODAY else None

    def _reverse(self, invoice: Invoice) -> None:
        day = min(TODAY, invoice.issued_on + timedelta(days=self.rng.randint(2, 20)))
        red_invoice = Invoice(
            self._number(), invoice.seller, invoice.buyer, day, None, None, -invoice.amount, "red", red_of=invoice.number
        )
        invoice.due_on = invoice.paid_on = None
        self.world.invoices.append(red_invoice)

    def _number(self) -> str:
        return f"2639{2000000000000000 + len(self.world.invoices):016d}"
