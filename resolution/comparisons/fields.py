"""How well everything but the names of two records agrees. None always means: cannot be compared."""

import re
from collections.abc import Callable
from functools import cache

from rapidfuzz.distance import OSA, JaroWinkler

from ontology.masked_ids import YEAR_SHOWN, finest_shared
from resolution.records import dates
from resolution.records.addresses import Place
from resolution.records.analysed import Analysed
from resolution.records.contacts import is_shared_mailbox, same_phone
from resolution.records.identifiers import HINT, NO_PLACE, exclusive_schemes, place_of, schemes, without_place

RESIDENT = "resident_id"
DAY_LENGTH = 10  # Of a whole day.
Busy = Callable[[str], bool]
"""Whether a phone, e-mail address or door is held by too many differently named parties to tell one from another."""


# --- identifiers ---------------------------------------------------------------------------------------------------
ID_EXCLUSIVE, ID_ISSUED, ID_LOOSE, ID_OTHER, ID_CONFLICT = 4.0, 3.0, 2.0, 1.0, 0.0
ID_NEAR = 2.5  # Of people, the same but for a slip; weighs as a loose one.
ID_LENGTH_MIN = 6  # Characters of a number in which a slip may be seen for one.
CUT_LENGTH_MIN = 8  # Characters of a number from which another one that begins or ends with it is no accident.
ID_END = 2  # Characters at the end, and no others, in which numbers differ that kin were issued one after the other.


def ids_agree(left: Analysed, right: Analysed) -> float | None:
    """Same exclusive id, same issued one, same loose one; another issued one; another exclusive one."""
    shared = left.ids.keys() & right.ids.keys()
    exclusive = shared & exclusive_schemes() if shared else shared
    if any(not left.ids[scheme] & right.ids[scheme] for scheme in exclusive):
        return ID_CONFLICT
    if exclusive:
        return ID_EXCLUSIVE
    levels = [level for scheme in shared if (level := _scheme_agrees(scheme, left, right)) is not None]
    if left.loose_ids & right.loose_ids:
        levels.append(ID_LOOSE)
    return max(levels, default=None)


def person_ids_agree(left: Analysed, right: Analysed) -> float | None:
    """As `ids_agree`; near where two numbers differ by a slip, as handwriting does, and the day is the same.

    Nothing is told where the slip is at the end. A register that numbers its persons itself makes no slips: there one digit
    apart is another person.
    """
    level = ids_agree(left, right)
    if level not in {ID_OTHER, ID_LOOSE}:
        return level
    slipped = [
        pair for scheme in left.ids.keys() & right.ids.keys() & _typed() for pair in _slips(left.ids[scheme], right.ids[scheme])
    ]
    if not slipped:
        return level
    at_end = all(len(a) == len(b) and a[:-ID_END] == b[:-ID_END] for a, b in slipped)
    if _same_day(left, right) and not at_end:
        return ID_NEAR
    return None if level == ID_OTHER else level


@cache
def _typed() -> frozenset[str]:
    return frozenset(name for name, scheme in schemes().items() if scheme.typed)


def _slips(left: frozenset[str], right: frozenset[str]) -> list[tuple[str, str]]:
    """Numbers of one place that differ by one step, without the place."""
    pairs = [(without_place(a), without_place(b)) for a in left for b in right if place_of(a) == place_of(b)]
    return [(a, b) for a, b in pairs if min(len(a), len(b)) >= ID_LENGTH_MIN and OSA.distance(a, b, score_cutoff=1) == 1]


def _scheme_agrees(scheme: str, left: Analysed, right: Analysed) -> float | None:
    """Agreement in one scheme that is not exclusive. A hint counts where one of the two tells no more than that."""
    left_values, right_values = left.ids[scheme], right.ids[scheme]
    if not scheme.startswith(HINT):
        return _issued_agree(scheme, left_values, right_values)
    whole = scheme.removeprefix(HINT)
    if whole in left.ids and whole in right.ids:
        return None
    if whole == RESIDENT:
        return _masks_agree(left, right)
    return ID_LOOSE if left_values & right_values else ID_OTHER


