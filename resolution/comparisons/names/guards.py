"""Policy that no weight may outvote: what two names cannot be, or be more than possibly, whatever else agrees."""

from resolution.comparisons.names.alignment import Alignment
from resolution.comparisons.names.features import is_acronym, is_reversed, matched_bits, other_form, other_place
from resolution.comparisons.names.parsed import ParsedName
from resolution.records.firms import regions_differ

FIRM_BITS_MIN = 11.0  # One rare word.
PERSON_BITS_MIN = 18.0  # More than John Smith.
OTHER_NUMBER, OTHER_REGION, OTHER_BRANCH = "another number", "another region", "a branch"


def barred(left: ParsedName, right: ParsedName) -> str:
    """Why two names are two firms: another number of a series, another region, a branch. "" where nothing says so."""
    if left.numbers and right.numbers and left.numbers != right.numbers:
        return OTHER_NUMBER
    if left.branch != right.branch:
        return OTHER_BRANCH
    return OTHER_REGION if left.regions and right.regions and regions_differ(left.regions, right.regions) else ""


def nothing_shared(left: ParsedName, right: ParsedName) -> bool:
    """Of two names no word of which has a partner: whether they are not one when written together, nor one's initials."""
    return left.compact != right.compact and left.whole != right.whole and not is_acronym(left, right)


def capped(left: ParsedName, right: ParsedName, alignment: Alignment) -> str:
    """Why two names are possibly one and no more; "" where nothing speaks against it."""
    if left.numbers != right.numbers:
        return "a number on one side"
    if is_acronym(left, right):
        return "initials only"
    if left.single is not right.single and left.compact != right.compact:
        return "a single word"
    if not is_telling(left, right, alignment):
        return "a common name"
    return _capped_person(left, right, alignment) if left.person else _capped_firm(left, right)


def _capped_firm(left: ParsedName, right: ParsedName) -> str:
    if other_form(left, right):
        return "another legal form"
    return "another place" if other_place(left, right) else ""


def is_telling(left: ParsedName, right: ParsedName, alignment: Alignment) -> bool:
    """Whether the words that have a partner are rare enough, by themselves, to mean one party."""
    return matched_bits(left, right, alignment) >= (PERSON_BITS_MIN if left.person else FIRM_BITS_MIN)


def _capped_person(left: ParsedName, right: ParsedName, alignment: Alignment) -> str:
    letters = any(word.letter for _, word in alignment[2]), any(word.letter for _, word in alignment[3])
    if (letters[0] and alignment[3]) or (letters[1] and alignment[2]):
        return "another initial"
    return "father and son" if is_reversed(left, right) else ""
