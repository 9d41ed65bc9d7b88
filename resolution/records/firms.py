"""Names of firms and agencies, taken apart once: legal form, region, line of business, and the brand that is left.

Chinese names follow State Council decree 734 (2020), article 6: region + brand + line of business + legal form; the
region may also stand in brackets behind the brand.
"""

import re
from collections import Counter
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from itertools import pairwise
from math import log2
from operator import attrgetter

from resolution.records.branches import branch_words, head_office_name, joining_words
from resolution.records.forms import LAST_ROMANS, LOOSE_FORMS, group_roles, han_form, han_groups, without_forms
from resolution.records.numerals import with_digits
from resolution.records.text import fold, is_han, plain_u, syllables
from resolution.records.words import lines, pairs, rows

BRANCH_TAIL = re.compile(
    r"^(.{2,}(?:公司|集团|银行|企业|合作社|\(有限合伙\)))(.{0,20}?(?:分公司|分行|支行|分店|分厂|办事处|代表处|营业部|采购中心|项目部|分部|支公司|分中心))$"
)
UNTOLD_BRANCH = "branch"
GROUP_BRACKET = "(集团)"
BRACKETED = re.compile(r"\(([^()]{1,12})\)")
NUMBERS = re.compile(r"\d+")
NUMERAL_OF_DIGIT = str.maketrans("0123456789", "〇一二三四五六七八九")
ROMANS = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12", "xiii": "13",
    "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18", "xix": "19", "xx": "20",
}  # fmt: skip
UNLISTED_REGION = re.compile(r"^([^\W\d]{1,3}(?:(?<![超门夜城都股集上])市|自治州|自治县))(?=[^\W\d]{2}|  )")
BRAND_MAX = 3  # Characters: nearly all longer ones have a word in them that is on no list.
OPENINGS = (2, 3, 4)
UNLISTED_PROVINCE, UNLISTED_BRAND_MIN = 2, 6  # Signs of a province on no list, and of it, a town and a brand together.
NATIONAL = ("中国", "中华", "国家", "全国")
TENS = {str(tens) for tens in range(20, 100, 10)}
UNITS = {str(unit) for unit in range(1, 10)}
STOP = {"and", "the", "of", "de", "und", "et", "y", "for", "da", "do", "la", "le"}
DIRECTIONS = {"north", "south", "east", "west", "northern", "southern", "eastern", "western"}


@dataclass(frozen=True, slots=True, eq=False)
class FirmName:
    """One name of a firm. `core` is all but legal form and region; `tokens` only of names in Latin letters.

    sound:    the brand in pinyin; of a Latin name its words, joined.
    openings: of a Han brand so long that it must hold more, the first two to four characters in pinyin; where no region was found
              all but the first two as well, which may be a province that no list has.
    roles:    what the name says of its place in a group: holding, group, manager of a partnership …
    """

    text: str
    han: bool
    regions: tuple[str, ...]
    brand: str
    industry: str
    form: str
    branch: str
    numbers: frozenset[str]
    tokens: tuple[str, ...]
    places: frozenset[str]
    sound: str
    openings: frozenset[str]
    rarity_bits: float
    roles: frozenset[str]

    def __eq__(self, other: object) -> bool:
        """Everything else follows from the folded text."""
        return self is other or (isinstance(other, FirmName) and self.text == other.text)

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[type["FirmName"], tuple[object, ...]]:
        return FirmName, _PARTS(self)

    @property
    def core(self) -> str:
        """Brand and line of business, as one text."""
        return self.brand + self.industry if self.han else " ".join(self.tokens)


_PARTS = attrgetter(*(part.name for part in fields(FirmName)))


@lru_cache(maxsize=1 << 17)
def firm_name(text: str) -> FirmName:
    """Take one name apart. Never fails: what is not understood stays in the brand.

    >>> name = firm_name("阿里巴巴（中国）网络技术有限公司")
    >>> name.brand, name.industry, name.form
    ('阿里巴巴', '网络技术', 'CN-LLC')
    >>> firm_name("TECH & SRVCES COMM GRP, Ltd.").tokens
    ('technology', 'services', 'commercial', 'group')
    """
    folded = fold(text)
    return _han_name(folded) if is_han(folded) else _latin_name(folded)


