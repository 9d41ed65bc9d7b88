"""Exclusive identifiers of records and groups: identifiers that two parties cannot share."""

Codes = dict[str, frozenset[str]]
"""Exclusive identifiers by scheme."""


def codes_differ(left: Codes, right: Codes) -> bool:
    """Whether the two have different values of one scheme of exclusive identifiers, and none in common."""
    return any(not left[scheme] & right[scheme] for scheme in left.keys() & right.keys())


def union_codes(*codes: Codes) -> Codes:
    """Every value of every scheme."""
    union: Codes = {}
    for group_codes in codes:
        for scheme, values in group_codes.items():
            union[scheme] = union.get(scheme, frozenset()) | values
    return union
