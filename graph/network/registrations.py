"""Firms and agencies whose registration is no longer in order on the network's day."""

from datetime import date

from graph.network.parties import PERSON, Parties
from ontology.registration import Registration, registration


def registrations_from(parties: Parties, *, as_of: date) -> dict[int, Registration]:
    """Registrations that are not in order, by party; persons are left out."""
    registrations = {}
    for party, document in enumerate(parties.documents):
        attributes, ended = document.get("attributes"), document.get("ended_on")
        if (attributes or ended) and parties.kind[party] != PERSON:
            finding = registration(attributes or {}, date.fromisoformat(ended) if ended else None, as_of=as_of)
            if finding:
                registrations[party] = finding
    return registrations
