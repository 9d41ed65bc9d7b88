"""A small world that every named query is asked about: two firms, a person, a court, and what is known of them."""

from datetime import UTC, date, datetime

from ontology.api_key import ApiKey, Role
from ontology.base import PartyKind, SourceClass
from ontology.consent import Consent
from ontology.entity import Entity, EntityEvent, EventKind, Tie
from ontology.experience import Experience
from ontology.judgement import Judgement, LedgerEntry, Verdict
from ontology.link import Link
from ontology.listing import Listing, Recognition
from ontology.record import Address, Contact, Identifier, Name, Record
from ontology.ring import RingRuling, RingVerdict
from ontology.score import Score, Standing
from ontology.signal import Signal
from ontology.source import SourceFile
from store.port import Row, Store
from store.rows import to_row

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
REGISTRY = {"dataset": "registry", "source_class": SourceClass.PUBLIC}
COURT = {"dataset": "court", "source_class": SourceClass.PUBLIC}
PLATFORM = {"dataset": "market", "source_class": SourceClass.PLATFORM}
FIRM, PERSON = PartyKind.FIRM, PartyKind.PERSON

FILES = [
    SourceFile(
        id=id_, name=f"{dataset}.csv", dataset=dataset, mapping=dataset, mapping_version="1", rows_read=rows,
        rows_rejected=0, loaded_at=NOON, content_id=content,
    )
    for id_, dataset, rows, content in (("f1", "registry", 4, "aa"), ("f2", "court", 2, ""), ("f3", "market", 3, "aa"))
]  # fmt: skip

RECORDS = [
    Record(
        id="r1", row_id="f1#1", kind=FIRM, **REGISTRY, names=(Name(text="鹏程贸易有限公司"),), countries=("cn",),
        identifiers=(Identifier(scheme="uscc", value="91330100000000001X"),), founded_on="2011-03",
        addresses=(Address(text="杭州市文一路 1 号", country="cn"),), observed_on=date(2024, 4, 30),
    ),
    Record(id="r2", row_id="f1#2", kind=FIRM, **REGISTRY, names=(Name(text="Zoë O'Neil & Söhne; DROP"),)),
    Record(
        id="r3", row_id="f1#3", kind=PERSON, **REGISTRY, names=(Name(text="王小明"),), born_on="1980",
        contacts=(Contact(kind="phone", value="+8613000000000"),),
    ),
    Record(id="r4", row_id="f2#1", kind=FIRM, **COURT, names=(Name(text="鹏程贸易公司"),)),
    Record(id="r5", row_id="f3#1", kind=FIRM, **PLATFORM, names=(Name(text="𠮷野商店"),), attributes={"industry": "F51"}),
    Record(id="r6", row_id="f3#2", kind=FIRM, **PLATFORM, names=(Name(text="nobody's record"),)),
]  # fmt: skip

LINKS = [
    Link(id="l1", row_id="f1#1", **REGISTRY, kind="OWNS", source_id="r3", target_id="r1", share=0.6, began_on=date(2015, 1, 2)),
    Link(
        id="l2", row_id="f1#1", **REGISTRY, kind="DIRECTS", source_id="r3", target_id="r2", role="chair; it's \"so\"",
        indirect=True,
    ),
    Link(
        id="l3", row_id="f3#1", **PLATFORM, kind="SUPPLIES", source_id="r5", target_id="r1", amount=-12.5, currency="CNY",
        verified=True, fact_key="INV-1", ended_on=date(2024, 1, 1),
    ),
    Link(id="l4", row_id="f3#2", **PLATFORM, kind="SUPPLIES", source_id="r6", target_id="r1"),
    Link(id="l5", row_id="f2#1", **COURT, kind="GUARANTEES", source_id="r4", target_id="r2", amount=1e6, currency="CNY"),
]  # fmt: skip

