"""Cells of a table that no spreadsheet takes for a formula. The rule is data, and the pages read the same."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Rule(NamedTuple):
    """The rule of `ontology/formulas.json`, ready to be asked."""

    starts: re.Pattern[str]
    inner: re.Pattern[str]
    defused: re.Pattern[str]
    number: re.Pattern[str]


@cache
def formula_rule() -> Rule:
    """The rule, read once."""
    told = json.loads(files("ontology").joinpath("formulas.json").read_text("utf-8"))
    marks, before, splits = (f"[{told[name]}]" for name in ("marks", "before", "splits"))
    return Rule(
        re.compile(rf"[\t\r]|{before}*{marks}"),
        re.compile(rf"({splits}{before}*)(?={marks})"),
        re.compile(rf"({splits}{before}*)'(?={marks})"),
        re.compile(told["number"]),
    )


def harmless(cell: object) -> object:
    """The cell as it may stand in an export: numbers as they are, text with a quote before what a spreadsheet would run.

    >>> harmless('=HYPERLINK("x")'), harmless("\uff1d1"), harmless("-180"), harmless(-0.5)
    ('\\'=HYPERLINK("x")', "'\uff1d1", '-180', -0.5)
    """
    if cell is None or isinstance(cell, int | float):
        return cell
    text, rule = str(cell), formula_rule()
    if rule.number.fullmatch(text):
        return text
    inside = rule.inner.sub(r"\1'", text)
    return f"'{inside}" if rule.starts.match(text) else inside


def exact(cell: str) -> str:
    """What a cell said before `harmless`; a cell that it did not change is left as it is.

    >>> exact("'=1"), exact("'tis"), exact("-180")
    ('=1', "'tis", '-180')
    """
    rule = formula_rule()
    before = rule.defused.sub(r"\1", cell)
    for text in (before.removeprefix("'"), before):
        if harmless(text) == cell:
            return text
    return cell
