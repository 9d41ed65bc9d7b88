"""The list that the sample's firm wants checked: who it buys from, as its own clerk typed them."""

from pathlib import Path

from samples.clerk import Clerk
from samples.facts import Firm, World
from samples.files.directory import english_name
from samples.formats import write_csv


def write_suppliers(path: Path, suppliers: list[Firm], clerk: Clerk) -> None:
    """Chinese names, a few English ones, codes where the clerk had them, and two rows that say nothing."""
    rows = []
    for position, firm in enumerate(suppliers):
        name = english_name(firm, clerk.rng) if position % 9 == 8 else clerk.name(firm)
        rows.append(
            (name, clerk.code(firm, missing_chance=0.35, wrong_chance=0.04), "", clerk.phone(firm.phone) if position % 3 else "")
        )
    rows[7:7] = [("", "", "", clerk.phone("039000000000"))]
    rows.append(("无此供应商有限公司", "91391082000000000X", "", ""))
    write_csv(path, ("供应商名称", "统一社会信用代码", "备注", "电话"), rows)


def supplier_firms(world: World, our_firm: Firm) -> list[Firm]:
    """Who sold to our firm, in the order of the first invoice."""
    return list({invoice.seller.cluster: invoice.seller for invoice in world.invoices if invoice.buyer is our_firm}.values())
