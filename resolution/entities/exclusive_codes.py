"""Exclusive identifiers of records and groups: identifiers that two parties cannot share."""

Codes = dict[str, frozenset[str]]
"""Exclusive identifiers by scheme."""


def union_codes(*codes: Codes) -> Codes:
    """Every value of every scheme."""
    union: Codes = {}
    for group_codes in codes:
        for scheme, values in group_codes.items():
            union[scheme] = union.get(scheme, frozenset()) | values
    return union