def _han_name(text: str) -> FirmName:
    head, branch = _branch(with_digits(text))
    without_form, form = han_form(head)
    whole, regions = split_regions(without_form)
    whole, roles = han_groups(whole, form)
    brand, industry = (without_form, "") if form in LOOSE_FORMS else _industry(whole)
    read = [plain_u(syllable) for syllable in syllables(brand)]
    bracketed = frozenset({"group"} if GROUP_BRACKET in without_form else ())
    return FirmName(
        text=text,
        han=True,
        regions=regions,
        brand=brand,
        industry=industry,
        form=form,
        branch=branch,
        numbers=frozenset(NUMBERS.findall(without_form + branch)),
        tokens=(),
        places=frozenset(),
        sound=plain_u("".join(read)),
        openings=_openings(brand, read, has_region=bool(regions)),
        rarity_bits=character_bits(brand),
        roles=roles | bracketed,
    )


def _openings(brand: str, read: list[str], *, has_region: bool) -> frozenset[str]:
    """Parts of a long Han brand as they sound: what may be the brand itself. read: a syllable a sign."""
    parts = [read[:n] for n in OPENINGS if len(brand) > BRAND_MAX and brand[:n] not in _region_codes()]
    parts += [read[UNLISTED_PROVINCE:]] if len(brand) >= UNLISTED_BRAND_MIN and not has_region else []
    return frozenset(plain_u("".join(part)) for part in parts)


def _branch(text: str) -> tuple[str, str]:
    match = BRANCH_TAIL.match(text)
    return (match[1], match[2]) if match else (text, "")


