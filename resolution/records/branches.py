"""The firm that a branch belongs to, read from the branch's name: a branch is a part of a firm, in any language."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from ontology.documents import read_yaml
from resolution.records.cities import is_place_name
from resolution.records.forms import word_forms
from resolution.records.text import fold

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
EAST_BODY = re.compile(
    r"公司|集团|集團|银行|銀行|企业|企業|合作社|会社|會社|工厂|工廠|学校|医院|信用社|事务所|[(（](?:有限|普通)合伙[)）]|주식회사|유한회사"
)
EAST_FORMS = frozenset(("株式会社", "有限会社", "合同会社", "주식회사", "유한회사"))  # They may stand in front of the name.
HEAD_MIN = 4  # Characters: less is a form without a name.
SEPARATOR = re.compile(r"[-–—,;:(（/|·]")
EDGES = " \t-–—,;:/|·()（）[]\"“”«»„'’."
FORM_WORDS_MAX = 4
PLACE_WORDS_MAX = 3
PHRASE_WORDS_MAX = 5


class Token(NamedTuple):
    """One word of a name as it is folded, and where it stands in the name as written."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=1 << 15)
def head_office_name(text: str) -> str | None:
    """The name of the firm that this is a branch of; None where the name tells no branch.

    >>> head_office_name("Weserholz GmbH Zweigniederlassung Köln")
    'Weserholz GmbH'
    >>> head_office_name("Филиал ООО Вектор в г. Тверь")
    'ООО Вектор'
    >>> head_office_name("泉州晟垚石材有限公司晋江分公司")
    '泉州晟垚石材有限公司'
    >>> head_office_name("Olive Branch Bakery Ltd")
    """
    wide = " ".join(unicodedata.normalize("NFKC", text).split())
    return _eastern_head(wide) or _spaced_head(wide)


@cache
def branch_words() -> frozenset[str]:
    """Words that say that a name is of a branch; folded."""
    return frozenset(word for phrase in _phrases() for word in phrase.split())


@cache
def joining_words() -> frozenset[str]:
    """Words that stand between a branch and its firm or place; folded."""
    return _listed("of")


def _eastern_head(text: str) -> str | None:
    """Of a Chinese, Japanese or Korean name that ends in a branch word: all up to the last body in front of it."""
    ending = next((end for end in _endings() if text.rstrip(EDGES).endswith(end)), None)
    if ending is None:
        return None
    before = text.rstrip(EDGES).removesuffix(ending)
    stop = max((match.end() for match in EAST_BODY.finditer(before)), default=0)
    head = before[:stop].strip(EDGES)
    if head in EAST_FORMS:
        head = before.rpartition(" ")[0].strip(EDGES)
    return head if len(head) >= HEAD_MIN else None


def _spaced_head(text: str) -> str | None:
    tokens = _tokens(text)
    for start in range(len(tokens)):
        for length in range(min(PHRASE_WORDS_MAX, len(tokens) - start), 0, -1):
            if _folded_text(tokens[start : start + length]) in _phrases():
                return _behind(text, tokens, start + length) if start == 0 else _before(text, tokens, start, start + length)
    return None


def _before(text: str, tokens: list[Token], start: int, end: int) -> str | None:
    """The firm in front of the branch word: up to its legal form, else up to a dash, comma or bracket.

    A word that is part of a name (Olive Branch Ltd) has its legal form behind it.
    """
    head, tail = tokens[:start], tokens[end:]
    form_end = _form_end(head)
    if form_end:
        return text[: head[form_end - 1].end].strip(EDGES)
    if tail and _form_end(tail):
        return None
    separator = SEPARATOR.search(text[: tokens[start].start])
    if separator:
        return text[: separator.start()].strip(EDGES) or None
    return _without_form(text, head, tail, _folded_text(tokens[start:end]))


def _without_form(text: str, head: list[Token], tail: list[Token], phrase: str) -> str | None:
    """Of a name without a legal form: what stands in front of the branch word and the branch's place.

    `Branch` ends names of firms too: two words have to stand in front of it, or one that says what body it is.
    """
    name_tokens = [token for token in head if token.folded not in _listed("of")]
    enough = _has_body(head) or len(name_tokens) >= (2 if phrase in _english() else 1)
    if not enough or (tail and not _is_place([token for token in tail if token.folded not in _listed("of")])):
        return None
    length = next((n for n in range(PLACE_WORDS_MAX, 0, -1) if n < len(head) and _is_place(head[-n:])), 0)
    return text[head[0].start : head[len(head) - length - 1].end].strip(EDGES)


def _behind(text: str, tokens: list[Token], start: int) -> str | None:
    """The firm behind the branch word: from the first word that joins no more, up to its place."""
    first = start
    while start < len(tokens) and tokens[start].folded in _listed("of"):
        start += 1
    if start == first and _folded_text(tokens[:first]) in _english():
        return None  # Branch Coffee Ltd.
    behind = tokens[start:]
    end, leading = _form_end(behind), _leading_form(behind)
    if not behind or not (end or leading or _has_body(behind)):
        return None
    if end and not leading:
        joins = (
            index
            for index in range(1, end)
            if behind[index].folded in _listed("of") and (start == first or _is_place(behind[:index]))
        )
        return text[behind[next(joins, -1) + 1].start : behind[end - 1].end].strip(EDGES)
    stop = next((index for index in range(leading + 1, len(behind)) if behind[index].folded in _listed("of")), len(behind))
    return text[behind[0].start : behind[stop - 1].end].strip(EDGES)


def _form_end(tokens: list[Token]) -> int:
    """How many words lie before the end of the last legal form that stands behind a name; 0 without one."""
    form_end = 0
    for end in range(2, len(tokens) + 1):
        for length in range(min(FORM_WORDS_MAX, end - 1), 0, -1):
            if _is_form(tokens[end - length : end]):
                form_end = end
                break
    return form_end


def _leading_form(tokens: list[Token]) -> int:
    return next((n for n in range(min(FORM_WORDS_MAX, len(tokens) - 1), 0, -1) if _is_form(tokens[:n])), 0)


def _is_form(tokens: list[Token]) -> bool:
    return "".join(token.folded for token in tokens) in _forms()


def _has_body(tokens: list[Token]) -> bool:
    return any(token.folded in _listed("bodies") for token in tokens)


def _is_place(tokens: list[Token]) -> bool:
    return is_place_name(_folded_text(tokens))


def _folded_text(tokens: list[Token]) -> str:
    return " ".join(token.folded for token in tokens)


def _tokens(text: str) -> list[Token]:
    return [Token(fold(match.group()), *match.span()) for match in WORD.finditer(text)]


@cache
def _phrases() -> frozenset[str]:
    table = _table()
    return frozenset(fold(phrase) for phrases in (*table["words"].values(), table["other"]) for phrase in phrases)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _table()[name])


@cache
def _english() -> frozenset[str]:
    return frozenset(_table()["words"]["en"])


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted((*_table()["han"], *_table()["hangul"]), key=len, reverse=True))


@cache
def _forms() -> frozenset[str]:
    """Legal forms without gaps: `sp z o.o.` and `Sp. zoo` are one."""
    return frozenset(form.replace(" ", "") for form in (*word_forms(), *map(fold, _table()["forms"])))


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = read_yaml(files("resolution.records.words").joinpath("branches.yaml").read_text("utf-8"))
    return table
