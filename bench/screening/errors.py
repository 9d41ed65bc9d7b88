"""What stands between a party and how a list names it: each kind of error a function of the party and a source of chance."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from bench.screening.population import COMPANY, COUNTRIES, FORMS, PERSON, MadeParty, letters_of_cyrillic, nickname_groups

Rewrite = Callable[[MadeParty, Random], str | None]
"""The name as the list has it; None where the error cannot happen to the party."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SPELLINGS = (
    ("mohammed", "muhammad"), ("ov", "off"), ("sky", "skii"), ("kh", "h"), ("ei", "ey"), ("ph", "f"), ("ck", "k"),
    ("sch", "sh"), ("ou", "u"), ("ee", "i"), ("y", "i"), ("w", "v"), ("x", "ks"), ("c", "k"),
)  # fmt: skip
LONG_FORMS = {
    "Ltd": "Limited", "Inc": "Incorporated", "Corp": "Corporation", "GmbH": "Gesellschaft mit beschränkter Haftung",
    "AG": "Aktiengesellschaft", "SA": "S.A.", "LLC": "L.L.C.", "SpA": "S.p.A.", "BV": "B.V.", "OOO": "ООО", "Plc": "PLC",
    "有限公司": "有限责任公司", "有限责任公司": "有限公司", "股份有限公司": "股份公司",
}  # fmt: skip
ALL_COUNTRIES = sorted({country for countries in COUNTRIES.values() for country in countries})
SHORT_TRADES = {"international": "intl", "trading": "trdg", "construction": "constr", "logistics": "log", "electronics": "elec"}


@dataclass(frozen=True)
class ListedParty:
    """A line of the list: its FollowTheMoney entity, the kind of error, and the number of the party that is meant."""

    entity: dict[str, Any]
    error: str
    party_number: int | None


def list_party(party: MadeParty, error: str, rng: Random, *, party_number: int | None) -> ListedParty | None:
    """The line of a party under one error of `ERRORS`; None where the error cannot happen to it."""
    name = ERRORS[error](party, rng)
    if not name:
        return None
    return ListedParty({"schema": party.schema, "properties": {"name": [name], **_details(party, rng)}}, error, party_number)


def _details(party: MadeParty, rng: Random) -> dict[str, list[str]]:
    """Birth days are left out, told in part or exchanged as lists do; countries and codes are left out more often than not."""
    day, sort = party.birth_date, rng.random()
    if sort < 0.25:
        day = ""
    elif sort < 0.35:
        day = day[:4]
    elif sort < 0.40 and day and int(day[8:]) <= 12:  # Day and month exchanged.
        day = f"{day[:5]}{day[8:]}-{day[5:7]}"
    elif sort < 0.45 and day:
        day = f"{int(day[:4]) + rng.choice((-1, 1, 10))}{day[4:]}"
    country = party.country if rng.random() < 0.9 else rng.choice(ALL_COUNTRIES)  # Of residence, or of a second passport.
    details = {"birthDate": day, "country": country if rng.random() < 0.6 else ""}
    details["registrationNumber"] = party.code if rng.random() < 0.2 else ""
    return {prop: [text] for prop, text in details.items() if text}


def _exact(party: MadeParty, rng: Random) -> str | None:
    return party.name


def _typo(party: MadeParty, rng: Random) -> str | None:
    return _misspell(party, rng, words=1)


def _two_typos(party: MadeParty, rng: Random) -> str | None:
    return _misspell(party, rng, words=2)


def _misspell(party: MadeParty, rng: Random, *, words: int) -> str | None:
    spelled = list(party.reading if party.language == "chinese" else party.words)
    long_words = [place for place, word in enumerate(spelled) if len(word) > 4]
    if len(long_words) < words:
        return None
    for place in rng.sample(long_words, words):
        spelled[place] = slip(spelled[place], rng)
    form = "" if party.language == "chinese" else party.form
    return " ".join(filter(None, (*(word.capitalize() for word in spelled), form)))


def slip(word: str, rng: Random) -> str:
    """A letter left out, put in, exchanged for another or for its neighbour; never the first."""
    place, sort = rng.randrange(1, len(word)), rng.randrange(4)
    if sort == 0:
        return word[:place] + word[place + 1 :]
    if sort == 1:
        return word[:place] + rng.choice(LETTERS) + word[place:]
    if sort == 2:
        return word[:place] + rng.choice(LETTERS) + word[place + 1 :]
    return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]


def _surname_first(party: MadeParty, rng: Random) -> str | None:
    if party.schema != PERSON:
        return None
    first, *other_words = party.reading[::-1] if party.language == "chinese" else party.words[::-1]
    mark = rng.choice((", ", " "))
    return (first + mark + " ".join(other_words[::-1])).title() if other_words else None


