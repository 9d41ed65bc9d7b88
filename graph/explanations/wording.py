"""Sentences from templates and facts, in English and Chinese; the templates are data."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from ontology.documents import read_yaml
from ontology.rulebook_parts import Language
from ontology.texts import fill


class Wording:
    """Fills sentence templates and formats figures in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def say(self, key: str, **facts: object) -> str:
        """The template at a dotted key with its facts filled in. Raises KeyError where either is missing."""
        text: str = fill(_template(key, self.language), facts)
        return text

    def has(self, key: str) -> bool:
        """Whether there is a template at a dotted key."""
        node: Any = _templates()
        for part in key.split("."):
            node = node.get(part) if isinstance(node, dict) else None
        return node is not None

    def percent(self, share: float) -> str:
        """A share as per cent, with one decimal only where it is not 0.

        >>> Wording("en").percent(0.62)
        '62 %'
        """
        value = 100 * share
        return self.say("percent", value=f"{value:.1f}" if round(value, 1) != round(value) else f"{value:.0f}")

    def number(self, value: float) -> str:
        """A signal to three significant digits."""
        return f"{value:.3g}"

    def day(self, number: int | date | None) -> str:
        """A day number or date as ISO text, empty where there is none."""
        if not number:
            return ""
        return (number if isinstance(number, date) else date.fromordinal(number)).isoformat()

    def listing(self, parts: Iterable[str]) -> str:
        """The parts joined as a list within a sentence."""
        return self.say("comma").join(parts)

    def sentences(self, *parts: str) -> str:
        """The parts joined as sentences, each with a capital and a full stop; empty parts are left out."""
        stop = self.say("full_stop")
        return stop.join(_tidied(part) for part in parts if part).strip() + stop.strip() if any(parts) else ""


def _tidied(part: str) -> str:
    text = part.strip().rstrip(".。")
    return text[:1].upper() + text[1:]


@cache
def _templates() -> dict[str, Any]:
    templates: dict[str, Any] = read_yaml(files("graph.explanations").joinpath("sentences.yaml").read_text("utf-8"))
    return templates


@cache
def _template(key: str, language: Language) -> str:
    node: Any = _templates()
    for part in (*key.split("."), language):
        node = node[part]
    return str(node)
