"""Accepted aliases in names of firms: a further spelling, which supports and never identifies."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from resolution.comparisons.model_choice import Aliases
from resolution.records.analysed import Analysed
from resolution.records.firms import FirmName, firm_name


def with_aliases(records: Sequence[Analysed], aliases: Aliases) -> Sequence[Analysed]:
    """Firms known also by their names with the right-hand alias written as the left-hand one.

    As names that a firm is merely also known by, they count less than an equal name and make up for no contradiction. Names
    do not change who meets whom: two firms that have only an alias in common would not join by it.
    """
    return [_with_aliases(record, aliases) for record in records] if aliases else records


def _with_aliases(record: Analysed, aliases: Aliases) -> Analysed:
    texts = {name.text for name in record.firms}
    spellings = [
        spelling
        for name in record.firms
        for pair in aliases
        if (spelling := _write_alias(name, pair)) and spelling.text not in texts
    ]
    if not spellings:
        return record
    unique = tuple({name.text: name for name in spellings}.values())
    return replace(record, firms=(*record.firms, *unique), aliases=record.aliases | {name.text for name in unique})


@lru_cache(maxsize=1 << 16)
def _write_alias(name: FirmName, pair: tuple[str, str]) -> FirmName | None:
    """The name with the second of the pair written as the first; None where it is not in it."""
    target, alias = pair
    if name.han:
        return firm_name(name.text.replace(alias, target, 1)) if name.brand == alias else None
    text = re.sub(rf"\b{re.escape(alias)}\b", target, name.text)
    return firm_name(text) if text != name.text else None
