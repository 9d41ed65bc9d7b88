"""A network as arrays and back: what a look at a party reads of parties, ties, shared values and statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any, cast

import numpy as np
import pydantic_core
from numpy.typing import NDArray
from pydantic import TypeAdapter

from graph.kept import columns as kept
from graph.kept.columns import Arrays
from graph.network.co_controlled_pairs import Pairs
from graph.network.experiences import Experiences
from graph.network.facts import FactColumns, Facts
from graph.network.hubs import Hubs
from graph.network.listings import ListingStatus, RecognitionStatus
from graph.network.network import Network
from graph.network.parties import Document, Parties
from graph.network.ties import Ties
from ontology.listing import Listing, Recognition
from ontology.registration import Registration
from ontology.rulebook import Rulebook

GROUPED = ("ties_around", "hubs_around", "reports")
UNIQUE_TEXTS = ("id",)
FIGURES = ("share", "amount")
LOOKED_AT = {
    "links": ("id", "dataset", "row_id", "share", "amount", "currency", "role", "began_on", "ended_on"),
    "listings": ("id", "dataset", "row_id", "listed_on"),
    "recognitions": ("id", "dataset", "row_id", "given_on"),
    "experiences": ("id", "dataset", "row_id", "source_class", "happened_on", "release_id", "fact_key"),
    "rulings": ("id", "case_id", "verdict", "by", "reason", "decided_at", "shape", "entity_id"),
}
"""Columns of statements that looks read; the others are in the store, for a run."""


@dataclass(frozen=True)
class KeptListing:
    """A `ListingStatus` without its rule, which the rulebook knows."""

    listing: Listing
    party: int
    in_force: bool
    creditors: tuple[int, ...]
    released: bool


@dataclass(frozen=True)
class KeptRecognition:
    """A `RecognitionStatus` without its rule, which the rulebook knows."""

    recognition: Recognition
    party: int
    in_force: bool


@cache
def adapter(type_: Any) -> TypeAdapter[Any]:
    """Writes and reads values of a type as JSON."""
    return TypeAdapter(type_)


def network_to_arrays(network: Network) -> dict[str, NDArray[Any]]:
    """The arrays of a network, derived properties included."""
    parties, hubs = network.parties, network.hubs
    arrays: dict[str, NDArray[Any]] = {
        **kept.fields_to_arrays("parties", parties),
        **kept.texts_to_arrays("parties.ids", parties.ids),
        **kept.texts_to_arrays("parties.names", parties.names),
        **kept.texts_to_arrays("parties.documents", network.facts.entities["document"]),
        **kept.numbers_by_text_to_arrays("parties.agency_of", parties.agency_of),
        **kept.fields_to_arrays("ties", network.ties),
        **kept.by_number_to_arrays("ties.flags", network.ties.flags, adapter(tuple[str, ...]).dump_json),
        **kept.fields_to_arrays("hubs", hubs),
        **kept.optional_texts_to_arrays("hubs.kind", hubs.kind),
        **kept.texts_to_arrays("hubs.value", hubs.value),
        **kept.texts_to_arrays("hubs.display_values", hubs.display_values),
        **kept.fields_to_arrays("experiences", network.experiences),
        **kept.fields_to_arrays("released", replace(network.released, row=np.arange(len(network.released)))),
        **kept.fields_to_arrays("own_pairs", network.own_pairs),
        **kept.fields_to_arrays("any_pairs", network.any_pairs),
        "nodes": network.nodes,
        "shares": network.shares,
        "listed": network.listed,
    }
    for name in GROUPED:
        arrays[f"{name}.order"], arrays[f"{name}.starts"] = getattr(network, name)
    arrays |= kept.by_number_to_arrays("listings", network.listings, _listings_to_json)
    arrays |= kept.by_number_to_arrays("recognitions", network.recognitions, _recognitions_to_json)
    arrays |= kept.by_number_to_arrays("members", network.members, adapter(tuple[int, ...]).dump_json)
    arrays |= kept.by_number_to_arrays("own_stock", network.own_stock, adapter(tuple[tuple[str, float], ...]).dump_json)
    arrays |= kept.by_number_to_arrays("registrations", network.registrations, adapter(Registration).dump_json)
    for kind, parties_by_statement in network.stating.items():
        arrays |= kept.numbers_by_text_to_arrays(f"stating.{kind}", parties_by_statement)
    for name, columns in LOOKED_AT.items():
        arrays |= _columns_to_arrays(name, _rows_looked_at(network, name), columns)
    return arrays


def network_from_arrays(arrays: Arrays, *, rulebook: Rulebook, as_of: date) -> Network:
    """The network that `network_to_arrays` kept, for looks: of statements it has the columns of LOOKED_AT only."""
    facts = Facts(
        entities={},
        datasets={},
        files={},
        **{name: _columns_from(arrays, name, columns) for name, columns in LOOKED_AT.items()},
    )
    ids = kept.texts_from(arrays, "parties.ids")
    parties = kept.with_known(
        kept.fields_from(
            Parties,
            arrays,
            "parties",
            ids=ids,
            index=kept.NumberByText(ids),
            names=kept.texts_from(arrays, "parties.names"),
            documents=kept.JsonValues[Document](kept.texts_from(arrays, "parties.documents"), pydantic_core.from_json),
        ),
        agency_of=kept.numbers_by_text_from(arrays, "parties.agency_of"),
    )
    flags = kept.by_number_from(arrays, "ties.flags", adapter(tuple[str, ...]).validate_json)
    hubs = kept.fields_from(
        Hubs,
        arrays,
        "hubs",
        kind=kept.optional_texts_from(arrays, "hubs.kind"),
        value=kept.texts_from(arrays, "hubs.value"),
        display_values=kept.texts_from(arrays, "hubs.display_values"),
    )
    outcomes = tuple(rulebook.evidence.outcomes)
    network = Network(
        rulebook=rulebook,
        as_of=as_of,
        facts=facts,
        parties=parties,
        ties=kept.fields_from(Ties, arrays, "ties", kinds=tuple(rulebook.ties), flags=flags),
        hubs=hubs,
        nodes=arrays["nodes"],
        listings=kept.by_number_from(arrays, "listings", partial(_listings_from_json, rulebook)),
        recognitions=kept.by_number_from(arrays, "recognitions", partial(_recognitions_from_json, rulebook)),
        experiences=kept.fields_from(Experiences, arrays, "experiences", outcomes=outcomes),
        released=kept.fields_from(Experiences, arrays, "released", outcomes=outcomes),
    )
    return kept.with_known(
        network,
        shares=arrays["shares"],
        listed=arrays["listed"],
        own_pairs=kept.fields_from(Pairs, arrays, "own_pairs"),
        any_pairs=kept.fields_from(Pairs, arrays, "any_pairs"),
        members=kept.by_number_from(arrays, "members", adapter(tuple[int, ...]).validate_json),
        own_stock=kept.by_number_from(arrays, "own_stock", adapter(tuple[tuple[str, float], ...]).validate_json),
        registrations=kept.by_number_from(arrays, "registrations", adapter(Registration).validate_json),
        stating={kind: kept.numbers_by_text_from(arrays, f"stating.{kind}") for kind in ("listing", "recognition")},
        statements={
            kind: kept.NumberByText(kept.texts_from(arrays, f"{name}.id"))
            for kind, name in (("listing", "listings"), ("recognition", "recognitions"), ("link", "links"))
        },
        **{name: (arrays[f"{name}.order"], arrays[f"{name}.starts"]) for name in GROUPED},
    )


def _listings_from_json(rulebook: Rulebook, content: bytes) -> tuple[ListingStatus, ...]:
    return tuple(
        ListingStatus(
            each.listing,
            each.party,
            rulebook.list_type(each.listing.list_type),
            each.in_force,
            each.creditors,
            each.released,
        )
        for each in adapter(tuple[KeptListing, ...]).validate_json(content)
    )


def _recognitions_from_json(rulebook: Rulebook, content: bytes) -> tuple[RecognitionStatus, ...]:
    return tuple(
        RecognitionStatus(each.recognition, each.party, rulebook.positive_signal(each.recognition.mark), each.in_force)
        for each in adapter(tuple[KeptRecognition, ...]).validate_json(content)
    )


def _listings_to_json(statuses: tuple[ListingStatus, ...]) -> bytes:
    listings = (
        KeptListing(status.listing, status.party, status.in_force, status.creditors, status.released) for status in statuses
    )
    return adapter(tuple[KeptListing, ...]).dump_json(tuple(listings))


def _recognitions_to_json(statuses: tuple[RecognitionStatus, ...]) -> bytes:
    recognitions = (KeptRecognition(status.recognition, status.party, status.in_force) for status in statuses)
    return adapter(tuple[KeptRecognition, ...]).dump_json(tuple(recognitions))


def _rows_looked_at(network: Network, name: str) -> FactColumns:
    """Of experiences those released about persons, in the order of `released`; of other statements all."""
    columns: FactColumns = getattr(network.facts, name)
    if name != "experiences":
        return columns
    rows = network.released.row.tolist()
    return {column: [values[row] for row in rows] for column, values in columns.items()}


def _columns_to_arrays(name: str, columns: FactColumns, wanted: Sequence[str]) -> Mapping[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {}
    for column in wanted:
        key, values = f"{name}.{column}", columns[column]
        if column in FIGURES:
            arrays[key] = kept.figures_to_array(values)
        elif column in UNIQUE_TEXTS:
            arrays |= kept.texts_to_arrays(key, values)
        else:
            arrays |= kept.optional_texts_to_arrays(key, values)
    return arrays


def _columns_from(arrays: Arrays, name: str, wanted: Sequence[str]) -> FactColumns:
    columns: dict[str, Sequence[Any]] = {}
    for column in wanted:
        key = f"{name}.{column}"
        if column in FIGURES:
            columns[column] = kept.Figures(cast(NDArray[np.float64], arrays[key]))
        elif column in UNIQUE_TEXTS:
            columns[column] = kept.texts_from(arrays, key)
        else:
            columns[column] = kept.optional_texts_from(arrays, key)
    return columns