def _masks_agree(left: Analysed, right: Analysed) -> float | None:
    """Agreement of two resident ids of which one is hidden in part, in what both of them show; None where that is nothing."""
    parts, other_parts = (_by_shape(side.ids[f"{HINT}{RESIDENT}"]) for side in (left, right))
    shape = finest_shared(parts, other_parts)
    if shape is None:
        return None
    if parts[shape].isdisjoint(other_parts[shape]):
        return ID_OTHER
    return ID_ISSUED if int(shape.partition(".")[0]) >= YEAR_SHOWN or _same_year(left, right) else ID_LOOSE


def _by_shape(values: frozenset[str]) -> dict[str, frozenset[str]]:
    shapes = {value.partition(":")[0] for value in values}
    return {shape: frozenset(value for value in values if value.startswith(f"{shape}:")) for shape in shapes}


def _same_day(left: Analysed, right: Analysed) -> bool:
    return any(len(day) == DAY_LENGTH for day in {*left.days} & {*right.days})


def _same_year(left: Analysed, right: Analysed) -> bool:
    return not {day[:4] for day in left.days}.isdisjoint(day[:4] for day in right.days)


def _issued_agree(scheme: str, left: frozenset[str], right: frozenset[str]) -> float | None:
    """Whether an issued code is shared; loose where one is the other cut short.

    None where only the places of issue tell two apart, where one tells none, or where two codes may be one party's.
    """
    if left & right:
        return ID_ISSUED
    pairs = [(value, other) for value in left for other in right]
    alike = [(place_of(a), place_of(b)) for a, b in pairs if without_place(a) == without_place(b)]
    if any(_may_be_one_issuer(scheme, *places) for places in alike):
        return ID_ISSUED
    of_one_place = [(without_place(a), without_place(b)) for a, b in pairs if _is_one_issuer(scheme, place_of(a), place_of(b))]
    if alike or not of_one_place:
        return None
    if not schemes()[scheme].free and any(_is_cut_short(a, b) for a, b in of_one_place):
        return ID_LOOSE
    near = schemes()[scheme].near
    return None if near and any(a[:near] == b[:near] for a, b in of_one_place) else ID_OTHER


def _may_be_one_issuer(scheme: str, place: str, other_place: str) -> bool:
    """Of one number under two places: whether they may be one. Two that are known are not; of parties of two countries a
    passport alone is, for it is not told whose it is."""
    known = [text for text in (place, other_place) if text and not text.startswith(NO_PLACE)]
    countries = {text.removeprefix(NO_PLACE) for text in (place, other_place)} - {""}
    return len(known) == 1 or (not known and (schemes()[scheme].several or len(countries) < 2))


def _is_one_issuer(scheme: str, place: str, other_place: str) -> bool:
    """Whether two numbers are of one issuer, so that they should be the same; a passport's only where both say so alike."""
    if schemes()[scheme].several:
        return place == other_place != NO_PLACE
    return place.removeprefix(NO_PLACE) == other_place.removeprefix(NO_PLACE) and NO_PLACE not in {place, other_place}


def _is_cut_short(number: str, other_number: str) -> bool:
    """Whether one number is the beginning or the end of the other."""
    shorter, longer = sorted((number, other_number), key=len)
    return CUT_LENGTH_MIN <= len(shorter) < len(longer) and (longer.startswith(shorter) or longer.endswith(shorter))


# --- days ----------------------------------------------------------------------------------------------------------
def days_agree(left: Analysed, right: Analysed) -> float | None:
    """Nearness of the days of birth or founding (`records/dates.py`): of the nearest two, where sources tell several."""
    return max((dates.nearness(day, other_day) for day in left.days for other_day in right.days), default=None)


# --- contacts ------------------------------------------------------------------------------------------------------
LABEL_MIN = 4  # Letters of a host that spell a name.
MAIL_EDITS_MAX = 3
LOCAL_MIN, DOMAIN_MIN = 6, 8  # Letters: shorter ones are alike by chance.
DIGITS = re.compile(r"\d")
CONTACT_TWO, CONTACT_ONE, CONTACT_NEAR, CONTACT_NAMED, CONTACT_BUSY, CONTACT_OTHER = 3.0, 2.0, 1.5, 1.25, 1.0, 0.0


