"""The words by which a name tells what bears it, read once: legal forms, words for bodies, names of people."""

from functools import cache
from importlib.resources import files
from typing import Any

from ontology.documents import read_yaml
from resolution.records.forms import word_forms
from resolution.records.text import fold
from resolution.records.words import lines, pairs, rows

OWN_FORM_MIN = 4  # Letters of a legal form that is hardly ever another word.
SURNAME_COMMON = 20.0  # Of 100,000 people in China: those whose reading alone makes a surname likely.


@cache
def table() -> dict[str, Any]:
    """The lists of `words/kinds.yaml`."""
    return dict(read_yaml(files("resolution.records.words").joinpath("kinds.yaml").read_text("utf-8")))


@cache
def word_set(name: str) -> frozenset[str]:
    """One list of words, folded; `syllables` and `surnames_pinyin` are made of lists kept elsewhere."""
    if name == "syllables":
        return frozenset(lines("pinyin.txt"))
    if name == "surnames_pinyin":
        return _surnames_pinyin()
    words = table()[name]
    return frozenset(
        fold(str(word)) for word in ([w for group in words.values() for w in group] if isinstance(words, dict) else words)
    )


@cache
def firm_forms() -> frozenset[tuple[str, ...]]:
    """Legal forms as words that have no other meaning: those in Latin letters, and of the others whole phrases and long words."""
    weak = word_set("weak_forms_last") | word_set("weak_forms_first")
    given_names, surnames = name_lists()
    other_meanings = weak | given_names | surnames
    long_forms = {form for form in word_forms() if len(form) >= OWN_FORM_MIN and form not in other_meanings}
    phrases = {form for form in word_forms() if " " in form}
    return frozenset(tuple(form.split()) for form in long_forms | phrases | (pairs("forms_latin.csv").keys() - weak))


@cache
def name_lists() -> tuple[frozenset[str], frozenset[str]]:
    """Given names and surnames of the world, folded."""
    further_names = frozenset(lines("names_more.txt"))
    return frozenset(lines("given_names.txt")) | further_names, frozenset(lines("surnames_world.txt")) | further_names


@cache
def common_given() -> frozenset[str]:
    """Given names of three languages or more."""
    return frozenset(lines("given_common.txt"))


@cache
def patronymic_ends() -> tuple[str, ...]:
    """Ends of a word that make it a patronymic."""
    return tuple(sorted(word_set("patronymic_ends")))


@cache
def place_words() -> frozenset[str]:
    """Countries, large towns and Chinese regions that are one word in Latin letters."""
    countries = {fold(name) for _, _, names in rows("countries.csv") for name in names.split("|")}
    return frozenset(word for word in {*lines("places_more.txt"), *countries} if " " not in word)


@cache
def known_words() -> frozenset[str]:
    """Words that tell of a body, a place or a line of business, and of no person."""
    firm = {word for group in table()["firm"].values() for word in map(fold, map(str, group)) if " " not in word}
    return frozenset({*firm, *word_set("weak_firm"), *lines("generic_words.txt"), *place_words()})


@cache
def _surnames_pinyin() -> frozenset[str]:
    from resolution.records.text import sound

    return frozenset(
        reading or sound(surname) for surname, per_100k, reading in rows("surnames.csv") if float(per_100k or 0) >= SURNAME_COMMON
    )
