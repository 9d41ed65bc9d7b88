"""Small worlds that are changed record by record, and what a full run would make of the same records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from ontology.errors import RecordUnknown
from ontology.judgement import Judgement, Verdict
from ontology.link import Link
from ontology.listing import Listing
from ontology.record import Identifier, Record
from resolution.entities.assembly import assemble
from resolution.judgements.ledger import standing_verdicts
from resolution.judgements.verdicts import Verdicts
from resolution.live import Live
from resolution.live.memory import Memories
from resolution.match_results import model_judgements
from resolution.matching import match
from resolution.pipeline import read_listings, resolve
from store.port import Store
from store.rows import from_row, to_row, to_rows
from tests.resolution.parties import USCC_A, USCC_B, firm, person

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRMS = (
    "上海轩琮建材有限公司",
    "上海轩琮建材贸易有限公司",
    "北京轩琮建材有限公司",
    "Xuancong Materials Ltd",
    "Xuancong Materials Co Ltd",
)
PERSONS = ("John Albert Smith", "Jon Smith", "Albert Smith", "欧阳娜娜", "Smith John")
PHONES = (None, "021-55512345", "021-55512346")
STREETS = (None, "12 Long Lane, Marlow", "14 Long Lane, Marlow")
DAYS = (None, "1980-02-01", "1980-02-03", "1971")
CODES = (None, None, USCC_A, USCC_B)
PASSPORTS = (None, None, "X1234567", "X7654321")
FIRM_IDS = ("f1", "f2", "f3", "f4", "f5")
PERSON_IDS = ("p1", "p2", "p3", "p4", "p5")
UNTOLD_IDS = ("u1", "e2", "z3")  # Before, among and behind the others in the order of ids.
LISTINGS = (("p1", "court", "1"), ("p2", "court", "1"), ("f2", "tax office", None), ("u1", "court", "2"))
"""Records that are listed, by whom, and under which case: two records may be named by one."""
LINKS = (("p1", "f1"), ("p2", "f2"), ("p3", "f2"), ("p4", "f4"), ("u1", "f1"), ("p5", "e2"), ("z3", "f4"))


@st.composite
def firms(draw: st.DrawFn, id_: str) -> Record:
    """A firm that says one of a few things."""
    names = draw(st.lists(st.sampled_from(FIRMS), min_size=0, max_size=2, unique=True))
    more: dict[str, Any] = {"kind": draw(st.sampled_from(("firm", "firm", "firm", "agency")))}
    phone, street = draw(st.sampled_from(PHONES)), draw(st.sampled_from(STREETS))
    return firm(id_, *names, uscc=draw(st.sampled_from(CODES)), phone=phone, street=street, **more)


@st.composite
def persons(draw: st.DrawFn, id_: str) -> Record:
    """A person who says one of a few things."""
    names = draw(st.lists(st.sampled_from(PERSONS), min_size=0, max_size=2, unique=True))
    more: dict[str, Any] = {"born_on": draw(st.sampled_from(DAYS))}
    passport = draw(st.sampled_from(PASSPORTS))
    if passport:
        more["identifiers"] = (Identifier(scheme="passport", value=passport),)
    return person(id_, *names, phone=draw(st.sampled_from(PHONES)), street=draw(st.sampled_from(STREETS)), **more)


@st.composite
def untold(draw: st.DrawFn, id_: str) -> Record:
    """A party of unknown kind, at times of a kind told after all: a firm's names and codes, or a person's."""
    names = draw(st.lists(st.sampled_from((*FIRMS, *PERSONS)), min_size=1, max_size=2, unique=True))
    more: dict[str, Any] = {"kind": draw(st.sampled_from(("unknown", "unknown", "unknown", "firm", "person")))}
    if more["kind"] != "firm":
        more["born_on"] = draw(st.sampled_from(DAYS))
    if passport := draw(st.sampled_from(PASSPORTS)):
        more["identifiers"] = (Identifier(scheme="passport", value=passport),)
    elif code := draw(st.sampled_from(CODES)):
        more["identifiers"] = (Identifier(scheme="uscc", value=code),)
    return firm(id_, *names, phone=draw(st.sampled_from(PHONES)), street=draw(st.sampled_from(STREETS)), **more)


@st.composite
def steps(draw: st.DrawFn) -> tuple[Any, ...]:
    """One step of a history."""
    what = draw(st.sampled_from(("put", "put", "puts", "delete", "say", "settle")))
    if what == "settle":
        return (what,)
    if what == "puts":
        every = st.one_of(
            st.sampled_from(FIRM_IDS).flatmap(firms),
            st.sampled_from(PERSON_IDS).flatmap(persons),
            st.sampled_from(UNTOLD_IDS).flatmap(untold),
        )
        return what, draw(st.lists(every, min_size=2, max_size=4))
    ids = draw(st.sampled_from((FIRM_IDS, PERSON_IDS, UNTOLD_IDS)))
    one = draw(st.sampled_from(ids))
    if what == "delete":
        return what, one
    if what == "say":
        return what, one, draw(st.sampled_from((*ids, *UNTOLD_IDS))), draw(st.sampled_from(tuple(Verdict)))
    return what, draw(firms(one) if ids is FIRM_IDS else persons(one) if ids is PERSON_IDS else untold(one))


@dataclass
class World:
    """A store that is changed live."""

    store: Store
    live: Live = field(init=False)
    hours: int = 0

    def __post_init__(self) -> None:
        self.live = Live(self.store)
        said = {"dataset": "registry", "source_class": "3", "row_id": "f#1"}
        told = [{"id": f"{one}-{other}", "kind": "DIRECTS", "source_id": one, "target_id": other} | said for one, other in LINKS]
        listings = [
            Listing.model_validate(
                {"id": f"l-{id_}", "list_type": "any", "record_id": id_, "issuer": issuer, "case_no": case_no} | said
            )
            for id_, issuer, case_no in LISTINGS
        ]
        self.store.write("sources/put_listings", rows=to_rows(listings))
        self.store.write("sources/put_links", rows=to_rows(Link.model_validate(one) for one in told))

    @property
    def now(self) -> datetime:
        self.hours += 1
        return NOON + timedelta(hours=self.hours)

    def resolve(self, records: Iterable[Record]) -> None:
        """A full run over these."""
        rows = list(to_rows(records))
        if rows:
            self.store.write("sources/put_records", rows=rows)
            resolve(self.store, now=self.now)

    def take(self, step: Sequence[Any]) -> None:
        """Do one step; what cannot be done is refused and changes nothing."""
        what, *told = step
        if what == "put":
            self.live.put(told[0], now=self.now)
        elif what == "puts":
            self.live.put_all(told[0], now=self.now)
        elif what == "delete":
            try:
                self.live.delete(told[0], now=self.now)
            except RecordUnknown:
                assert told[0] not in self.records()
        elif what == "say":
            self.say(*told)
        else:
            self.live.settle(now=self.now)

    def say(self, left: str, right: str, verdict: Verdict) -> None:
        """A person judges two records."""
        if left != right:
            said = Judgement(left_id=left, right_id=right, verdict=verdict, by="lin", decided_at=self.now)
            self.store.write("entities/put_judgements", rows=[to_row(said)])
            self.live.rejudge([left, right], now=self.now)

    def records(self) -> dict[str, Record]:
        return {row["id"]: from_row(Record, row) for row in self.store.read("entities/records")}

    def parties(self) -> dict[tuple[str, ...], Any]:
        """What each party says but for its id, by its records."""
        ids: dict[str, list[str]] = {}
        for row in self.store.read("entities/members"):
            ids.setdefault(row["entity_id"], []).append(row["record_id"])
        told = {row["id"]: row["document"] for row in self.store.read("entities/all")}
        assert told.keys() == ids.keys()
        return {tuple(own): told[id_].replace(id_, "K") for id_, own in ids.items()}

    def judged(self) -> list[tuple[object, ...]]:
        """What the model said, but for when."""
        rows = self.store.read("entities/judgements")
        return sorted(_said(row) for row in rows if row["by"].startswith("model:"))

    def verdicts(self) -> Verdicts:
        """What people said last of each pair."""
        return standing_verdicts(self.store)

    def expected(self) -> tuple[dict[tuple[str, ...], Any], list[tuple[object, ...]]]:
        """What a full run with the same frozen weights makes of the records there are now."""
        records = self.records()
        grounds = Memories().of(self.store).bases
        firms_of: dict[str, list[str]] = {}
        for row in self.store.read("entities/firms_of_persons"):
            firms_of.setdefault(row["person_id"], []).append(row["firm_id"])
        for row in self.store.read("entities/tied_firms"):
            firms_of.setdefault(row["record_id"], []).append(row["other_id"])
        verdicts = self.verdicts()
        frozen = {kind: ground.statistics for kind, ground in grounds.items()}
        listings = read_listings(self.store)
        found = match(list(records.values()), verdicts, firms_of=firms_of, listings=listings, statistics=frozen)
        parts = {tuple(part): to_row(assemble("K", [records[one] for one in part]))["document"] for part in found.parts}
        return parts, sorted(_said(to_row(one)) for one in model_judgements(found, NOON))


def _said(row: dict[str, Any]) -> tuple[object, ...]:
    return tuple(row[name] for name in ("left_id", "right_id", "by", "verdict", "reason", "match_weight"))
