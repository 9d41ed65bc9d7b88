"""How common each name is, so that sharing 王伟 or John Smith says less than sharing a rare name."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ontology.words import PartyKind
from resolution.comparisons.model import Model
from resolution.records.analysed import Analysed
from resolution.records.persons import PersonName, surname_share

GIVEN_SHARE = {1: 1 / 150, 2: 1 / 6000}  # Of a Han given name of one and of two characters; two are near 80 x 80 choices.
LATIN_SHARE = 1e-5
HAN_FIRM_CHARACTER_BITS_MAX = 14.0


def name_key(record: Analysed) -> str:
    """The name whose share counts: words in order of the alphabet for a person, core and province for a firm."""
    if record.kind is PartyKind.PERSON:
        return " ".join(sorted(record.persons[0].tokens)) if record.persons else ""
    return f"{record.firms[0].core}|{(record.firms[0].regions or ('',))[0][:2]}" if record.firms else ""


def name_shares(records: Sequence[Analysed], model: Model) -> NDArray[np.float64]:
    """Share of all parties expected to bear each record's name, 0..1; smoothed with what is known of such names.

    Counted are bearers told apart by an identifier, a day or a firm: one party told a hundred times is not common.
    """
    keys = [name_key(record) for record in records]
    counts = Counter(key for key, bearer in set(zip(keys, map(_bearer, records), strict=True)) if bearer)
    seen, assumed = max(sum(counts.values()), 1), model.name_shares.records_assumed
    known = np.array([_known_share(record) for record in records])
    counted = np.array([max(counts[key] - 1, 0) for key in keys])
    return np.asarray(np.maximum((counted + assumed * known) / (seen - 1 + assumed), model.name_shares.share_min), np.float64)


def _bearer(record: Analysed) -> str:
    """What tells one bearer of a name from the next: an exclusive identifier; of persons else the day of birth, else the firm.

    Codes of other kinds do not count: two of them may be two codes of one party.
    """
    told = min((min(values) for values in record.exclusive.values()), default="")
    if told or record.kind is not PartyKind.PERSON:
        return told
    return record.day or min(record.of_firms, default="")


def _known_share(record: Analysed) -> float:
    if record.kind is PartyKind.PERSON:
        return max((_person_share(name) for name in record.persons), default=LATIN_SHARE)
    bits = max((min(name.rarity_bits, 2 * HAN_FIRM_CHARACTER_BITS_MAX) for name in record.firms if name.han), default=20.0)
    return float(2.0**-bits)


def _person_share(name: PersonName) -> float:
    if not name.han:
        return LATIN_SHARE
    given = len(name.text) - len(name.family)
    return (surname_share(name.family) or 5e-5) * GIVEN_SHARE.get(given, 1e-5)


def busy_values(records: Iterable[Analysed], *, bearers_max: int = 5) -> frozenset[str]:
    """Phones, mail addresses, sites and doors shared by more than `bearers_max` surnames or brands: a desk or a tower."""
    bearers: dict[str, set[str]] = {}
    for record in records:
        names = {name.family for name in record.persons} | {name.brand for name in record.firms}
        for value in (*record.phones, *record.emails, *record.sites, *(place.door for place in record.places)):
            bearers.setdefault(value, set()).update(names)
    return frozenset(value for value, names in bearers.items() if len(names) > bearers_max)