def contacts_agree(left: Analysed, right: Analysed, busy: Busy) -> float | None:
    """Two kinds of contact shared, one, only one that the firms' name is spelled in, only a busy one, or none of the same kind.

    A site or mailbox whose host is made of the name adds little to it where street, town or postcode differ: it is a group's.
    """
    phones = [min(a, b, key=len) for a in left.phones for b in right.phones if same_phone(a, b)]
    mails_and_sites = [*(left.emails & right.emails), *(left.sites & right.sites)]
    telling = [value for value in (*phones, *mails_and_sites) if not busy(value) and not is_shared_mailbox(value)]
    named = [value for value in mails_and_sites if value in telling and _spells_both(value, left, right)] if left.firms else []
    if named and _elsewhere(left, right):
        telling = [value for value in telling if value not in named]
    kinds = bool({*phones} & {*telling}) + bool(left.emails & {*telling}) + bool(left.sites & {*telling})
    if kinds:
        return CONTACT_TWO if kinds > 1 else CONTACT_ONE
    if named:
        return CONTACT_NAMED
    if phones or mails_and_sites:
        return CONTACT_BUSY
    compared = (left.phones and right.phones) or (left.emails and right.emails)
    return CONTACT_OTHER if compared else None


def _spells_both(value: str, left: Analysed, right: Analysed) -> bool:
    """Whether the host of a site or mailbox is made of the names of both firms."""
    label = value.rpartition("@")[2].partition(".")[0].replace("-", "")
    return len(label) >= LABEL_MIN and _spells(label, left) and _spells(label, right)


def _spells(label: str, firm: Analysed) -> bool:
    return any(name.sound and (label in name.sound or name.sound in label) for name in firm.firms)


def _elsewhere(left: Analysed, right: Analysed) -> bool:
    """Whether two firms differ in at least two of street, town and postcode, and agree in none."""
    differences = [_differs(left, right, part) for part in ("town", "postcode")]
    streets = [_place_agree(left_place, right_place) for left_place in left.places for right_place in right.places]
    street = None if not streets or None in streets else max(streets) == PLACE_OTHER  # type: ignore[type-var]
    return [*differences, street].count(True) > 1 and False not in {*differences, street}


def _differs(left: Analysed, right: Analysed, part: str) -> bool | None:
    """Whether one part of all addresses differs; None where one of the two does not tell it."""
    left_parts, right_parts = ({value for place in side.places if (value := getattr(place, part))} for side in (left, right))
    return left_parts.isdisjoint(right_parts) if left_parts and right_parts else None


def mails_agree(left: Analysed, right: Analysed, busy: Busy) -> float | None:
    """As `contacts_agree`; where nothing is shared, two mail addresses may be one but for slips."""
    level = contacts_agree(left, right, busy)
    if level == CONTACT_OTHER and any(are_one_mailbox(a, b) for a in left.emails for b in right.emails):
        return CONTACT_NEAR
    return level


def are_one_mailbox(left: str, right: str) -> bool:
    """Whether two mail addresses are one but for a slip, or for one in a telling local part and two in the domain.

    Two persons of one house have one domain and alike names: there a second slip is another mailbox, as another digit is.

    >>> are_one_mailbox("e.lindqvist3@harborview.org", "e.lindqvist3@habrorvlew.org")
    True
    >>> are_one_mailbox("anna.li@harborview.org", "anne.lin@harborview.org")
    False
    """
    edits = OSA.distance(left, right, score_cutoff=MAIL_EDITS_MAX)
    if edits <= 1 or edits > MAIL_EDITS_MAX:
        return edits <= 1
    (local, _, domain), (other_local, _, other_domain) = left.partition("@"), right.partition("@")
    is_telling = min(len(local), len(other_local)) >= LOCAL_MIN and min(len(domain), len(other_domain)) >= DOMAIN_MIN
    slips = OSA.distance(local, other_local), OSA.distance(domain, other_domain)
    return is_telling and slips[0] <= 1 and slips[1] <= MAIL_EDITS_MAX - 1 and DIGITS.findall(left) == DIGITS.findall(right)


