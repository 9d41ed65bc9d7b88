"""Whether the place of a supplier's line contradicts every place a party is known in."""

from collections.abc import Iterable, Iterator

from ontology.entity import Entity
from resolution.records.cities import CountryRegion, places_named
from resolution.records.firms import firm_name, regions_differ, split_regions
from resolution.records.regions import region_name
from resolution.records.text import fold


def is_elsewhere(given: str, entity: Entity, *, name: str = "") -> bool:
    """True only where the text names a place, the party is known somewhere, and no reading of the one lies in the other.

    name: the supplier's. Where it has a region of its own, that the party's name has one as well tells nothing of its seat.
    """
    wanted, by_name = fold(given), not firm_name(name).regions
    known = list(_texts(entity, by_name=by_name))
    if not wanted or any(wanted in fold(text) for text in known):
        return False
    return _other_region(wanted, entity, by_name=by_name) or _other_place(given, known, entity.countries)


def is_there(given: str, entity: Entity) -> bool:
    """Whether the party is known in the place given, by an address or what follows from one."""
    wanted = fold(given)
    known = list(_texts(entity, by_name=False))
    if not wanted or any(wanted in fold(text) for text in known):
        return bool(wanted)
    here = _exact(place for text in known for place in places_named(text))
    return any(_agree(one, other) for one in _exact(places_named(given)) for other in here)


def known_place(entity: Entity) -> str:
    """Where the party is, as words: its place, else an address, else its countries."""
    address = next((one.text for one in entity.addresses), "")
    return entity.place or address or ", ".join(code.upper() for code in entity.countries)


def _other_region(wanted: str, entity: Entity, *, by_name: bool) -> bool:
    """By Chinese divisions, of which one may lie in the other."""
    _, codes = split_regions(wanted + "某")  # A region that is the whole text is not split off.
    known = [name.regions for name in map(firm_name, (one.text for one in entity.names)) if by_name and name.regions]
    known += [found for address in entity.addresses if (found := split_regions(fold(address.text))[1])]
    return bool(codes and known) and all(regions_differ(codes, one) for one in known)


def _other_place(given: str, known_texts: Iterable[str], countries: Iterable[str]) -> bool:
    wanted = _exact(places_named(given))
    known = _exact(place for text in known_texts for place in places_named(text)) or {(code, "") for code in countries}
    return bool(wanted and known) and not any(_agree(one, other) for one in wanted for other in known)


def _texts(entity: Entity, *, by_name: bool) -> Iterator[str]:
    """Addresses with their parts; the regions of its names and the place that follows from them where they may count."""
    yield from (one.text for one in entity.addresses)
    yield from (part for one in entity.addresses for part in (one.city, one.region, one.country) if part)
    regions = {region for name in entity.names for code in firm_name(name.text).regions[:1] if (region := region_name(code))}
    if entity.place and (by_name or entity.place not in regions):
        yield entity.place
    yield from sorted(regions) if by_name else ()


def _exact(places: Iterable[CountryRegion]) -> set[CountryRegion]:
    """Without countries of which a division is named as well."""
    every = set(places)
    divided = {country for country, region in every if region}
    return {one for one in every if one[1] or one[0] not in divided}


def _agree(one: CountryRegion, other: CountryRegion) -> bool:
    return one[0] == other[0] and (not one[1] or not other[1] or one[1] == other[1])