LISTINGS = [
    Listing(
        id="s1", row_id="f2#1", **COURT, list_type="judgment_defaulter", record_id="r4", issuer="杭州法院",
        case_no="(2024)浙01执1号", listed_on=date(2024, 2, 1), amount=5e5, currency="CNY", creditor_ids=("r2", "r5"),
    ),
    Listing(
        id="s2", row_id="f2#2", **COURT, list_type="late_filer", record_id="r1", issuer="registry", listed_on=date(2023, 2, 1),
        ends_on=date(2026, 2, 1), removed_on=date(2023, 9, 1), removal_ground="filed", disputed_since=date(2023, 3, 1),
        decision_due_on=date(2023, 4, 1), reason="no annual report", duty="file it", performance="whole",
    ),
    Listing(id="s3", row_id="f2#2", **COURT, list_type="other_list", record_id="r4", issuer="guild", programme="P's \"own\""),
]  # fmt: skip

RECOGNITIONS = [
    Recognition(id="g1", row_id="f1#2", **REGISTRY, mark="tax_a", record_id="r2", issuer="tax bureau", given_on=date(2023, 4, 1)),
    Recognition(
        id="g2", row_id="f1#2", **REGISTRY, mark="aeo_advanced", record_id="r2", issuer="customs", given_on=date(2022, 4, 1),
        ends_on=date(2025, 4, 1), reference="AEO-7", amount=3.0, currency="EUR",
    ),
]  # fmt: skip

EXPERIENCES = [
    Experience(
        id="x1", row_id="f3#1", **PLATFORM, reporter_id="r5", subject_id="r1", dealing="invoice", outcome="paid_late",
        happened_on=date(2024, 1, 9), amount=10.0, currency="CNY", fact_key="INV-1",
    ),
    Experience(
        id="x2", row_id="f3#2", **PLATFORM, reporter_id="r2", subject_id="r1", dealing="rating", outcome="rating", rating=-0.5,
        happened_on=date(2024, 2, 9), disputed=True,
    ),
    Experience(
        id="x3", row_id="f3#2", **PLATFORM, reporter_id="r6", subject_id="r1", dealing="order", outcome="delivered",
        happened_on=date(2024, 3, 9),
    ),
]  # fmt: skip

JUDGEMENTS = [
    Judgement(left_id="r1", right_id="r4", verdict=Verdict.SAME, by="model:1", decided_at=NOON, match_weight=9.25),
    Judgement(left_id="r1", right_id="r4", verdict=Verdict.SAME, by="lin", reason="same seal", decided_at=NOON),
    Judgement(left_id="r2", right_id="r5", verdict=Verdict.UNSURE, by="model:1", decided_at=NOON, match_weight=0.0),
]
ONE, TWO = NOON.replace(hour=13), NOON.replace(hour=14)
LEDGER = [
    LedgerEntry(
        id="J-1", occasion="J-1", left_id="r1", right_id="r4", verdict=Verdict.SAME, by="lin", reason="same seal", decided_at=NOON
    ),
    LedgerEntry(id="J-2", occasion="J-2", left_id="r2", right_id="r5", verdict=Verdict.DIFFERENT, by="wu", decided_at=ONE),
    LedgerEntry(id="J-3", occasion="J-2", left_id="r2", right_id="r9", verdict=Verdict.DIFFERENT, by="wu", decided_at=ONE),
    LedgerEntry(id="J-4", occasion="J-4", left_id="r2", right_id="r5", undoes="J-2", by="wu", reason="a slip", decided_at=TWO),
]  # fmt: skip

