"""Cells of a table that no spreadsheet takes for a formula. The rule is data, and the pages read the same."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class FormulaRule(NamedTuple):
    """The rule of `ontology/formulas.json`, ready to be asked."""

    starts: re.Pattern[str]
    inner: re.Pattern[str]
    defused: re.Pattern[str]
    number: re.Pattern[str]


@cache
def formula_rule() -> FormulaRule:
    """The rule, read once."""
    patterns = json.loads(files("ontology").joinpath("formulas.json").read_text("utf-8"))
    marks, leading, separators = (f"[{patterns[name]}]" for name in ("marks", "before", "splits"))
    return FormulaRule(
        re.compile(rf"'*[\t\r]|{leading}*{marks}"),
        re.compile(rf"({separators}{leading}*)(?={marks})"),
        re.compile(rf"({separators}{leading}*)'(?={marks})"),
        re.compile(patterns["number"]),
    )


def defuse_formula(cell: object) -> object:
    """The cell as it may stand in an export: numbers as they are, text with a quote before what a spreadsheet would run.

    >>> defuse_formula('=HYPERLINK("x")'), defuse_formula("\uff1d1"), defuse_formula("-180"), defuse_formula(-0.5)
    ('\\'=HYPERLINK("x")', "'\uff1d1", '-180', -0.5)
    """
    if cell is None or isinstance(cell, int | float):
        return cell
    text, rule = str(cell), formula_rule()
    if rule.number.fullmatch(text):
        return text
    inside = rule.inner.sub(r"\1'", text)
    return f"'{inside}" if rule.starts.match(text) else inside


def restore_formula(cell: str) -> str:
    """What a cell said before `defuse_formula`; a cell that it did not change is left as it is.

    >>> restore_formula("'=1"), restore_formula("'tis"), restore_formula("-180")
    ('=1', "'tis", '-180')
    """
    rule = formula_rule()
    unquoted = rule.defused.sub(r"\1", cell)
    for text in (unquoted.removeprefix("'"), unquoted):
        if defuse_formula(text) == cell:
            return text
    return cell
