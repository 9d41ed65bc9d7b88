"""Both languages say the same things."""

import re
from datetime import date
from importlib.resources import files

import yaml

from api.words import day, words
from tests.conftest import PROJECT


def told(lang: str) -> dict[str, str]:
    content = yaml.safe_load(files("api.words").joinpath(f"{lang}.yaml").read_text("utf-8"))
    assert isinstance(content, dict)
    return content


def test_both_languages_have_the_same_words_with_the_same_facts() -> None:
    en, zh = told("en"), told("zh")
    facts = {
        lang: {key: set(re.findall(r"{(\w+)[:}]", text)) for key, text in each.items()} for lang, each in (("en", en), ("zh", zh))
    }
    assert facts["en"] == facts["zh"]


def test_no_key_is_written_twice() -> None:
    for lang in ("en", "zh"):
        lines = files("api.words").joinpath(f"{lang}.yaml").read_text("utf-8").splitlines()
        keys = [line.partition(":")[0] for line in lines if re.match(r"[\w.]+:", line)]
        assert sorted(keys) == sorted(set(keys))


def test_every_word_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in (PROJECT / "api").rglob("*.py"))
    made = (
        "result.",
        "kind.",
        "listing.",
        "outcome.",
        "report.",
        "account.",
        "standing.",
        "shared.",
        "conflict.",
        "verdict.",
        "history.",
        "related.",
        "level.",
        "home.",
        "birth.",
        "field.",
        "how.",
        "whynot.",
        "why.guard.",
        "doubt.",
        "aliases.",
        "model.rarity.",
        "consent.state.",
        "keys.state.",
        "role.",
        "check.",
        "jobs.",
        "watch.",
        "webhook.state.",
        "fresh.",
        "sources.",
        "queue.kind.",
    )  # Keys made of a prefix and a fact.
    assert [key for key in told("en") if f'"{key}"' not in code and f"'{key}'" not in code and not key.startswith(made)] == []


def test_no_word_that_judges_is_used() -> None:
    assert not re.search(r"blacklist|suspicious|trust level|\bbad\b", " ".join(told("en").values()), re.I)


def test_facts_are_put_in_as_they_are() -> None:
    assert words("en")("check.several", count="{row}", names="{b}").startswith("{row} parties fit equally well: {b}")


def test_dates_are_written_as_the_language_writes_them() -> None:
    assert (day(date(2026, 11, 22), "en"), day(date(2026, 11, 22), "zh"), day(None, "en")) == ("22 Nov 2026", "2026-11-22", "")
