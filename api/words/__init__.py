"""What the command and the reports say around the answers, in English and Chinese; sentences about parties come from below."""

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from ontology.texts import fill

Words = Callable[..., str]


@cache
def words(lang: str) -> Words:
    """A function from a key and its facts to the words in `lang` (en or zh). KeyError on a key nobody wrote."""
    told: dict[str, str] = yaml.safe_load(files("api.words").joinpath(f"{lang}.yaml").read_text("utf-8"))

    def say(key: str, /, **facts: object) -> str:
        return fill(told[key], facts)

    return say


def day(when: date | None, lang: str) -> str:
    """A date as people of the language write it: `22 Nov 2026`, `2026-11-22`; nothing for none."""
    if when is None:
        return ""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return when.isoformat() if lang == "zh" else f"{when.day} {months[when.month - 1]} {when.year}"
