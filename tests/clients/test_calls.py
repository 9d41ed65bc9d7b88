"""Every kind of call against a real server of kith, through both clients."""

from datetime import date
from typing import Any

import httpx
import pytest
from kith_client import KeyNeeded, Kith, NotAllowed, NotFound, NotValid
from kith_client.models import PartyKind

from tests.api.regions import Region
from tests.clients.both import KINDS, ask
from tests.clients.conftest import OPERATOR_KEY

pytestmark = pytest.mark.parametrize("kind", KINDS)


def asked(kind: str, url: str, action: Any, **options: Any) -> Any:
    return ask(kind, url, action, **{"key": OPERATOR_KEY, **options})


@pytest.fixture
def firm(url: str) -> str:
    """Id of the riskiest firm."""
    with Kith(url, OPERATOR_KEY) as kith:
        party = kith.parties.risky().first()
    assert party
    return party.id


def test_address_and_key_come_from_the_environment(kind: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_URL", url)
    monkeypatch.setenv("KITH_API_KEY", OPERATOR_KEY)
    about = ask(kind, "", lambda kith: kith.about())
    assert about.parties.firm > 100


def test_without_a_key_and_with_a_wrong_one_nothing_is_told(kind: str, url: str) -> None:
    for key, type_ in ((None, "key-needed"), ("kith_000000000000_bm9wZW5vcGVub3Blbm9wZW5vcGVub3BlMTIz", "key-wrong")):
        with pytest.raises(KeyNeeded) as raised:
            ask(kind, url, lambda kith: kith.about(), key=key)
        assert raised.value.type == type_
        assert raised.value.request_id


def test_a_party_is_found_and_read(kind: str, url: str, served_region: Region) -> None:
    name = served_region.sample.our_firm
    lines = asked(kind, url, lambda kith: kith.parties.find(name, kind="firm"))
    profile = asked(kind, url, lambda kith: kith.parties.get(lines[0].id))
    assert profile.party.id == lines[0].id
    assert profile.party.kind is PartyKind.FIRM
    assert asked(kind, url, lambda kith: kith.parties.score(lines[0].id)) == profile.score


def test_what_is_around_a_party_is_read(kind: str, url: str, firm: str) -> None:
    assert asked(kind, url, lambda kith: kith.parties.network(firm, depth=2, limit=10)).nodes
    assert asked(kind, url, lambda kith: kith.parties.owners(firm)).as_of
    assert asked(kind, url, lambda kith: kith.parties.how(firm))
    for name in ("records", "ties", "dealings", "history", "related", "readers"):
        assert isinstance(asked(kind, url, lambda kith, name=name: getattr(kith.parties, name)(firm)), list)
    assert asked(kind, url, lambda kith: kith.parties.records(firm))
    assert asked(kind, url, lambda kith: kith.paths(firm)).paths is not None


def test_a_list_is_the_same_however_long_its_pages_are(kind: str, url: str) -> None:
    whole = asked(kind, url, lambda kith: kith.parties.risky(page_size=50))
    in_small_pages = asked(kind, url, lambda kith: kith.parties.risky(page_size=3))
    assert [party.id for party in in_small_pages] == [party.id for party in whole]
    assert len(whole) > 3
    assert asked(kind, url, lambda kith: kith.parties.risky().first()) == whole[0]
    assert asked(kind, url, lambda kith: kith.parties.risky(page_size=3).all()) == whole


def test_a_day_gone_by_and_a_language_are_asked_for(kind: str, url: str, firm: str) -> None:
    day = date(2025, 1, 1)
    assert asked(kind, url, lambda kith: kith.parties.get(firm, as_of=day)).as_of == day
    english, chinese = (asked(kind, url, lambda kith: kith.parties.get(firm), lang=lang) for lang in ("en", "zh"))
    assert english.score.reasons[0].sentence != chinese.score.reasons[0].sentence


def test_what_is_not_there_and_what_is_not_valid_are_told_apart(kind: str, url: str, firm: str) -> None:
    with pytest.raises(NotFound) as missing:
        asked(kind, url, lambda kith: kith.parties.get("K-nobody"))
    assert missing.value.type == "entity-unknown"
    with pytest.raises(NotValid) as invalid:
        asked(kind, url, lambda kith: kith.parties.network(firm, depth=99))
    assert invalid.value.facts["field"] == "depth"


def test_an_answer_that_still_holds_is_not_sent_again(kind: str, url: str, firm: str) -> None:
    statuses: list[int] = []

    async def note(response: httpx.Response) -> None:
        statuses.append(response.status_code)

    async def look_twice(kith: Any) -> Any:
        kith._http.event_hooks = {"response": [note]}
        return [await kith.parties.get(firm), await kith.parties.get(firm)]

    if kind == "sync":
        with httpx.Client(event_hooks={"response": [lambda response: statuses.append(response.status_code)]}) as http:
            answers = asked(kind, url, lambda kith: [kith.parties.get(firm), kith.parties.get(firm)], etags=10, http=http)
    else:
        answers = asked(kind, url, look_twice, etags=10)
    assert answers[0] == answers[1]
    assert statuses == [200, 304]


FIRM = {
    "dataset": "onboarding",
    "source_class": "1",
    "kind": "firm",
    "names": [{"text": "Seven Cranes Chandlery Ltd"}],
}


def test_records_are_put_streamed_and_taken_out(kind: str, url: str) -> None:
    id_ = f"onboarding:{kind}"
    put = asked(kind, url, lambda kith: kith.records.put(id_, FIRM))
    assert put.record_ids == [id_]
    removed = asked(kind, url, lambda kith: kith.records.remove(id_))
    assert removed.record_ids == [id_]


def test_a_stream_is_sent_in_calls_and_told_line_by_line(kind: str, url: str) -> None:
    rows = ({**FIRM, "id": f"onboarding:{kind}-{number}"} if number != 4 else {"id": "x"} for number in range(1, 8))
    lines = asked(kind, url, lambda kith: kith.records.stream(rows, lines_max=3))
    assert [line.line for line in lines] == [1, 2, 3, 4, 5, 6, 7]
    assert [line.line for line in lines if line.problem] == [4]


def test_keys_are_made_shown_changed_and_revoked(kind: str, url: str, firm: str) -> None:
    made = asked(kind, url, lambda kith: kith.keys.create("onboarding service", "reader", requests_per_minute=600))
    reader = {"key": made.secret_text}
    assert asked(kind, url, lambda kith: kith.parties.get(firm), **reader).party.id == firm
    with pytest.raises(NotAllowed) as refused:
        asked(kind, url, lambda kith: kith.keys.list(), **reader)
    assert refused.value.type == "not-for-role"
    assert made.key.id in {key.id for key in asked(kind, url, lambda kith: kith.keys.list()).keys}
    changed = asked(kind, url, lambda kith: kith.keys.rotate(made.key.id, overlap_hours=0))
    with pytest.raises(KeyNeeded):
        asked(kind, url, lambda kith: kith.about(), **reader)
    assert asked(kind, url, lambda kith: kith.about(), key=changed.secret_text)
    assert asked(kind, url, lambda kith: kith.keys.revoke(made.key.id)).state == "revoked"
    assert asked(kind, url, lambda kith: kith.keys.get(made.key.id)).revoked_at


FORM = {"evidence": "form 7", "legal_basis": "PIPL art. 13", "assessment": "IA-2026-1"}


def test_a_partner_reads_a_person_by_consent_alone(kind: str, url: str, served_region: Region) -> None:
    names = {"partner": f"Harbour Bank {kind}", "purpose": "supplier credit"}
    key = asked(kind, url, lambda kith: kith.keys.create("bank", "partner", **names)).secret_text
    person = next(row["id"] for row in served_region.store.read("entities/all") if row["kind"] == "person")
    partner = {"key": key, "purpose": "supplier credit"}
    before = asked(kind, url, lambda kith: kith.parties.score(person), **partner)
    assert before.value is None
    given = asked(
        kind, url, lambda kith: kith.consents.give(person, **names, evidence="form 7", legal_basis="PIPL 13", assessment="1")
    )
    assert given.consent.id in {shown.consent.id for shown in asked(kind, url, lambda kith: kith.consents.list(person))}
    after = asked(kind, url, lambda kith: kith.parties.score(person), **partner)
    assert after.state != before.state
    with pytest.raises(NotAllowed) as refused:
        asked(kind, url, lambda kith: kith.parties.get(person), key=key, purpose="marketing")
    assert refused.value.type == "purpose-differs"
    assert asked(kind, url, lambda kith: kith.consents.withdraw(given.consent.id)).state == "withdrawn"
    assert asked(kind, url, lambda kith: kith.parties.score(person), **partner).value is None


def test_evidence_and_verdicts_are_read(kind: str, url: str, firm: str) -> None:
    record = asked(kind, url, lambda kith: kith.parties.records(firm))[0]
    assert asked(kind, url, lambda kith: kith.evidence.row(record.row_id)).row_id == record.row_id
    assert isinstance(asked(kind, url, lambda kith: kith.evidence.rings()), list)
    assert isinstance(asked(kind, url, lambda kith: kith.judgements.list()), list)
    waiting = asked(kind, url, lambda kith: kith.judgements.queue())
    if waiting:
        pair = waiting[0]
        assert asked(kind, url, lambda kith: kith.evidence.why_not(*pair.judge_on))


def test_the_same_party_is_an_entity_of_the_contract(kind: str, url: str, firm: str) -> None:
    entity = asked(kind, url, lambda kith: kith.entities.get(firm))
    assert (entity.id, entity.schema_) == (firm, "Company")
    assert asked(kind, url, lambda kith: kith.entities.adjacent(firm, limit=1)).adjacent is not None
    assert "default" in {dataset.name for dataset in asked(kind, url, lambda kith: kith.entities.catalog()).datasets}
    with pytest.raises(NotFound):
        asked(kind, url, lambda kith: kith.entities.adjacent_by(firm, "no_such_property"))


def test_everything_is_gone_over_page_by_page(kind: str, url: str) -> None:
    parties = asked(kind, url, lambda kith: kith.exports.parties(page_size=100))
    assert len(parties) > 200
    entities = asked(kind, url, lambda kith: kith.exports.ftm(page_size=100))
    assert {party.id for party in parties} <= {entity.id for entity in entities}
    assert asked(kind, url, lambda kith: kith.exports.ties())
    assert asked(kind, url, lambda kith: kith.exports.scores())
