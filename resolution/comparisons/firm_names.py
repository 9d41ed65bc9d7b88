"""How well two names of firms agree: the brand strictly, region and number strictly where both have one, the rest softly."""

from itertools import pairwise

from rapidfuzz.distance import OSA

from resolution.comparisons.names import ParsedName, Standing, align_and_score, is_telling, of_firm, standing
from resolution.comparisons.names.parsed import name_words
from resolution.records.analysed import Analysed
from resolution.records.firms import FirmName, branches_differ, regions_differ, regions_same
from resolution.records.forms import families_differ
from resolution.records.text import plain_u
from resolution.records.translations import Meanings, meanings

# What two names have in common, best first. `models/firm.json` says what each is worth.
SAME_IN_REGION = 8.0  # Brand, line of business, region, legal form unless left out: the registered name (decree 734, art. 17).
SAME = 7.0  # The same, but the region is not told on both sides.
OTHER_FORM = 6.0  # The same but for the legal form.
ALIKE = 5.0  # The same but for spelling, abbreviation or order (Latin letters).
SHORT = 4.0  # One name is the other with words left out.
TRANSLATION = 3.5  # Han on one side, on the other the same in translation: place, brand and line of business.
SOUND = 3.0  # Han on one side, on the other the brand's sound, or the same in translation of fewer parts.
TRANSLATED = 2.5  # Han on one side, on the other the same in translation, with one word left out.
OTHER_BUSINESS = 2.0  # Same brand, other line of business: often one group, two firms.
SOMETHING = 1.0
NOTHING = 0.0
MEMBER = -0.5  # Two registered names of one brand, with other words in them: members of one group.
OTHER_REGION = -1.0  # The same name, registered elsewhere, or another number in it: another firm.
BRANCH = -2.0  # One is a branch, the other is not, or another one.

PARTNER_ALIKE_MIN = 0.65  # Of two words from which on one may be the other.
BRAND_BITS_MIN = 40.0  # Of a brand's signs: that of some 60 million firms in China two share it by chance is 1 in 10,000.
INITIALS_MIN = 2  # Letters.
SOUND_MIN = 4  # Letters: shorter sounds are words of many languages.


def names_agree(left: Analysed, right: Analysed) -> float | None:
    """The best agreement of any two names; None where none can be compared.

    Names a firm bears or bore count in full. What it is merely also known by cannot make up for own names that
    contradict each other (Universal Export USA and Universal Export India are both known as Universal Export).
    """
    if len(left.firms) == 1 == len(right.firms):  # A lone name is its own, whatever it is said to be.
        return agree(left.firms[0], right.firms[0])
    own_level = _best(own_names(left), own_names(right))
    any_level = _best(strong_names(left), strong_names(right))
    if own_level is None or any_level is None or own_level < NOTHING:
        return own_level if own_level is not None else any_level
    return max(own_level, min(any_level, SHORT))


def strong_names(record: Analysed) -> tuple[FirmName, ...]:
    """All names but weak ones, which make no match; all of them where it has no other."""
    if not record.weak:
        return record.firms
    return tuple(name for name in record.firms if name.text not in record.weak) or record.firms


def own_names(record: Analysed) -> tuple[FirmName, ...]:
    """Names that are not merely ones it is also known by; all of them where it has no other."""
    if not record.aliases:
        return record.firms
    return tuple(name for name in record.firms if name.text not in record.aliases) or strong_names(record)


def _best(left: tuple[FirmName, ...], right: tuple[FirmName, ...]) -> float | None:
    return max(
        (level for left_name in left for right_name in right if (level := agree(left_name, right_name)) is not None), default=None
    )


def agree(left: FirmName, right: FirmName) -> float | None:
    """How well two names agree; None where they cannot be compared (other script, and the sound differs)."""
    if branches_differ(left, right):
        return BRANCH
    if left.han != right.han:
        return _agree_in_sound(*((left, right) if left.han else (right, left)))
    if left.numbers and right.numbers and left.numbers != right.numbers:
        return OTHER_REGION
    return _agree_in_script(left, right)


def _agree_in_script(left: FirmName, right: FirmName) -> float:
    """How well two names agree that are both Han, or neither is."""
    if not left.han and are_initials(left, right):
        return SHORT
    level = _agree_han(left, right) if left.han else _agree_latin(left, right)
    is_group = two_of_a_group(left, right)
    if level < OTHER_BUSINESS or not (is_group or level <= SHORT):
        return level
    if left.form and right.form:
        return MEMBER
    return min(level, OTHER_BUSINESS) if is_group else level


def are_initials(left: FirmName, right: FirmName) -> bool:
    """Whether one name is a word of the initials of the other: then they are one only with a door, a line or a code beside.

    >>> from resolution.records.firms import firm_name
    >>> are_initials(firm_name("TLM Inc"), firm_name("Talbridge Loom Machines Ltd"))
    True
    """
    return left.roles == right.roles and (_stands_for(left, right) or _stands_for(right, left))


