"""One module a kind of source: each writes the world down as that source would, and notes the truth."""

from collections.abc import Callable

from samples.files import customs, directory, lists, marks, money, orders, ownership, registry, statements
from samples.files.source_writer import SourceWriter

WRITERS: tuple[Callable[[SourceWriter], None], ...] = (
    registry.write,
    ownership.write,
    lists.write_court,
    lists.write_serious_violation,
    lists.write_abnormal_operations,
    lists.write_procurement,
    lists.write_counterfeit,
    lists.write_ip_penalties,
    lists.write_government_breach,
    lists.write_credit_repair,
    customs.write_tiers,
    customs.write_declarations,
    marks.write_tax,
    marks.write_ip,
    money.write_invoices,
    money.write_guarantees,
    money.write_contracts,
    orders.write,
    statements.write_loans,
    statements.write_bills,
    statements.write_platform,
    directory.write,
)

__all__ = ["WRITERS", "SourceWriter"]
