"""Makes months.csv and country_words.csv: `python -m resolution.records.words.cldr`.

Needs babel 2.19, pycountry 26.2 and countryinfo 1.0, which nothing else does: to load so many languages from them takes seconds.
Months and territories are those of Unicode CLDR as babel carries it, official names those of ISO 3166-1, nationalities English.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from resolution.records.text import unmarked

FOLDER = Path(__file__).parent
LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lb "
    "lo lt lv mk ml mn mr ms mt my nb ne nl nn or pa pl ps pt ro ru si sk sl so sq sr sr_Latn sv sw ta te tg th tk tr uk ur uz "
    "vi zh zh_Hant zu de_AT en_GB en_AU fr_CA pt_PT es_MX"
)
CODE_LETTERS = 2
ALSO = {  # As people still write them, or write them shorter; withdrawn codes are those of ISO 3166-3.
    "BN": "Brunei",
    "BY": "Belorussia|Byelorussia|Byelorussian SSR|White Russia|Республика Беларусь|Белоруссия",
    "CD": "DRC|DR Congo|Zaire|Congo-Kinshasa|Democratic Republic of Congo|Congo, Democratic Republic of the|"
    "Congo, Democratic Republic of|Congo (Democratic Republic)|Congo (the Democratic Republic of the)",
    "CG": "Congo-Brazzaville|Republic of the Congo|Congo, Republic of the",
    "CI": "Ivory Coast|Cote d Ivoire",
    "CV": "Cape Verde",
    "GM": "Gambia, The",
    "BS": "Bahamas, The",
    "LY": "Libyan Arab Jamahiriya",
    "DD": "East Germany|GDR|DDR",
    "FM": "Micronesia",
    "GB": "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|England and Wales|Великобритания|English|"
    "Scottish|Welsh|Northern Irish",
    "HK": "Hongkong|Hong Kong SAR|Hong Kong, China|中国香港|香港特别行政区|香港特別行政區",
    "IE": "Republic of Ireland|Éire|Southern Ireland",
    "IR": "Islamic Republic of Iran|Persia",
    "KP": "DPRK|North Korea|Democratic People's Republic of Korea|朝鲜民主主义人民共和国|Korea, North|"
    "Korea (the Democratic People's Republic of)",
    "KR": "South Korea|ROK|Republic of Korea|大韩民国|Korea, South|Korea (the Republic of)",
    "KZ": "Республика Казахстан",
    "MK": "Macedonia|FYROM|Former Yugoslav Republic of Macedonia|Macedonia, The Former Yugoslav Republic of|"
    "North Macedonia, The Republic of",
    "MM": "Burma|Myanmar/Burma|Burma/Myanmar",
    "MO": "Macau|Macao SAR|中国澳门|澳门特别行政区",
    "NL": "Holland|The Netherlands",
    "PS": "Palestine|State of Palestine|West Bank|Gaza|Palestinian Authority|Occupied Palestinian Territories|"
    "Occupied Palestinian Territory|Palestinian territories, occupied|Region: Gaza",
    "RU": "Российская Федерация|РФ|Russian Fed.",
    "SU": "USSR|Soviet Union|СССР|Союз Советских Социалистических Республик",
    "SY": "Syria",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "TW": "Taiwan|Taiwan, China|Chinese Taipei|中国台湾|中國台灣|臺灣",
    "US": "USA|U.S.A.|U.S.|United States|America|Estados Unidos de América|美利坚合众国",
    "VA": "Vatican|Holy See",
    "VG": "BVI|B.V.I.|British Virgin Islands",
    "VI": "USVI|US Virgin Islands",
    "YU": "Yugoslavia|Jugoslavija|Югославия",
}
PEOPLE_OF_SEVERAL = {"Indian": "IN", "Norwegian": "NO", "American": "US", "French": "FR", "Chinese": "CN"}  # Not of territories.
MONTHS_ALSO = {("mrz", 3): "de", ("sept", 9): "en", ("fev", 2): "fr"}
OFFICIAL = ("name", "official_name", "common_name")


def main(out: Path = FOLDER) -> None:
    """Write both lists; the same packages give the same bytes."""
    months = ((word, str(month), " ".join(sorted(spoken))) for (word, month), spoken in sorted(_months().items()))
    _write(out / "months.csv", ("word", "month", "languages"), months)
    countries = ((code.lower(), "|".join(sorted(names))) for code, names in sorted(_countries().items()))
    _write(out / "country_words.csv", ("code", "names"), countries)


def _locales() -> Iterator[tuple[str, object]]:
    from babel import Locale  # type: ignore[import-not-found, unused-ignore]

    return ((name.partition("_")[0], Locale.parse(name)) for name in LANGUAGES.split())


def _months() -> dict[tuple[str, int], set[str]]:
    languages_by_month: dict[tuple[str, int], set[str]] = defaultdict(set)
    for language, locale in _locales():
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in locale.months[context][width].items():  # type: ignore[attr-defined]
                    if not any(map(str.isdigit, name)):
                        languages_by_month[unmarked(name), month].add(language)
    for (word, month), language in MONTHS_ALSO.items():
        languages_by_month[word, month].add(language)
    return languages_by_month


def _nationalities() -> dict[str, str]:
    """Country by the word for its people; those that two peoples share are left out."""
    from countryinfo import all_countries  # type: ignore[import-not-found, unused-ignore]

    people: dict[str, set[str]] = defaultdict(set)
    for facts in all_countries():
        for word in facts.demonym().split(",") if facts.demonym() else ():
            people[word].add(facts.iso(2))
    return {word: next(iter(codes)) for word, codes in people.items() if len(codes) == 1} | PEOPLE_OF_SEVERAL


def _countries() -> dict[str, set[str]]:
    import pycountry  # type: ignore[import-not-found, unused-ignore]

    names_by_code: dict[str, set[str]] = defaultdict(set)
    for country in pycountry.countries:
        official = (getattr(country, name, None) for name in OFFICIAL)
        names_by_code[country.alpha_2] |= {unmarked(name) for name in official if name} | {country.alpha_3.lower()}
    for _, locale in _locales():
        for code, name in locale.territories.items():  # type: ignore[attr-defined]
            if code in names_by_code or code == "XK":
                names_by_code[code].add(unmarked(name))
    for word, code in _nationalities().items():
        names_by_code[code].add(unmarked(word))
    for code, names in ALSO.items():
        names_by_code[code] |= set(map(unmarked, names.split("|")))
    return _clear({code: {spelling for name in names for spelling in _orders(name)} for code, names in names_by_code.items()})


def _orders(name: str) -> set[str]:
    """`Korea, Republic of` as it stands, turned round, and with brackets."""
    first, comma, behind = name.partition(", ")
    if not comma:
        return {name}
    return {name, f"{behind} {first}", f"{behind.removeprefix('the ')} {first}", f"{first} ({behind})"}


def _clear(names_by_code: dict[str, set[str]]) -> dict[str, set[str]]:
    """Without the words that stand for two countries, such as the Persian one for Latvia and Lithuania."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for code, names in names_by_code.items():
        for name in names:
            bearers[name].add(code)
    return {
        code: {name for name in names if len(bearers[name]) == 1 and len(name) >= CODE_LETTERS}
        for code, names in names_by_code.items()
    }


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
