"""Legal forms at either end of a firm's name, in the scripts of the world, and the words that tell members of a group apart.

The lists are data: `forms_cn.csv`, `forms_latin.csv`, `forms_world.csv` (written as sources write them), `form_families.csv` and
`group_words.csv`.
"""

import re
from collections.abc import Iterable
from functools import cache

from resolution.records.text import fold
from resolution.records.words import pairs, rows

CALLED_WEAK = ("co", "corp", "inc")  # Legal forms that are said of a firm of any form.
LOOSE_FORMS = {"CN-INST", "CN-GOV"}  # Their word says what the body is: 医院, 局. It stays in the brand.
GROUP_OF_FORM = {"CN-GROUP-LLC": "group", "CN-HOLD-LLC": "holding"}
LAST_ROMANS = {"i": "1", "v": "5", "x": "10"}  # Letters of their own, unless they end a name.
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uac00-\ud7a3]"
)  # Thai, Lao, Burmese, Khmer; Hangul glues forms on.
UNSPACED_MIN = 3  # Signs of a form that is cut out of a word: fewer are part of other words.


def han_form(text: str) -> tuple[str, str]:
    """A folded Han name without its legal form, and the form's id: Chinese at the end, Japanese at either end."""
    for form, form_id in _japanese():
        if len(text) > len(form) and text.startswith(form):
            return text[len(form) :], form_id
        if len(text) > len(form) and text.endswith(form):
            return text[: -len(form)], form_id
    forms = pairs("forms_cn.csv")
    for length in range(min(len(text) - 1, _longest_chinese()), 0, -1):
        form_id = forms.get(text[-length:], "")
        if form_id:
            return (text, form_id) if form_id in LOOSE_FORMS else (text[:-length], form_id)
    return text, ""


def han_groups(text: str, form: str) -> tuple[str, frozenset[str]]:
    """A Han name without form, less the words at its end that say which member of a group it is; and their roles."""
    roles = {GROUP_OF_FORM[form]} if form in GROUP_OF_FORM else set[str]()
    words = _han_group_words()
    while group_word := next((word for word in words if text.endswith(word) and len(text) > len(word) + 1), ""):
        text = text.removesuffix(group_word)
        roles.add(_group_roles()[group_word])
    return text, frozenset(roles)


def group_roles(words: Iterable[str]) -> frozenset[str]:
    """Roles within a group that the words of a name tell: holding, group, manager of a partnership …"""
    roles = _group_roles()
    return frozenset(roles[word] for word in words if word in roles)


def without_forms(words: list[str]) -> tuple[list[str], str]:
    """Words of a folded name without the legal form at either end, and its id; a name that is nothing else keeps its words.

    `corporation`, `company` and `inc` are said of firms of any form: where another one is told as well, that one counts.
    """
    form, remaining = "", joined_letters(_split_unspaced(words))
    for _ in range(3):
        match = _form_at_end(remaining, is_open=form in ("", *CALLED_WEAK))
        if not match:
            break
        remaining, form_id = match
        form = form_id if form in ("", *CALLED_WEAK) and not (form and form_id in CALLED_WEAK) else form
    return remaining, form


def families_differ(left: str, right: str) -> bool:
    """Whether two legal forms are of two families, such as a company and a partnership: then they are two legal persons."""
    families = pairs("form_families.csv")
    left_family, right_family = families.get(left), families.get(right)
    return left_family is not None and right_family is not None and left_family != right_family


def _form_at_end(words: list[str], *, is_open: bool) -> tuple[list[str], str] | None:
    """The words without the longest form at the end, or where none is told for sure yet (`is_open`) at the beginning."""
    forms = word_forms()
    for length in range(min(_longest_in_words(), len(words) - 1), 0, -1):
        tail, head = " ".join(words[-length:]), " ".join(words[:length])
        if tail in forms:
            return words[:-length], forms[tail]
        if head in forms and _opens(head, forms[head], is_open=is_open):
            return words[length:], forms[head]
    return None