def _words_swapped(party: MadeParty, rng: Random) -> str | None:
    if party.schema != COMPANY or party.language == "chinese" or len(party.words) < 2:
        return None
    words = list(party.words)
    words[0], words[1] = words[1], words[0]
    return " ".join((*(word.capitalize() for word in words), party.form))


def _initial(party: MadeParty, rng: Random) -> str | None:
    if party.schema != PERSON or party.language == "chinese" or not party.birth_date:
        return None
    first, *other_words = party.words
    return f"{first[0].upper()}. {' '.join(other_words).title()}"


def _nickname(party: MadeParty, rng: Random) -> str | None:
    if party.schema != PERSON or party.language == "chinese":
        return None
    group = next((group for group in nickname_groups() if party.words[0] in group), None)
    other_names = [name for name in group or () if name != party.words[0]]
    return " ".join((rng.choice(other_names), *party.words[1:])).title() if other_names else None


def _word_left_out(party: MadeParty, rng: Random) -> str | None:
    if party.language == "chinese":
        return "".join(party.words[1:]) + party.form if party.schema == COMPANY else None
    if len(party.words) < 3:
        return None
    left_out = 1 if party.schema == PERSON else len(party.words) - 1
    words = [word for place, word in enumerate(party.words) if place != left_out]
    return " ".join(filter(None, (*(word.capitalize() for word in words), party.form)))


def _word_more(party: MadeParty, rng: Random) -> str | None:
    if party.schema != PERSON or party.language == "chinese" or len(party.words) != 2:
        return None
    return f"{party.words[0]} {rng.choice(LETTERS)}. {party.words[1]}".title()


def _other_script(party: MadeParty, rng: Random) -> str | None:
    if party.language == "chinese":
        return party.english or " ".join(word.capitalize() for word in party.reading)
    return _in_cyrillic(party.name) if party.language == "slavic" and party.schema == PERSON else None


def _in_cyrillic(text: str) -> str:
    letters, cyrillic, place, low = letters_of_cyrillic(), "", 0, text.lower()
    while place < len(low):
        size = next((size for size in (4, 3, 2, 1) if low[place : place + size] in letters), 0)
        cyrillic += letters[low[place : place + size]] if size else low[place]
        place += max(size, 1)
    return cyrillic.title()


def _other_spelling(party: MadeParty, rng: Random) -> str | None:
    if party.language == "chinese":
        return None
    text = " ".join(party.words)
    spelled = next((text.replace(old, new) for old, new in rng.sample(SPELLINGS, len(SPELLINGS)) if old in text), None)
    return " ".join(filter(None, (spelled.title(), party.form))) if spelled else None


def _other_form(party: MadeParty, rng: Random) -> str | None:
    if party.form not in LONG_FORMS or party.schema != COMPANY:
        return None
    stem = "".join(party.words) if party.language == "chinese" else " ".join(party.words).title() + " "
    return stem + LONG_FORMS[party.form]


def _wrong_form(party: MadeParty, rng: Random) -> str | None:
    if party.schema != COMPANY or party.language == "chinese":
        return None
    forms = [form for country in FORMS for form in FORMS[country] if form != party.form]
    return " ".join((*party.words, rng.choice(forms))).title()


def _form_left_out(party: MadeParty, rng: Random) -> str | None:
    if party.schema != COMPANY:
        return None
    return "".join(party.words) if party.language == "chinese" else " ".join(party.words).title()


def _trade_shortened(party: MadeParty, rng: Random) -> str | None:
    words = [SHORT_TRADES.get(word, word) for word in party.words]
    return " ".join((*words, party.form)).title() if tuple(words) != party.words else None


def _joined(party: MadeParty, rng: Random) -> str | None:
    if party.language == "chinese" or len(party.words) < 2 or party.schema != COMPANY:
        return None
    return " ".join((party.words[0] + party.words[1], *party.words[2:], party.form)).title()


ERRORS: dict[str, Rewrite] = {
    "exact": _exact,
    "typo": _typo,
    "two typos": _two_typos,
    "surname first": _surname_first,
    "words swapped": _words_swapped,
    "initial": _initial,
    "nickname": _nickname,
    "word left out": _word_left_out,
    "word more": _word_more,
    "other script": _other_script,
    "other spelling": _other_spelling,
    "other form": _other_form,
    "wrong form": _wrong_form,
    "form left out": _form_left_out,
    "trade shortened": _trade_shortened,
    "words joined": _joined,
}
HELD_OUT = ("two typos", "word more", "other spelling", "words joined", "trade shortened")
"""Kinds of error that calibration never sees."""