ENTITIES = [
    Entity(id="K-1", kind=FIRM, name="鹏程贸易有限公司", name_other="Pengcheng Trading", record_ids=("r1", "r4"), place="杭州"),
    Entity(id="K-2", kind=FIRM, name="Zoë O'Neil & Söhne; DROP", record_ids=("r2",)),
    Entity(id="K-3", kind=PERSON, name="王小明", record_ids=("r3",)),
    Entity(id="K-5", kind=FIRM, name="𠮷野商店", record_ids=("r5",), attributes={"industry": "F51"}),
]
EVENTS = [
    EntityEvent(entity_id="K-1", kind=EventKind.MERGED, other_id="K-4", record_ids=("r4",), happened_at=NOON),
    EntityEvent(entity_id="K-1", kind=EventKind.CREATED, record_ids=("r1",), happened_at=NOON.replace(hour=9)),
]
TIES = [
    Tie(id="t1", kind="OWNS", source_id="K-3", target_id="K-1", share=0.6, link_ids=("l1",), began_on=date(2015, 1, 2)),
    Tie(id="t2", kind="DIRECTS", source_id="K-3", target_id="K-2", role="chair", link_ids=("l2",)),
    Tie(
        id="t3", kind="SUPPLIES", source_id="K-5", target_id="K-1", amount=-12.5, currency="CNY", verified=True,
        ended_on=date(2024, 1, 1), link_ids=("l3",), flags=("sources_differ",),
    ),
    Tie(id="t4", kind="SHARES_PHONE", source_id="K-3", target_id="hub:phone:1"),
    Tie(id="t5", kind="SHARES_PHONE", source_id="K-2", target_id="hub:phone:1"),
]  # fmt: skip
SIGNALS = [
    Signal(entity_id="K-1", name="risk:credit", value=0.9, own=0.8, exposure=0.1),
    Signal(entity_id="K-1", name="trust", value=0.25),
    Signal(entity_id="K-2", name="risk:credit", value=0.5, exposure=0.5),
]
SCORES = [
    Score(
        entity_id="K-1", kind=FIRM, as_of=NOON.date(), rulebook="r 1", standing=Standing.LISTED, value=420, band="D",
        sentence="Listed by 杭州法院.",
    ),
    Score(entity_id="K-2", kind=FIRM, as_of=NOON.date(), rulebook="r 1", standing=Standing.NOTHING_FOUND, value=700, band="B"),
    Score(entity_id="K-3", kind=PERSON, as_of=NOON.date(), rulebook="r 1", standing=Standing.NOTHING_FOUND, state="no_evidence"),
]  # fmt: skip


def _names() -> list[Row]:
    told = [
        ("K-1", "鹏程贸易有限公司"), ("K-1", "鹏程贸易公司"), ("K-1", "Pengcheng Trading"), ("K-2", "Zoë O'Neil & Söhne; DROP"),
        ("K-3", "王小明"), ("K-5", "𠮷野商店"), ("K-2", "Trading"), ("K-3", "%_*[a-z]"),
    ]  # fmt: skip
    keys = [{"entity_id": id_, "folded": "word:tr", "shown": "word:tr", "role": "key"} for id_ in ("K-1", "K-2")]
    return [{"entity_id": id_, "folded": shown.casefold(), "shown": shown, "role": "primary"} for id_, shown in told] + keys


RULINGS = [
    RingRuling(
        id="RR-000001", case_id="R-1", verdict=RingVerdict.CONFIRMED, by="王芳", reason="seen in the bank's papers",
        decided_at=NOON, shape="circle",
    )
]  # fmt: skip

CONSENTS = [
    Consent(
        id="C-000001", recipient="榕江 Partner", purpose="supplier; \"due\" diligence", data_classes=("loans", "bills"),
        release_ids=("C-2026-0017",), given_on=date(2024, 5, 1), expires_on=date(2025, 5, 1), evidence="signed; it's filed",
        legal_basis="PIPL Art 13(1)", assessment="DPIA-7", recorded_by="王芳", recorded_at=NOON,
    ),
    Consent(
        id="C-000002", recipient="Partner", purpose="rental", data_classes=(), release_ids=(), given_on=date(2024, 5, 1),
        expires_on=date(2024, 6, 1), evidence="told", legal_basis="PIPL Art 13(1)", assessment="DPIA-7", recorded_by="lin",
        recorded_at=NOON, withdrawn_at=ONE, withdrawn_by="lin",
    ),
]  # fmt: skip

JOB: Row = {
    "kind": "screening",
    "lane": "read",
    "owner": "Bank",
    "state": "waiting",
    "options": "{}",
    "requested_at": "2024-05-04T09:00:00+00:00",
    "version": 1,
    **dict.fromkeys(("done", "total"), 0),
    **dict.fromkeys(("stage", "place", "runner", "started_at", "seen_at", "ended_at", "leaving", "report", "problem"), ""),
}