def split_regions(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its region, and the GB/T 2260 codes the region may stand for (its name where it has none)."""
    codes: list[str] = []
    for _ in range(3):
        length = _region_length(text)
        if not length or length >= len(text):
            break
        codes, text = _narrow_codes(codes, text[:length]), text[length:]
    unlisted = UNLISTED_REGION.match(text) if not codes else None
    if unlisted:
        codes, text = [unlisted[1]], text[unlisted.end() :]
    bracket = BRACKETED.search(text)
    inner = _regions_in_bracket(bracket[1]) if bracket else ()
    if bracket and inner:
        for name in inner:
            codes = _narrow_codes(codes, name)
        text = text[: bracket.start()] + text[bracket.end() :]
    return text, tuple(codes)


def _regions_in_bracket(text: str) -> tuple[str, ...]:
    """The regions that a bracket names, the outer one first (`福建福州`); none where it holds anything else."""
    if text in _region_codes() or text in {"中国", "集团"} or UNLISTED_REGION.match(text + "  "):
        return (text,)
    length = _region_length(text)
    rest = text[length:]
    return (text[:length], rest) if length and rest in _region_codes() else ()


def regions_differ(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether no reading of one region lies in, or holds, a reading of the other; False where one is not told."""
    if not left or not right:
        return False
    return not any(_inside(a, b) or _inside(b, a) for a in left for b in right)


def regions_same(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether both tell one region, the same: a town within the other's province is another register."""
    return not frozenset(left).isdisjoint(right)


def _inside(inner: str, outer: str) -> bool:
    if not outer.isdigit():
        return inner == outer
    return inner.startswith(outer[:2] if outer.endswith("0000") else outer[:4] if outer.endswith("00") else outer)


def _region_length(text: str) -> int:
    if text[:2] not in _region_heads():
        return 0
    codes = _region_codes()
    return next((n for n in range(min(len(text), 11), 1, -1) if text[:n] in codes), 0)


def _narrow_codes(codes: list[str], name: str) -> list[str]:
    candidates = _region_codes().get(name, (name,) if name not in NATIONAL and name != "集团" else ())
    inside = [code for code in candidates if any(code.startswith(outer.rstrip("0") or outer) for outer in codes)]
    return inside or codes or list(candidates)


def _industry(text: str) -> tuple[str, str]:
    """Brand and line of business: the longest tail made of known words that leaves a brand of two characters.

    `中国` and its like say whose firm it is, not which: they count as part of the brand, never as all of it.
    """
    shortest = 4 if text.startswith(NATIONAL) else 2
    start = next((index for index in range(shortest, len(text)) if _all_words(text[index:])), len(text))
    return text[:start], text[start:]


def _all_words(text: str) -> bool:
    """Whether the text is a row of known words (longest first; a single word in nearly all names)."""
    industries = _industries()
    while text:
        length = next((n for n in range(min(len(text), 7), 1, -1) if text[:n] in industries), 0)
        if not length:
            return False
        text = text[length:]
    return True


def _latin_name(text: str) -> FirmName:
    head = text if branch_words().isdisjoint(text.split()) else head_office_name(text) or text
    words = head.split()
    tokens, form = without_forms(words)
    flat = tuple(
        word for token in _number_words_to_digits(tokens) for word in written_out(token).split() if token not in STOP
    ) or tuple(words)
    return FirmName(
        text=text,
        han=False,
        regions=(),
        brand=flat[0] if flat else "",
        industry=" ".join(flat[1:]),
        form=form,
        branch=_latin_branch(text, head, flat),
        numbers=frozenset(t for t in flat if t.isdigit()),
        tokens=flat,
        places=frozenset(t for t in flat if t in _places()),
        sound=plain_u("".join(flat)),
        openings=frozenset(),
        rarity_bits=0.0,
        roles=group_roles((*tokens, *flat)),
    )


def _latin_branch(text: str, head: str, words: tuple[str, ...]) -> str:
    """Which branch a name tells: the words beside its head office's name, in order; `branch` where it does not say which."""
    if head == text:
        return UNTOLD_BRANCH if words[-1:] == (UNTOLD_BRANCH,) else ""
    branch_tokens = (Counter(text.split()) - Counter(head.split())).keys() - branch_words() - joining_words()
    return " ".join(sorted(branch_tokens)) or UNTOLD_BRANCH


def branches_differ(left: FirmName, right: FirmName) -> bool:
    """Whether two names are not of one branch, or one is of a branch and the other of the whole firm."""
    if left.han and right.han:
        return left.branch != right.branch
    if not (left.branch and right.branch) or left.han or right.han:
        return bool(left.branch) != bool(right.branch)
    return places_of_branches_differ(left.branch, right.branch)


def places_of_branches_differ(left: str, right: str) -> bool:
    """Whether two branches, as `_latin_branch` tells them, have no word in common; False where one does not say which it is."""
    return UNTOLD_BRANCH not in (left, right) and {*left.split()}.isdisjoint(right.split())


def _number_words_to_digits(words: list[str]) -> list[str]:
    """Number words as digits, `forty four` as one; a lone I, V or X is a number where it ends the name."""
    numbers = _number_words()
    converted: list[str] = []
    for before, word in pairwise(["", *words]):
        number = numbers.get(word, word)
        if numbers.get(before) in TENS and number in UNITS:
            converted[-1] = converted[-1][0] + number
        else:
            converted.append(number)
    if len(converted) > 1:
        converted[-1] = LAST_ROMANS.get(converted[-1], converted[-1])
    return converted


def written_out(token: str) -> str:
    """A word with its abbreviation put right; it may become several words."""
    return pairs("abbreviations.csv").get(token, token)


def character_bits(text: str) -> float:
    """How rare Chinese characters are in firm names: the sum of log2 of one over their shares."""
    return sum(_character_bits(character) for character in text.translate(NUMERAL_OF_DIGIT))


@lru_cache(maxsize=1 << 15)
def _character_bits(character: str) -> float:
    counts = _character_counts()
    return log2(counts[""] / counts.get(character, counts[""] * 2e-6))


@cache
def _character_counts() -> dict[str, float]:
    counts = {character: float(count) for character, count in rows("characters.csv")}
    return counts | {"": sum(counts.values())}


@cache
def _number_words() -> dict[str, str]:
    return pairs("numbers.csv") | ROMANS


@cache
def _region_codes() -> dict[str, tuple[str, ...]]:
    codes_by_name: dict[str, list[str]] = {}
    for name, code in rows("regions.csv"):
        codes_by_name.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in codes_by_name.items()}


@cache
def _region_heads() -> frozenset[str]:
    return frozenset(name[:2] for name in _region_codes())


@cache
def _industries() -> frozenset[str]:
    return frozenset((*lines("industries.txt"), *lines("industries_more.txt")))


@cache
def _places() -> frozenset[str]:
    names = {name.lower() for row in rows("countries.csv") for name in row[2].split("|")}
    single = {name for name in names if " " not in name and len(name) > 2}
    return frozenset(single | DIRECTIONS | {*lines("places_more.txt")})
