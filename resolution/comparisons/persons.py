"""How well two names of persons agree: tokens aligned one to one, each side free to leave some out."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from resolution.records.persons import PersonName, alias_letters, given_aliases
from resolution.records.skeletons import skeleton

# What two names have in common, best first. `models/person.json` says what each is worth.
SAME = 8.0  # Every word the same.
ALIKE = 7.0  # The same but for spelling, nickname or a word one side leaves out.
INITIAL = 6.0  # A given name on one side, its first letter on the other.
MOSTLY = 5.0  # Two words agree, and each side has one the other lacks.
SOUND = 4.0  # Han on one side, the same sounds in Latin letters on the other.
PART = 3.0  # One word on one side, found on the other.
OTHER_FAMILY = 2.0  # Given name the same, surname not: a marriage, or a namesake.
OTHER_GIVEN = 1.0  # Surname the same, given name not: kin, or a namesake.
NOTHING = 0.0
OTHER_GENERATION = -1.0  # Senior and junior, I and II.
UNTOLD = -2.0  # A record without any name: neither for nor against.

EXACT, ALIAS, SPELLING, LETTER, NONE = 4, 3, 2, 1, 0


def names_agree(left: tuple[PersonName, ...], right: tuple[PersonName, ...]) -> float | None:
    """The best agreement of any two names; None where no two are in scripts that can be compared."""
    if not left or not right:
        return UNTOLD
    if len(left) == 1 == len(right):
        return agree(left[0], right[0])
    found = [level for one in left for other in right if (level := agree(one, other)) is not None]
    return max(found, default=None)


@lru_cache(maxsize=1 << 18)
def agree(left: PersonName, right: PersonName) -> float | None:
    """How well two names agree; None where they cannot be compared.

    Two Han names of persons that differ in one character are two names. A Han and a Latin name can agree in sound; that
    they do not says nothing (readings differ by region), so it is None, never a conflict.
    """
    if not (left.readable and right.readable):
        return None
    if left.han != right.han:
        return SOUND if left.sounds & right.sounds else None
    if left.han:
        return _agree_han(left, right)
    if left.generation and right.generation and left.generation != right.generation:
        return OTHER_GENERATION
    return _agree_latin(left, right)


def _agree_han(left: PersonName, right: PersonName) -> float:
    if left.tokens == right.tokens:
        return SAME if len(left.tokens[0]) > 1 else PART
    return OTHER_GIVEN if left.family == right.family else NOTHING


def _agree_latin(left: PersonName, right: PersonName) -> float:
    aligned, free_left, free_right = _align(left.tokens, right.tokens)
    if not aligned:
        return SAME if left.sounds & right.sounds else NOTHING
    if not free_left or not free_right:
        return _agree_whole(aligned, bool(free_left or free_right), min(len(left.tokens), len(right.tokens)))
    if len([kind for _, _, kind in aligned if kind > LETTER]) >= 2:
        return MOSTLY
    if left.sounds & right.sounds:
        return ALIKE
    family = any(token in (left.family, right.family) for one, other, _ in aligned for token in (one, other))
    return OTHER_GIVEN if family else OTHER_FAMILY


def _agree_whole(aligned: list[tuple[str, str, int]], some_left_out: bool, shorter: int) -> float:
    """The shorter name is found whole in the longer."""
    worst = min(kind for _, _, kind in aligned)
    full = [pair for pair in aligned if pair[2] > LETTER]
    if shorter == 1 or not full:
        return PART
    if len(full) < 2:
        return INITIAL
    return SAME if worst == EXACT and not some_left_out else ALIKE


def _align(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[list[tuple[str, str, int]], list[str], list[str]]:
    """Aligned words with their kind, best kinds first, and the words of each side left without a partner."""
    kinds = sorted(
        ((kind, -abs(i - j), i, j) for i, a in enumerate(left) for j, b in enumerate(right) if (kind := word_kind(a, b))),
        reverse=True,
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    aligned = []
    for kind, _, i, j in kinds:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            aligned.append((left[i], right[j], kind))
    free_left = [token for i, token in enumerate(left) if i not in used_left]
    return aligned, free_left, [token for j, token in enumerate(right) if j not in used_right]


@lru_cache(maxsize=1 << 18)
def word_kind(left: str, right: str) -> int:
    """How two words of a name agree: exact, alias (bob, robert), spelling (klempski, klempsky), letter (b, bob), none."""
    if left == right:
        return EXACT
    if len(left) == 1 or len(right) == 1:
        return LETTER if _letter_fits(*sorted((left, right), key=len)) else NONE
    if given_aliases(left) & given_aliases(right):
        return ALIAS
    return SPELLING if _spelled_alike(left, right) else NONE


def _letter_fits(letter: str, word: str) -> bool:
    """Whether a word, or a name it is short for or shortened to, begins with the letter (B for Robert, who is Bob)."""
    return word[0] == letter[0] or (len(word) > 1 and letter[0] in alias_letters(word))


def _spelled_alike(left: str, right: str) -> bool:
    """One slip in words of five letters and more, or the same consonants in longer ones; -o and -a are two names."""
    if left[:-1] == right[:-1] and {left[-1], right[-1]} == {"a", "o"}:
        return False
    shorter = min(len(left), len(right))
    if shorter >= 5 and OSA.distance(left, right, score_cutoff=1) <= 1:
        return True
    if left[0] != right[0] or shorter < 4 or skeleton(left) != skeleton(right):
        return False
    return len(skeleton(left)) >= 3 or (shorter >= 5 and abs(len(left) - len(right)) <= 1)
