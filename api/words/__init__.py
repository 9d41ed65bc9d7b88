"""What the command and the reports say around the answers, in English and Chinese; sentences about parties come from below."""

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files

from ontology.documents import read_yaml
from ontology.texts import fill

Words = Callable[..., str]


@cache
def words(lang: str) -> Words:
    """A function from a key and its facts to the words in `lang` (en or zh). KeyError on a key nobody wrote."""
    texts: dict[str, str] = read_yaml(files("api.words").joinpath(f"{lang}.yaml").read_text("utf-8"))

    def say(key: str, /, **facts: object) -> str:
        return fill(texts[key], facts)

    return say


def percent(share: float) -> str:
    """A share as per cent, with as many digits as say something.

    >>> percent(0.6), percent(0.005), percent(1 / 3)
    ('60%', '0.5%', '33.33%')
    """
    return f"{100 * share:.4g}%"


def day(on_date: date | None, lang: str) -> str:
    """A date as people of the language write it: `22 Nov 2026`, `2026-11-22`; nothing for none."""
    if on_date is None:
        return ""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return on_date.isoformat() if lang == "zh" else f"{on_date.day} {months[on_date.month - 1]} {on_date.year}"
