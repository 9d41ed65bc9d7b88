"""Exclusive identifiers of records and groups: what two parties cannot both be."""

Codes = dict[str, frozenset[str]]
"""Exclusive identifiers by scheme."""


def codes_differ(left: Codes, right: Codes) -> bool:
    """Whether the two have different values of one scheme of exclusive identifiers, and none in common."""
    return any(not left[scheme] & right[scheme] for scheme in left.keys() & right.keys())


def union_codes(*codes: Codes) -> Codes:
    """Every value of every scheme."""
    found: Codes = {}
    for one in codes:
        for scheme, values in one.items():
            found[scheme] = found.get(scheme, frozenset()) | values
    return found
