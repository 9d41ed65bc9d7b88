"""What the plans of ties and of listings share: their shape, the ids of statements, the currency of an amount."""

import hashlib
from collections.abc import Callable, Iterable

from ontology.base import Statement
from resolution.sources.mappings.language import Value
from resolution.sources.mappings.value_formats import AmountValue
from resolution.sources.statements.party_plan import Origin, RowParty
from resolution.sources.statements.value_readers import Fields, fact_reader, text_reader
from resolution.sources.statements.values import currency, currency_in

RowParties = dict[str, list[RowParty]]
Plan = Callable[[RowParties, Fields, Origin], Iterable[Statement]]
CNY = "CNY"


def statement_id(dataset: str, letter: str, *identity: object) -> str:
    """A name for a statement that depends on what makes it that statement, not on where it stands."""
    identity_text = "\x1f".join([part if type(part) is str else "" if part is None else str(part) for part in identity])
    return f"{dataset}:{letter}-{hashlib.blake2b(identity_text.encode(), digest_size=10).hexdigest()}"


def money_unit(amount: AmountValue | None, currency_value: Value | None) -> Callable[[Fields], str | None]:
    """The currency of an amount: that of its own column, else the one its text names, else what the page says of it, else CNY."""
    default_currency = amount.currency if amount and amount.currency else CNY
    if amount is None or currency_value is not None:
        return fact_reader(currency_value or Value(text=CNY), currency)
    text = text_reader(amount)
    return lambda fields: currency_in(text(fields) or "") or default_currency


def truncate(text: str | None, limit: int) -> str | None:
    """The first `limit` characters of a text; None for an empty one."""
    return text[:limit] if text else None
