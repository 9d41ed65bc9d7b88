"""Whether the place of a supplier's line contradicts every place a party is known in."""

from collections.abc import Iterable, Iterator

from ontology.entity import Entity
from resolution.records.cities import CountryRegion, places_named
from resolution.records.country_names import country_of
from resolution.records.firms import firm_name, regions_differ, split_regions
from resolution.records.regions import region_name
from resolution.records.text import fold


def is_elsewhere(place_text: str, entity: Entity, *, name: str = "") -> bool:
    """True only where the text names a place, the party is known somewhere, and no reading of the one lies in the other.

    name: the supplier's. Where it has a region of its own, that the party's name has one as well tells nothing of its seat.
    """
    folded_place, by_name = fold(place_text), not firm_name(name).regions
    known_texts = list(_texts(entity, by_name=by_name))
    if not folded_place or any(folded_place in fold(text) for text in known_texts):
        return False
    return _other_region(folded_place, entity, by_name=by_name) or _other_place(place_text, known_texts, entity.countries)


def is_in_place(place_text: str, entity: Entity) -> bool:
    """Whether the party is known in the place given, by an address or what follows from one."""
    folded_place = fold(place_text)
    known_texts = list(_texts(entity, by_name=False))
    if not folded_place or any(folded_place in fold(text) for text in known_texts):
        return bool(folded_place)
    known_places = _exact(place for text in known_texts for place in places_named(text))
    return any(_agree(place, place_known) for place in _exact(places_named(place_text)) for place_known in known_places)


def is_in_other_country(country_text: str, entity: Entity) -> bool:
    """True only where the text names a country, the party's are known, and it is none of them."""
    code, known = country_of(country_text), _countries(entity)
    return is_elsewhere(country_text, entity) if code is None else bool(known) and code not in known


def is_in_country(country_text: str, entity: Entity) -> bool:
    """Whether the party is known in the country given."""
    return country_of(country_text) in _countries(entity)


def _countries(entity: Entity) -> set[str]:
    """Countries of a party: those that are told, and those of its addresses."""
    return {*entity.countries, *(country for text in _texts(entity, by_name=False) for country, _ in _exact(places_named(text)))}


def known_place(entity: Entity) -> str:
    """Where the party is, as words: its place, else an address, else its countries."""
    address = next((address.text for address in entity.addresses), "")
    return entity.place or address or ", ".join(code.upper() for code in entity.countries)


def _other_region(folded_place: str, entity: Entity, *, by_name: bool) -> bool:
    """By Chinese divisions, of which one may lie in the other."""
    _, codes = split_regions(folded_place + "某")  # A region that is the whole text is not split off.
    region_codes = [name.regions for name in map(firm_name, (name.text for name in entity.names)) if by_name and name.regions]
    region_codes += [
        codes_of_address for address in entity.addresses if (codes_of_address := split_regions(fold(address.text))[1])
    ]
    return bool(codes and region_codes) and all(regions_differ(codes, codes_known) for codes_known in region_codes)


def _other_place(place_text: str, known_texts: Iterable[str], countries: Iterable[str]) -> bool:
    given_places = _exact(places_named(place_text))
    known_places = _exact(place for text in known_texts for place in places_named(text)) or {(code, "") for code in countries}
    return bool(given_places and known_places) and not any(
        _agree(place, place_known) for place in given_places for place_known in known_places
    )


def _texts(entity: Entity, *, by_name: bool) -> Iterator[str]:
    """Addresses with their parts; the regions of its names and the place that follows from them where they may count."""
    yield from (address.text for address in entity.addresses)
    yield from (part for address in entity.addresses for part in (address.city, address.region, address.country) if part)
    regions = {region for name in entity.names for code in firm_name(name.text).regions[:1] if (region := region_name(code))}
    if entity.place and (by_name or entity.place not in regions):
        yield entity.place
    yield from sorted(regions) if by_name else ()


def _exact(places: Iterable[CountryRegion]) -> set[CountryRegion]:
    """Without countries of which a division is named as well."""
    unique = set(places)
    divided = {country for country, region in unique if region}
    return {place for place in unique if place[1] or place[0] not in divided}


def _agree(left: CountryRegion, right: CountryRegion) -> bool:
    return left[0] == right[0] and (not left[1] or not right[1] or left[1] == right[1])
