"""Filings of beneficial owners (BODS 0.4): who owns which firm since when, with the ids the register of owners holds.

Filing has only begun: firms of persons with several firms, and firms that changed hands, are in it; others seldom.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from samples.facts import TODAY, Firm, Person, Stake, World
from samples.files.source_writer import SourceWriter
from samples.formats import write_json

DATASET = "beneficial_owners"
FILED_EVERY = 40  # Of the other firms one in so many has filed.
PUBLISHER = {"publicationDate": TODAY.isoformat(), "bodsVersion": "0.4", "publisher": {"name": "岚汀市市场监督管理局"}}


def filing_clusters(world: World) -> set[str]:
    """Clusters of the firms that filed: their owners stand here and not in the business register."""
    firms_owned = Counter(stake.owner.cluster for stake in world.stakes if isinstance(stake.owner, Person))
    filing_firms = {stake.owned.cluster for stake in world.stakes if stake.ended_on or firms_owned[stake.owner.cluster] > 1}
    listed_persons = {entry.party.cluster for entry in world.listings if isinstance(entry.party, Person)}
    filing_firms |= {stake.owned.cluster for stake in world.stakes if stake.owner.cluster in listed_persons}
    return filing_firms | {firm.cluster for firm in world.firms[::FILED_EVERY] if not firm.quiet}


def write(writer: SourceWriter) -> None:
    """One statement a party, one a stake."""
    path = writer.file("beneficial_owners.json", "bods", "filings of beneficial owners (BODS 0.4)")
    write_json(path, _statements(writer))


def _statements(writer: SourceWriter) -> Iterator[dict[str, object]]:
    filing_firms, stated_parties = filing_clusters(writer.world), set[str]()
    for stake in writer.world.stakes:
        if stake.owned.cluster in filing_firms:
            for party in (stake.owned, stake.owner):
                if party.cluster not in stated_parties:
                    stated_parties.add(party.cluster)
                    writer.truth.note(DATASET, party.cluster, party)
                    yield _party(writer, party)
            yield _relationship(stake)


def _party(writer: SourceWriter, party: Person | Firm) -> dict[str, object]:
    if isinstance(party, Person):
        return _statement("person", party.cluster, party.cluster, _person(party, writer.resident_id(party)))
    details = {
        "isComponent": False,
        "entityType": {"type": "registeredEntity"},
        "name": party.name,
        "foundingDate": party.founded_on.isoformat(),
        "identifiers": [{"scheme": "CN-USCC", "schemeName": "统一社会信用代码", "id": party.uscc}],
        "jurisdiction": {"code": "CN", "name": "China"},
    }
    return _statement("entity", party.cluster, party.cluster, details)


def _person(person: Person, resident_id: str) -> dict[str, object]:
    return {
        "isComponent": False,
        "personType": "knownPerson",
        "names": [{"type": "legal", "fullName": person.name}, {"type": "transliteration", "fullName": person.latin}],
        "birthDate": person.born_on.isoformat(),
        "identifiers": [{"scheme": "CHN-RIC", "schemeName": "居民身份证", "id": resident_id}],
        "nationalities": [{"code": "CN", "name": "China"}],
    }


def _relationship(stake: Stake) -> dict[str, object]:
    interest: dict[str, object] = {
        "type": "shareholding",
        "directOrIndirect": "direct",
        "beneficialOwnershipOrControl": isinstance(stake.owner, Person),
        "share": {"exact": round(stake.share * 100, 2)},
        "startDate": stake.began_on.isoformat(),
    }
    if stake.ended_on:
        interest["endDate"] = stake.ended_on.isoformat()
    details = {
        "isComponent": False,
        "subject": stake.owned.cluster,
        "interestedParty": stake.owner.cluster,
        "interests": [interest],
    }
    record = f"{stake.owned.cluster}-{stake.owner.cluster}"
    return _statement("relationship", record, stake.owned.cluster, details, day=stake.ended_on or stake.began_on)


def _statement(kind: str, record: str, subject: str, details: dict[str, object], *, day: date = TODAY) -> dict[str, object]:
    return {
        "statementId": str(UUID(bytes=f"{kind[:1]}{record}".encode().ljust(16, b"-")[:16])),
        "declarationSubject": subject,
        "statementDate": day.isoformat(),
        "publicationDetails": PUBLISHER,
        "recordId": record,
        "recordStatus": "new",
        "recordType": kind,
        "recordDetails": details,
    }
