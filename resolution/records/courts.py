"""German registers: each court counts for itself, so that a number tells a firm only with its court."""

import re
from functools import cache

from resolution.records.text import fold

GERMANY = "DE"
_NUMBER = re.compile(
    r"(?P<before>.*?)\b(?P<register>HR\s?[AB]|GnR|PR|VR|GsR)[\s.:-]*(?:Nr\b|No\b)?[\s.:-]*(?P<number>\d{1,3}[ .]\d{3}\b|\d{1,6})"
    r"(?P<suffix>\s?[A-Z]{1,3}\b)?(?P<after>.*)",
    re.IGNORECASE | re.DOTALL,
)
_COURT_CODE = re.compile(r"(?P<court>[A-Z]\d{4}[A-Z]?)_(?P<register>HR[AB]|GNR|PR|VR|GSR)(?P<number>\d{1,6})", re.IGNORECASE)
_COURTS = "amtsgericht amtsgerichts ag registergericht court courts district local municipal commercial trade"
_REGISTERS = (
    "handelsregister register registry genossenschaftsregister vereinsregister partnerschaftsregister abteilung abt nr no number"
)
_SMALL_WORDS = "nummer of at in the under des der die das beim bei unter b a germany deutschland de"
_FILLING = frozenset(f"{_COURTS} {_REGISTERS} {_SMALL_WORDS}".split())
_EXONYMS = {"munich": "munchen", "cologne": "koln", "nuremberg": "nurnberg", "hanover": "hannover", "brunswick": "braunschweig"}
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


def court_number(text: str, place: str | None) -> tuple[str, str] | None:
    """Place and number of a German registration number; None where it is none.

    place: code of the issuer's country, or its court as the source tells it; None where it tells neither.
    The letter that Berlin puts behind a number does not count.

    >>> court_number("Amtsgericht Kiel HRB 33517", "DE"), court_number("HRB 33517 B", "DE"), court_number("SC 123456", "GB")
    (('DE/KIEL', 'HRB33517'), ('DE', 'HRB33517'), None)
    """
    if place and len(place) == 2 and place != GERMANY:
        return None
    match = _COURT_CODE.fullmatch(text.strip()) or _NUMBER.fullmatch(text.strip())
    if match is None or (place is None and match["register"].upper().replace(" ", "") not in {"HRA", "HRB"}):
        return None
    parts = match.groupdict()
    around_number = parts.get("court") or f"{parts['before']} {parts['after']}"
    court = _court(around_number) or (_court(place) if place and place != GERMANY else "")
    number = re.sub(r"\s", "", match["register"]).upper() + re.sub(r"\D", "", match["number"]).lstrip("0")
    return (f"{GERMANY}/{court}" if court else GERMANY), number


def _court(text: str) -> str:
    """The town of a court, in one spelling; "" where none is told."""
    words = [_EXONYMS.get(word, word) for word in fold(text).split() if word not in _FILLING and not word.isdigit()]
    return _without_umlauts("charlottenburg" if "charlottenburg" in words else " ".join(words)).upper()


@cache
def _without_umlauts(town: str) -> str:
    for pair, letter in _UMLAUTS:
        town = town.replace(pair, letter)
    return town