WATCHED = {"owner": "operator", "watchlist_id": "W-000001", "observed_at": NOON.isoformat(), "document": "{}"}
ENTRY: Row = dict.fromkeys(("entity_id", "name", "code", "place", "country", "reference", "note", "active_until", "present_id"))
ENTRY |= {"watchlist_id": "W-000001", "created_at": NOON.isoformat(), "version": 0, "document": ""}
HOOK = {"owner": "operator", "kinds": "[]", "watchlist_id": None, "salt": "aa", "former_salt": None, "former_until": None}
SENT: Row = dict.fromkeys(("reason", "due_at", "last_status", "last_at", "lease_owner", "lease_until"))
SENT |= {"state": "active", "position": 1, "attempts": 0, "failed": 0}
API_KEYS = [
    ApiKey(
        id="0a0a0a0a0a0a", name="李娜; it's \"me\"", role=Role.PARTNER, groups=("screening",), datasets=("court",),
        partner="Harbour Bank", purpose="supplier credit", secret_hash="aa", requests_per_minute=60,
        created_at=NOON, created_by="op", ends_on=date(2025, 5, 1),
    ),
    ApiKey(
        id="0b0b0b0b0b0b", name="own", role=Role.SUBJECT, record_id="r3", secret_hash="bb", previous_hash="cc",
        previous_until=NOON, created_at=NOON, created_by="op", ends_on=date(2024, 6, 1), used_on=date(2024, 5, 2),
    ),
]  # fmt: skip

PERSON_READS: list[Row] = [
    {
        "record_id": record_id, "read_at": f"2024-05-0{day}T12:00:00+00:00", "key_id": "0a0a0a0a0a0a", "route": route,
        "purpose": purpose, "role": "partner", "partner": "Harbour Bank", "name": "李娜",
    }
    for record_id, day, route, purpose in (
        ("r3", 1, "/v1/entities/{entity_id}", "supplier credit"), ("r3", 2, "/v1/search", ""), ("r4", 2, "/v1/search", ""),
    )
]  # fmt: skip