def _opens(head: str, form: str, *, is_open: bool) -> bool:
    """Whether a form may stand in front of a name: of one in Latin letters, a short or a common one is rather a word.

    Other scripts put a form around the name, too (Thai), so there an end does not rule it out.
    """
    return not head.isascii() or (is_open and len(head) > 2 and (" " in head or form not in CALLED_WEAK))


def joined_letters(words: list[str]) -> list[str]:
    """Single letters in a row as one word: `s a` is `sa`, `c and d` stays apart."""
    joined_words: list[str] = []
    open_run = False
    for word in words:
        single = len(word) == 1 and word.isalpha() and not UNSPACED.match(word)
        if single and open_run:
            joined_words[-1] += word
        else:
            joined_words.append(word)
        open_run = single
    return [part for word in joined_words for part in _numeral_and_form(word)]


def _numeral_and_form(word: str) -> tuple[str, ...]:
    """`vlp` of `Partners V L.P.` is a number and a form."""
    forms = pairs("forms_latin.csv")
    is_numeral_and_form = word[0] in LAST_ROMANS and word[1:] in forms and word not in word_forms()
    return (word[0], word[1:]) if is_numeral_and_form else (word,)


def _split_unspaced(words: list[str]) -> list[str]:
    """Words of scripts without spaces between words, parted where a legal form begins or ends them."""
    return [part for word in words for part in (_split_forms(word) if UNSPACED.search(word) else (word,))]


def _split_forms(word: str) -> tuple[str, ...]:
    if word in word_forms():  # A form may end in another: a limited partnership.
        return (word,)
    for form in _unspaced_forms():
        if len(word) > len(form) and word.startswith(form):
            return form, *_split_forms(word[len(form) :])
        if len(word) > len(form) and word.endswith(form):
            return *_split_forms(word[: -len(form)]), form
    return (word,)


@cache
def word_forms() -> dict[str, str]:
    """Legal forms as words of a folded name, to their ids."""
    world = {" ".join(_join_letters(fold(form).split())): form_id for form, form_id in rows("forms_world.csv")}
    return world | pairs("forms_latin.csv")


def _join_letters(words: list[str]) -> list[str]:
    joined_words: list[str] = []
    for word, before in zip(words, ["", *words[:-1]], strict=True):
        if len(word) == 1 == len(before) and not UNSPACED.match(word):
            joined_words[-1] += word
        else:
            joined_words.append(word)
    return joined_words


@cache
def _longest_in_words() -> int:
    return max(len(form.split()) for form in word_forms())


@cache
def _unspaced_forms() -> tuple[str, ...]:
    forms = {word for form in word_forms() for word in form.split() if UNSPACED.match(word) and len(word) >= UNSPACED_MIN}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


@cache
def _japanese() -> tuple[tuple[str, str], ...]:
    """Forms written in Han, as names are folded, the longest first; those of China stand in a list of their own."""
    folded = {fold(form): form_id for form, form_id in rows("forms_world.csv") if not form_id.startswith("CN-")}
    forms = [(form, form_id) for form, form_id in folded.items() if any("\u4e00" <= sign <= "\u9fff" for sign in form)]
    return tuple(sorted(forms, key=lambda row: (-len(row[0]), row[0])))


@cache
def han_forms() -> frozenset[str]:
    """Legal forms written in Han that say nothing of what a body is."""
    chinese = frozenset(form for form, form_id in pairs("forms_cn.csv").items() if form_id not in LOOSE_FORMS)
    return chinese.union(form for form, _ in _japanese())


@cache
def _longest_chinese() -> int:
    return max(len(form) for form in pairs("forms_cn.csv"))


@cache
def _group_roles() -> dict[str, str]:
    return {fold(word): role for word, role in rows("group_words.csv")}


@cache
def _han_group_words() -> tuple[str, ...]:
    words = [word for word in _group_roles() if not word.isascii()]
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
