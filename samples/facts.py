"""What is true in the sample region, before any source writes it down."""

from dataclasses import dataclass, field
from datetime import date

from samples.words import Industry, Street

TODAY = date(2026, 11, 22)  # The day the sample is told from; every other day is counted from it.


@dataclass(frozen=True, slots=True)
class Region:
    """A place, with a division code that is assigned to none. zh: as names of its firms begin; address_zh: as addresses do."""

    zh: str
    en: str
    division: str
    address_zh: str = ""

    @property
    def in_address(self) -> str:
        """How an address of the place begins, in Chinese."""
        return self.address_zh or self.zh


HOME = Region("岚汀市", "Lanting", "391082")
AWAY = Region("淙州市", "Congzhou", "391181")


@dataclass(slots=True, eq=False)
class Person:
    """A person; `resident_id` and `born_on` are written only where a source really holds them."""

    cluster: str
    name: str
    latin: str
    born_on: date
    resident_id: str
    phone: str


@dataclass(slots=True, eq=False)
class Address:
    """A street address of a region, written in many ways by the sources."""

    region: Region
    street: Street
    number: int
    room: str

    @property
    def zh(self) -> str:
        """As a register writes it."""
        return f"{self.region.in_address}{self.street.district_zh}{self.street.zh}{self.number}号{self.room}"

    @property
    def en(self) -> str:
        """As a directory in English writes it."""
        return f"No. {self.number} {self.street.en}, {self.street.district_en}, {self.region.en}"


@dataclass(slots=True, eq=False)
class Firm:
    """A firm. `size` weighs how much it trades (1 = usual); `punctual` is its share of payments in time."""

    cluster: str
    name: str
    name_en: str
    brand: str
    region: Region
    industry: Industry
    uscc: str
    founded_on: date
    address: Address
    phone: str
    head: Person
    capital_wan: int
    size: float
    punctual: float
    former_name: str | None = None
    ended_on: date | None = None
    status: str = "存续"
    predecessor: "Firm | None" = None
    shop: str | None = None
    quiet: bool = False


@dataclass(slots=True, eq=False)
class Agency:
    """A government body that buys; it is scored like a firm."""

    cluster: str
    name: str
    name_en: str
    uscc: str
    region: Region


Party = Person | Firm | Agency


@dataclass(slots=True)
class Stake:
    """`share` (0..1) of `owned` held by `owner` from `began_on` up to `ended_on`."""

    owner: Person | Firm
    owned: Firm
    share: float
    began_on: date
    ended_on: date | None = None


@dataclass(slots=True)
class Post:
    """An office in a firm besides that of legal representative."""

    person: Person
    firm: Firm
    title: str


@dataclass(slots=True)
class Invoice:
    """One invoice in yuan; `paid_on` is None where nothing was paid; `status` is normal, red or void.

    A red invoice takes back the one whose number is in `red_of`; then neither of them is due.
    """

    number: str
    seller: Firm
    buyer: Firm
    issued_on: date
    due_on: date | None
    paid_on: date | None
    amount: float
    status: str = "normal"
    red_of: str = ""


@dataclass(slots=True)
class Order:
    """One order on a platform; the buyer is a pseudonym or, for trade accounts, a firm."""

    number: str
    shop: Firm
    buyer: str
    buyer_firm: Firm | None
    created_on: date
    amount: float
    parcel: str | None
    rating: int | None
    device: str
    payer: str
    refund: bool = False
    dispute: str = ""


@dataclass(slots=True)
class Guarantee:
    """`guarantor` answers to the bank for `debtor` until `until`, or until it was released (`released_on`)."""

    number: str
    guarantor: Firm
    debtor: Firm
    bank: Firm
    amount: float
    began_on: date
    until: date
    released_on: date | None = None


@dataclass(slots=True)
class Contract:
    """A public contract; `paid_on` is None where the agency has not paid."""

    number: str
    title: str
    agency: Agency
    supplier: Firm
    amount: float
    signed_on: date
    accepted_on: date
    due_on: date
    paid_on: date | None
    disputed: bool = False


@dataclass(slots=True)
class Listing:
    """An entry of a published list; `source` names the file it is written to."""

    source: str
    party: Party
    case_no: str
    issuer: str
    listed_on: date
    reason: str
    ends_on: date | None = None
    removed_on: date | None = None
    ground: str = ""
    amount: float | None = None


@dataclass(slots=True)
class Mark:
    """A good mark; `kind` is tax (value = grade), customs (value = tier) or patent (value = title)."""

    kind: str
    firm: Firm
    value: str
    given_on: date
    number: str


@dataclass(slots=True)
class Declaration:
    """A customs declaration in yuan, export (`E`) or import (`I`)."""

    number: str
    firm: Firm
    flag: str
    day: date
    amount: float
    country: str


@dataclass(slots=True)
class Story:
    """What a party must be told to be: one row of truth/stories.csv."""

    story: str
    role: str
    party: Party
    expect: str
    note: str


@dataclass(slots=True)
class World:
    """The whole region."""

    firms: list[Firm] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    stakes: list[Stake] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    guarantees: list[Guarantee] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