SEED: dict[str, list[Row]] = {
    "sources/put_files": [to_row(file, complete=file.id != "f3") for file in FILES],
    "sources/put_row_blocks": [
        {"file_id": "f1", "first_number": 1, "last_number": 1000, "content": '[["鹏程"]]'},
        {"file_id": "f1", "first_number": 1001, "last_number": 1004, "content": "[]"},
        {"file_id": "f3", "first_number": 1, "last_number": 3, "content": "[]"},
    ],
    "sources/put_records": [to_row(record) for record in RECORDS],
    "sources/put_links": [to_row(link) for link in LINKS],
    "sources/put_listings": [to_row(listing) for listing in LISTINGS],
    "sources/put_recognitions": [to_row(recognition) for recognition in RECOGNITIONS],
    "sources/put_experiences": [to_row(experience) for experience in EXPERIENCES],
    "sources/put_file_statements": [
        {"kind": kind, "id": id_, "file_id": file, "row_id": f"{file}#2", "document": f'{{"id":"{id_}"}}'}
        for kind, id_, file in (
            ("records", "r1", "f1"),
            ("records", "r1", "f3"),
            ("records", "r2", "f1"),
            ("links", "l1", "f3"),
            ("records", "r6", "f3"),
        )
    ],
    "entities/put_judgements": [to_row(judgement) for judgement in JUDGEMENTS],
    "judgements/put_ledger": [to_row(line) for line in LEDGER],
    "entities/put_entities": [to_row(entity) for entity in ENTITIES],
    "entities/put_members": [{"record_id": id_, "entity_id": entity.id} for entity in ENTITIES for id_ in entity.record_ids],
    "entities/put_names": _names(),
    "entities/put_redirects": [{"old_id": "K-4", "surviving_id": "K-1"}],
    "entities/put_events": [to_row(event) for event in EVENTS],
    "rings/put_rulings": [to_row(ruling) for ruling in RULINGS],
    "rings/put_records": [{"ruling_id": "RR-000001", "record_id": id_} for id_ in ("r1", "r4", "r2")],
    "consents/put": [to_row(consent) for consent in CONSENTS],
    "keys/put": [to_row(key) for key in API_KEYS],
    "keys/put_reads": PERSON_READS,
    "keys/put_uses": [{"id": "0a0a0a0a0a0a", "used_on": "2024-05-01"}],
    "consents/put_looks": [{"consent_id": "C-000001", "looked_on": day} for day in ("2024-05-02", "2024-05-03")],
    "consents/put_records": [
        {"consent_id": consent, "record_id": id_} for consent, id_ in (("C-000001", "r3"), ("C-000002", "r2"), ("C-000002", "r6"))
    ],
    "network/put_hubs": [{"id": "hub:phone:1", "kind": "phone", "value": "+8613000000000", "n": 2}],
    "network/put_ties": [to_row(tie) for tie in TIES],
    "signals/put": [to_row(signal) for signal in SIGNALS],
    "signals/put_state": [
        {"name": "ids", "part": 0, "content": "eJyLVvLWNVSK1QEACKgCHw=="},
        {"name": "ids", "part": 1, "content": "eJw="},
    ],
    "signals/put_carriers": [{"id": id_} for id_ in ("K-1", "K-2", "K-3", "K-5")],
    "signals/put_carried": [
        {"profile": "corporate", "sender_id": "K-3", "receiver_id": "K-1", "coefficient": 0.48},
        {"profile": "corporate", "sender_id": "K-1", "receiver_id": "K-2", "coefficient": 0.5},
        {"profile": "dealings", "sender_id": "K-5", "receiver_id": "K-1", "coefficient": 0.1},
    ],
    "signals/put_carried_shared": [
        {"profile": "corporate", "hub_id": "hub:phone:1", "entity_id": "K-1", "coefficient": 0.125},
        {"profile": "corporate", "hub_id": "hub:phone:1", "entity_id": "K-2", "coefficient": 0.125},
        {"profile": "corporate", "hub_id": "hub:phone:1", "entity_id": "K-3", "coefficient": 0.0},
    ],
    "signals/put_carried_seeds": [
        {"profile": "corporate", "entity_id": "K-1", "listing_id": "s1", "strength": 1.0, "blocked": '["K-2","K-5"]'},
        {"profile": "dealings", "entity_id": "K-1", "listing_id": "s1", "strength": 0.5, "blocked": "[]"},
    ],
    "signals/put_waves": [{"id": "K-1", "value": 0.5}, {"id": "K-3", "value": 1.0}],
    "scores/put": [to_row(score) for score in SCORES],
    "live/put_blocks": [
        {"shelf": "keys", "block": 0, "content": "first"},
        {"shelf": "keys", "block": 1, "content": "鹏程"},
        {"shelf": "edges", "block": 0, "content": "other"},
    ],
    "live/put_changes": [
        {"shelf": shelf, "key": key, "value": value, "held": held}
        for shelf, key, value, held in (
            ("keys", 5, 1, True),
            ("keys", 5, 2, False),
            ("keys", 5, 3, True),
            ("keys", 6, 1, True),
            ("edges", 9223372036854775807, 4294967295, True),
        )
    ],
    "live/put_records": [{"number": 7, "id": "r1", "known": ""}, {"number": 8, "id": "r3", "known": '[["@r1"],[]]'}],
    "live/put_queue": [
        {"kind": "key", "item": "f:brand:x", "document": "[1,2]"},
        {"kind": "record", "item": "r3", "document": "[]"},
    ],
    "jobs/put": [
        {**JOB, "id": "J-1"},
        {
            **JOB,
            "id": "J-2",
            "kind": "ingest",
            "lane": "write",
            "owner": "",
            "state": "running",
            "stage": "Reading 甲.csv",
            "done": 3,
            "total": 9,
            "version": 4,
            "place": "/spool/J-2",
            "runner": "r1",
            "started_at": "2024-05-04T09:00:01+00:00",
            "seen_at": "2024-05-04T09:00:05+00:00",
        },
        {
            **JOB,
            "id": "J-3",
            "kind": "resolve",
            "lane": "write",
            "owner": "",
            "state": "failed",
            "ended_at": "2024-05-03T09:00:00+00:00",
            "problem": '{"title": "x"}',
        },
        {**JOB, "id": "J-4", "state": "cancelled", "ended_at": "2024-05-06T09:00:00+00:00", "leaving": "forget"},
    ],
    "jobs/put_results": [
        {"job_id": job_id, "part": part, "content": content} for job_id, part, content in (("J-3", 1, "b"), ("J-3", 0, "a"))
    ],
    "write_keys/put": [
        {
            "id": id_,
            "request": "print",
            "state": state,
            "lease_until": "2024-05-04T09:01:00+00:00",
            "ends_at": ends_at,
            "status": 200,
            "headers": "[]",
            "body": "鹏程",
        }
        for id_, state, ends_at in (
            ("W-1", "at_work", "2024-05-05T09:00:00+00:00"),
            ("W-2", "answered", "2024-05-04T09:00:00+00:00"),
        )
    ],
    "write_keys/mark": [{"id": id_, "ends_at": f"2024-05-0{day}T09:00:00+00:00"} for id_, day in (("W-1", 5), ("W-2", 4))],
    "watching/put_lists": [
        {"id": id_, "owner": owner, "name": name, "note": None, "active_until": until, "created_at": NOON.isoformat()}
        for id_, owner, name, until in (
            ("W-000001", "operator", 'Suppliers; "steel"', None),
            ("W-000002", "榕江 Partner", "客户", "2027-01-01"),
        )
    ],
    "watching/put_entries": [
        ENTRY | {"id": "E-000001", "entity_id": "K-4", "present_id": "K-1", "version": 2, "document": '{"name":"鹏程"}'},
        ENTRY | {"id": "E-000002", "name": "Zoë O'Neil", "country": "gb", "reference": "S-1"},
        ENTRY | {"id": "E-000003", "watchlist_id": "W-000002", "entity_id": "K-2", "present_id": "K-2", "version": 1},
    ],
    "watching/put_events": [
        WATCHED | {"number": 1, "id": "ev_1", "entry_id": "E-000001", "entity_id": "K-1", "kind": "listing.new"},
        WATCHED | {"number": 2, "id": "ev_2", "entry_id": "E-000001", "entity_id": "K-1", "kind": "name.changed"},
        WATCHED
        | {"number": 3, "id": "ev_3", "entry_id": "E-000003", "entity_id": "K-2", "kind": "score.band"}
        | {"watchlist_id": "W-000002", "owner": "榕江 Partner", "observed_at": "2024-06-01T12:00:00+00:00"},
    ],
    "watching/put_webhooks": [
        HOOK | {"id": "H-000001", "url": "https://a.example/x?y='1'", "created_at": NOON.isoformat()},
        HOOK
        | {"id": "H-000002", "url": "https://b.example/", "created_at": NOON.isoformat(), "kinds": '["listing.new"]'}
        | {"watchlist_id": "W-000001", "former_salt": "bb", "former_until": "2024-05-02T12:00:00+00:00"},
    ],
    "watching/put_progress": [
        SENT | {"webhook_id": "H-000001"},
        SENT
        | {"webhook_id": "H-000002", "attempts": 2, "due_at": "2024-05-01T13:00:00+00:00", "last_status": 500}
        | {"lease_owner": "here", "lease_until": "2024-05-01T12:30:00+00:00"},
        SENT | {"webhook_id": "H-000003", "state": "ended", "reason": "answered 410"},
    ],
    "watching/put_failures": [
        {"webhook_id": "H-000001", "number": number, "event_id": f"ev_{number}", "attempts": 9, "status": status}
        | {"problem": "answered 500", "failed_at": NOON.isoformat()}
        for number, status in ((1, 500), (2, None))
    ],
    "meta/put": [{"key": "rulebook", "value": "default 1"}, {"key": "as_of", "value": "2024-05-01"}],
}
"""Rows by the query that puts them, in an order in which they may be put."""


def load(store: Store) -> None:
    """Put the whole world into a store."""
    for name, rows in SEED.items():
        store.write(name, rows=rows)
