"""Made persons and firms of several languages, drawn from the word lists of kith and of its samples; nobody of them is real."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random
from typing import Any

from resolution.records.words import lines, rows
from samples.rng import seeded_rng
from samples.words import words

PERSON, COMPANY = "Person", "Company"
PERSON_SHARE = 0.6
COUNTRIES = {
    "western": ("us", "gb", "de", "fr", "it", "nl", "se", "ca", "au"),
    "hispanic": ("es", "mx", "ar", "co", "pe"),
    "slavic": ("ru", "ua", "by", "bg", "rs"),
    "arabic": ("sa", "ae", "eg", "iq", "sy"),
    "chinese": ("cn", "cn", "cn", "tw", "hk", "sg"),
}
SLAVIC_ENDINGS = ("ov", "ova", "ev", "eva", "enko", "sky", "ich", "chuk")
SLAVIC_GIVEN = "ivan sergei dmitri aleksei andrei nikolai viktor oleg boris pavel mikhail maksim roman olga elena irina"
ARABIC_GIVEN = (
    "mohammed ahmad ali hassan hussein omar khalid yusuf ibrahim mahmoud fatima aisha maryam layla salim tariq karim nasser "
    "abdullah saeed faisal sultan rashid majid hamad jamal sami bilal adnan ghassan ziad marwan haitham imad nabil samir wael "
    "walid zainab noor huda rania dina salma mona hanan amal samira nadia"
)
ARABIC_FAMILY = (
    "haddad khoury masri baghdadi shami najjar rahman aziz karimi tamimi qasim jaber sabbagh zidan hariri ghamdi otaibi shehri "
    "zahrani harbi dosari qahtani mutairi shamsi mazrouei suwaidi ketbi nuaimi marzouqi hashimi jubouri dulaimi obeidi samarrai "
    "tikriti basri halabi homsi daher saleh awad barakat hamdan issa kanaan mansour nimr odeh qabbani rifai sayegh tawil yassin"
)
SYLLABLES = (
    "bal cor den fal gar hol jen kas lum mor nex ord pra quin ros sol tar ul ver wes xan yor zen bri cle dro fre gla kri plo"
)
TRADES = "trading logistics shipping textiles machinery electronics pharma foods energy capital consulting construction software"
FORMS = {
    "us": ("Inc", "LLC", "Corp"),
    "gb": ("Ltd", "Plc", "LLP"),
    "de": ("GmbH", "AG", "KG"),
    "fr": ("SARL", "SA", "SAS"),
    "it": ("SpA", "Srl"),
    "nl": ("BV", "NV"),
    "se": ("AB",),
    "ca": ("Inc", "Ltd"),
    "au": ("Pty Ltd",),
    "es": ("SL", "SA"),
    "mx": ("SA de CV",),
    "ar": ("SA", "SRL"),
    "co": ("SAS",),
    "pe": ("SAC",),
    "ru": ("OOO", "AO"),
    "ua": ("TOV",),
    "by": ("OOO",),
    "bg": ("EOOD",),
    "rs": ("doo",),
    "sa": ("LLC",),
    "ae": ("FZE", "LLC"),
    "eg": ("SAE",),
    "iq": ("LLC",),
    "sy": ("LLC",),
    "hk": ("Limited",),
    "sg": ("Pte Ltd",),
}


@dataclass(frozen=True)
class MadeParty:
    """One party: its name as words, given first, and what is known of it. reading: of a Han name its pinyin, as words."""

    schema: str
    language: str
    words: tuple[str, ...]
    form: str = ""
    reading: tuple[str, ...] = ()
    english: str = ""
    birth_date: str = ""
    country: str = ""
    code: str = ""
    aliases: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """The name as its own records have it."""
        if self.language == "chinese":
            return "".join(self.words) + self.form
        return " ".join(filter(None, (*(word.capitalize() for word in self.words), self.form)))

    def properties(self) -> dict[str, Any]:
        """As FollowTheMoney properties."""
        name_and_country = {"name": [self.name], "alias": list(self.aliases), "country": [self.country] if self.country else []}
        day = {"birthDate": [self.birth_date] if self.birth_date else []} if self.schema == PERSON else {}
        code = {"registrationNumber": [self.code]} if self.code else {}
        return {prop: texts for prop, texts in (name_and_country | day | code).items() if texts}


def make_parties(count: int, *, seed: int, purpose: str) -> list[MadeParty]:
    """So many parties of one seed; another purpose draws others from the same lists."""
    rng = seeded_rng(seed, purpose)
    return [_person(rng) if rng.random() < PERSON_SHARE else _firm(rng) for _ in range(count)]


def _person(rng: Random) -> MadeParty:
    language = rng.choices(tuple(COUNTRIES), (45, 12, 12, 11, 20))[0]
    person = _PERSONS[language](rng)
    day = f"{rng.randint(1940, 2004)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    return replace(
        person,
        birth_date=_perhaps(rng, day, 0.8),
        country=_perhaps(rng, rng.choice(COUNTRIES[language]), 0.8),
    )


def _western(rng: Random) -> MadeParty:
    given_names = [_skewed(rng, lines("given_common.txt"))]
    given_names += [_skewed(rng, lines("given_common.txt"))] if rng.random() < 0.3 else []
    return MadeParty(PERSON, "western", (*given_names, _skewed(rng, _surnames())))


def _hispanic(rng: Random) -> MadeParty:
    words = (_skewed(rng, lines("given_common.txt")), _skewed(rng, _surnames()), _skewed(rng, _surnames()))
    return MadeParty(PERSON, "hispanic", words)


def _slavic(rng: Random) -> MadeParty:
    return MadeParty(PERSON, "slavic", (rng.choice(SLAVIC_GIVEN.split()), _skewed(rng, _slavic_surnames(), power=1.5)))


def _arabic(rng: Random) -> MadeParty:
    given_names = rng.sample(ARABIC_GIVEN.split(), 2)
    return MadeParty(PERSON, "arabic", (*given_names, rng.choice(("", "al ")) + rng.choice(ARABIC_FAMILY.split())))


def _chinese(rng: Random) -> MadeParty:
    surname, reading = rng.choices(words().surnames, words().surname_weights)[0]
    given_signs = rng.choices(words().given_names, k=2 if rng.random() < 0.85 else 1)
    given_reading = "".join(spoken for _, spoken in given_signs)
    return MadeParty(PERSON, "chinese", (surname, "".join(sign for sign, _ in given_signs)), reading=(reading, given_reading))


_PERSONS = {
    "western": _western,
    "hispanic": _hispanic,
    "slavic": _slavic,
    "arabic": _arabic,
    "chinese": _chinese,
}


def _firm(rng: Random) -> MadeParty:
    return _chinese_firm(rng) if rng.random() < 0.35 else _latin_firm(rng)


def _latin_firm(rng: Random) -> MadeParty:
    language = rng.choices(("western", "hispanic", "slavic", "arabic"), (70, 12, 10, 8))[0]
    country = rng.choice(COUNTRIES[language])
    brand = _skewed(rng, _surnames(), power=1.5) if rng.random() < 0.4 else "".join(rng.sample(SYLLABLES.split(), 3))
    second_brand = (_skewed(rng, _surnames(), power=1.5),) if rng.random() < 0.25 else ()
    trade = rng.sample(TRADES.split(), rng.choice((0 if second_brand else 1, 1, 1, 2)))
    return MadeParty(
        COMPANY,
        language,
        (brand, *second_brand, *trade),
        form=rng.choice(FORMS[country]),
        country=_perhaps(rng, country, 0.8),
        code=_perhaps(rng, str(rng.randint(10_000_000, 99_999_999)), 0.5),
    )


def _chinese_firm(rng: Random) -> MadeParty:
    town, trade = rng.choice(words().towns), rng.choice(words().industries)
    characters = rng.choices(words().brands, k=rng.choice((2, 2, 3)))
    brand, sound = "".join(sign for sign, _ in characters), "".join(spoken for _, spoken in characters)
    return MadeParty(
        COMPANY,
        "chinese",
        (town.town.removesuffix("市"), brand, trade.zh),
        form=rng.choice(("有限公司", "有限责任公司", "股份有限公司")),
        reading=(town.en, sound, trade.en),
        english=f"{town.en} {sound.capitalize()} {trade.en} Co., Ltd.",
        country=_perhaps(rng, "cn", 0.8),
        code=_perhaps(rng, str(rng.randint(100_000_000, 999_999_999)), 0.3),
    )


def _perhaps(rng: Random, text: str, share: float) -> str:
    return text if rng.random() < share else ""


def _skewed(rng: Random, words: Sequence[str], *, power: float = 2.5) -> str:
    """One of the words; those on some hundred places come often, as names do: the more, the higher the power."""
    shuffled = _shuffled(len(words))
    return words[shuffled[int(len(words) * rng.random() ** power)]]


@cache
def _shuffled(count: int) -> tuple[int, ...]:
    places = list(range(count))
    seeded_rng(0, "order of names").shuffle(places)
    return tuple(places)


@cache
def _surnames() -> tuple[str, ...]:
    return tuple(word for word in lines("surnames_world.txt") if word.isascii() and len(word) > 2)


@cache
def _slavic_surnames() -> tuple[str, ...]:
    return tuple(word for word in _surnames() if word.endswith(SLAVIC_ENDINGS))


@cache
def nickname_groups() -> tuple[tuple[str, ...], ...]:
    """Given names that stand for one another."""
    return tuple(tuple(line.split()) for line in lines("nicknames.txt"))


@cache
def letters_of_cyrillic() -> dict[str, str]:
    """Latin writing -> Cyrillic letter, the first of each."""
    letters: dict[str, str] = {}
    for letter, latin, *_ in rows("cyrillic.csv"):
        if latin:
            letters.setdefault(latin, letter)
    return letters
