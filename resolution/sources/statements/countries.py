"""Countries of a cell: one or several, by code or by word in many languages, as ISO 3166-1 alpha-2."""

import re
from functools import lru_cache

from resolution.records.country_names import country_of
from resolution.sources.statements.json_cells import texts_in
from resolution.sources.statements.texts import ValueRefused

BETWEEN = re.compile(r"\s*[;；|/、\n]\s*|\s*[,，]\s*")
REMEDY = "Write a code of ISO 3166-1, such as GB, or the country's usual name."


@lru_cache(maxsize=1 << 14)
def countries(text: str, split: str | None = None) -> tuple[str, ...]:
    """The countries of a text in its order, each once, in lower case.

    split: the characters between several; where None a text that is no country itself is cut at the usual marks.
    Raises ValueRefused that names the words that are no country; its `sure` holds the codes of the others, between blanks.

    >>> countries("by;ru"), countries("Korea, Republic of"), countries("Deutschland / Österreich")
    (('by', 'ru'), ('kr',), ('de', 'at'))
    """
    if text.startswith("["):
        text, split = ";".join(texts_in(text)), ";"
    whole = country_of(text)
    if whole:
        return (whole,)
    pieces = BETWEEN.split(text) if split is None else re.split(f"[{re.escape(split)}]", text) if split else [text]
    codes_by_piece = {piece.strip(): country_of(piece) for piece in pieces if piece.strip()}
    codes = tuple(dict.fromkeys(code for code in codes_by_piece.values() if code))
    unknown = [piece for piece, code in codes_by_piece.items() if code is None]
    if unknown:
        raise ValueRefused(f"{', '.join(unknown)!r} is no country", REMEDY, sure=" ".join(codes) or None)
    return codes


def country(text: str) -> str:
    """The one country of a text. Raises ValueRefused."""
    return countries(text, "")[0]