def may_be_initials(name: FirmName) -> bool:
    """Whether a name is one word that may be the initials of another's."""
    return len(name.tokens) == 1 and len(name.tokens[0]) >= INITIALS_MIN and name.tokens[0].isalpha()


def _stands_for(short: FirmName, long: FirmName) -> bool:
    return may_be_initials(short) and short.tokens[0] == "".join(word[0] for word in name_words(long))


def two_of_a_group(left: FirmName, right: FirmName) -> bool:
    """Whether two names tell two places in a group: a holding and its operator, a company and the partnership it manages."""
    return left.roles != right.roles or families_differ(left.form, right.form)


def mean_the_same(left: Analysed, right: Analysed) -> bool:
    """Whether own names of the two, one Han and one not, mean the same in whole: brand, line of business and place."""
    han, latin = _meant(left, han=True), _meant(left, han=False)
    return not (han.isdisjoint(_meant(right, han=False)) and latin.isdisjoint(_meant(right, han=True)))


def _meant(record: Analysed, *, han: bool) -> frozenset[str]:
    return frozenset(meaning for name in own_names(record) if name.han is han for meaning in meanings(name).whole)


def heard_words(latin: FirmName) -> frozenset[str]:
    """Words of a name in Latin letters that may be how a Han brand sounds, each by itself and any two in a row; its meanings."""
    return meanings(latin).whole.union(map(plain_u, (*latin.tokens, *("".join(pair) for pair in pairwise(latin.tokens)))))


def _agree_in_sound(han: FirmName, latin: FirmName) -> float | None:
    of_han, of_latin = meanings(han), meanings(latin)
    full_han, full_latin = of_han.full, of_latin.full
    if not full_han.whole.isdisjoint(full_latin.whole) or _is_left_short(full_han, full_latin):
        return TRANSLATION
    if not sounds_of_han(han).isdisjoint(heard_words(latin)):
        return SOUND
    return TRANSLATED if _is_left_short(of_han, of_latin) else None


def _is_left_short(left: Meanings, right: Meanings) -> bool:
    """Whether one name means in whole what the other does with a word left out."""
    return not (left.whole.isdisjoint(right.shorter) and left.shorter.isdisjoint(right.whole))


def sounds_of_han(han: FirmName) -> frozenset[str]:
    """How a Han brand, or its beginning, sounds, and what the name may mean: as `heard_words` of a Latin one."""
    return meanings(han).whole.union(sound for sound in (han.sound, *han.openings) if len(sound) >= SOUND_MIN)


def _agree_han(left: FirmName, right: FirmName) -> float:
    if left.brand != right.brand:
        longer = min(len(left.brand), len(right.brand)) >= 4
        return SOMETHING if longer and OSA.distance(left.brand, right.brand) == 1 else NOTHING
    if regions_differ(left.regions, right.regions):
        return OTHER_REGION
    if left.industry != right.industry:
        return business_agrees(left.industry, right.industry)
    in_region = regions_same(left.regions, right.regions)
    if left.form != right.form:
        return OTHER_FORM if left.form and right.form else SAME_IN_REGION if in_region and left.industry else SHORT
    return SAME_IN_REGION if in_region or (is_unregioned(left) and is_unregioned(right)) else SAME


def is_unregioned(name: FirmName) -> bool:
    """Whether a name without a region is as rare as one with: of a rare brand, often with a place on no list, and whole."""
    return not name.regions and bool(name.industry and name.form) and name.rarity_bits >= BRAND_BITS_MIN


def business_agrees(left: str, right: str) -> float:
    """Of one brand with two lines of business: one told shorter, or another."""
    return SHORT if left in right or right in left else OTHER_BUSINESS


def _agree_latin(left: FirmName, right: FirmName) -> float:
    if left.places and right.places and not left.places & right.places:
        return OTHER_REGION
    if left.tokens == right.tokens or left.sound == right.sound:
        return OTHER_FORM if left.form and right.form and left.form != right.form else SAME
    return _agree_in_words(of_firm(left), of_firm(right))


def _agree_in_words(left: ParsedName, right: ParsedName) -> float:
    """By the scorecard of names: every word has a partner, those of one name have and tell enough, some have, or none."""
    log_odds, _, alignment = align_and_score(left, right)
    equal, pairs, left_only, right_only = alignment
    close = [pair for pair in pairs if pair[0] >= PARTNER_ALIKE_MIN]
    if not left_only and not right_only and standing(log_odds) is Standing.SAME:
        return ALIKE
    enough = len(equal) + len(close) > 1 or is_telling(left, right, alignment)  # One common word is no name left short.
    differ = (left_only and right_only) or len(close) < len(pairs)  # Rimta and Maxta share letters and are two words.
    if enough and not differ and standing(log_odds) is not Standing.DIFFERENT:
        return SHORT
    return SOMETHING if equal or pairs else NOTHING