# --- addresses -----------------------------------------------------------------------------------------------------
PLACE_DOOR, PLACE_NEAR, PLACE_BUSY, PLACE_POSTCODE, PLACE_OTHER = 4.0, 3.0, 2.0, 1.0, 0.0


def places_agree(left: Analysed, right: Analysed, busy: Busy) -> float | None:
    """The same door, nearly the same, a door many parties share, the same postcode, or another place."""
    if len(left.places) == 1 == len(right.places):
        best = _place_agree(left.places[0], right.places[0])
    else:
        levels = [
            level
            for left_place in left.places
            for right_place in right.places
            if (level := _place_agree(left_place, right_place)) is not None
        ]
        best = max(levels, default=None)
    if best == PLACE_DOOR and any(place.agent or busy(place.door) for place in (*left.places, *right.places)):
        return PLACE_BUSY
    return best


def _place_agree(left: Place, right: Place) -> float | None:
    if bool(left.sounds) != bool(right.sounds):
        return _place_sounds(*((left, right) if left.sounds else (right, left)))
    street = street_agrees(left.words, right.words)
    doors = bool(left.numbers & right.numbers)
    if street and doors:
        return PLACE_DOOR
    if not (left.words and right.words) and len(left.numbers & right.numbers) > 1:
        return PLACE_DOOR
    if street and any(OSA.distance(a, b) == 1 for a in left.numbers for b in right.numbers if min(len(a), len(b)) > 2):
        return PLACE_NEAR
    if (left.postcode and left.postcode == right.postcode) or (street and not (left.numbers or right.numbers)):
        return PLACE_POSTCODE  # Without a number it is a town or a street, and no door.
    return PLACE_OTHER if left.numbers and right.numbers and left.words and right.words else None


def _place_sounds(han: Place, latin: Place) -> float | None:
    """A Chinese address and one in Latin letters: the same street in pinyin and the same number, or nothing is told."""
    return PLACE_DOOR if han.sounds & latin.words and han.numbers & latin.numbers else None


def street_agrees(left: frozenset[str], right: frozenset[str]) -> bool:
    """Most words of the shorter side are found on the other, spelling aside."""
    if left == right:
        return bool(left)
    shorter, longer = sorted((left, right), key=lambda words: (len(words), sorted(words)))
    matched = sum(1 for word in shorter if word in longer or any(_words_alike(word, longer_word) for longer_word in longer))
    return bool(shorter) and matched >= 0.6 * len(shorter)


def _words_alike(left: str, right: str) -> bool:
    return min(len(left), len(right)) >= 4 and JaroWinkler.similarity(left, right) >= 0.93


# --- the firm a person works for -----------------------------------------------------------------------------------
OF_SAME, OF_ALIKE, OF_OTHER = 2.0, 1.0, 0.0


def of_firms_agree(left: Analysed, right: Analysed) -> float | None:
    """The same firm beside both names, one that reads alike, or others only."""
    if not left.of_firms or not right.of_firms:
        return None
    if left.of_firms & right.of_firms:
        return OF_SAME
    alike = any(_firm_words_alike(a, b) for a in left.of_firms for b in right.of_firms)
    return OF_ALIKE if alike else OF_OTHER


def _firm_words_alike(left: str, right: str) -> bool:
    shorter, longer = sorted((set(left.split()), set(right.split())), key=len)
    return len(shorter) > 1 and shorter <= longer


# --- countries (compared in columns: countries.py) -----------------------------------------------------------------
COUNTRY_RAREST, COUNTRY_RARE, COUNTRY_UNUSUAL, COUNTRY_COMMON = 5.5, 4.0, 2.5, 1.0  # Bits of rarity of the rarest one shared.
COUNTRY_EXPECTED = 0.0  # Shared, but by most records of the store, or told by the place that agrees already.
COUNTRY_OTHER, COUNTRY_OTHER_JURISDICTION = -1.0, -2.0
