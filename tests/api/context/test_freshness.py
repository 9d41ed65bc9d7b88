"""An answer knows what it rests on: what was loaded or said since the last runs is named, and Fine is not said over it."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.app import create_app
from api.cli import build
from api.http.dependencies import AppState
from api.wiring import open_store, rulebook, settings_of
from store.changes import Change, changes_so_far, note_change
from store.freshness import freshness
from store.port import Store
from tests.api.callers import Caller

RUN = CliRunner()
TODAY = "2026-03-31"
GROUP = ("榫卯家具厂", "苇帆航运公司", "梧砚文具公司")
REGISTRY = "企业名称,统一社会信用代码,住所,企业类型\n"
INVOICES = "发票号码,销售方名称,购买方名称,价税合计,开票日期,付款日期,付款期限\n"
COURT = "被执行人名称,执行法院,案号,立案时间,发布时间\n苇帆航运公司,苇州市人民法院,（2026）苇01号,2026-01-05,2026-02-09\n"
GRADES = "纳税人名称,评价年度,信用等级,评价机关\n"


@dataclass(frozen=True)
class Shell:
    """The command over a store of its own."""

    folder: Path

    def __call__(self, *arguments: str, code: int = 0) -> Result:
        done = RUN.invoke(build(), [*arguments, "--store", f"sqlite:///{self.folder / 'k.db'}", "--as-of", TODAY])
        assert done.exit_code == code, done.output
        return done

    def json(self, *arguments: str, code: int = 0) -> dict[str, object]:
        told: dict[str, object] = json.loads(self(*arguments, "--json", code=code).stdout)
        return told

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, "utf-8")
        return str(self.folder / name)

    def store(self) -> Store:
        return open_store(settings_of(f"sqlite:///{self.folder / 'k.db'}"))


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A store with a registry, resolved and propagated."""
    shell = Shell(tmp_path)
    rows = "".join(f"{name},,苇州市滨江路{number}号,有限责任公司\n" for number, name in enumerate(GROUP, 3))
    shell("run", shell.write("registry.csv", REGISTRY + rows))
    shell.write("suppliers.csv", "name\n" + "\n".join(GROUP) + "\n")
    return shell


def waits(shell: Shell) -> dict[str, str | None]:
    """By file what it waits for."""
    return {file["name"]: file["waits_for"] for file in shell.json("sources")["files"]}  # type: ignore[attr-defined]


def test_a_source_that_is_loaded_and_not_used_is_named_and_not_among_those_used(shell: Shell) -> None:
    suppliers = str(shell.folder / "suppliers.csv")
    assert shell.json("check", suppliers)["freshness"] is None
    shell("ingest", shell.write("court.csv", COURT))
    told = shell.json("check", suppliers)
    assert told["sources"] == ["business_registry"]
    assert [(one["dataset"], one["waits_for"], one["may_list"]) for one in told["freshness"]["not_used"]] == [  # type: ignore[index]
        ("court_defaulters", "resolve", True)
    ]
    assert "court_defaulters (court.csv)" in shell("check", suppliers).stdout
    assert "已载入，但尚未采用：court_defaulters" in shell("check", suppliers, "--lang", "zh").stdout
    assert waits(shell) == {"court.csv": "resolve", "registry.csv": None}
    shell("run")
    told = shell.json("check", suppliers)
    assert (told["freshness"], told["sources"], told["counts"]["stop"]) == (None, ["business_registry", "court_defaulters"], 1)  # type: ignore[index]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_command_that_answers_says_so(shell: Shell, lang: str) -> None:
    shell("ingest", shell.write("court.csv", COURT))
    party = GROUP[0]
    for command in (
        ("risky",),
        ("reliable",),
        ("entities",),
        ("signals",),
        ("show", party),
        ("explain", party),
        ("owners", party),
        ("history", party),
        ("related", party),
        ("check", str(shell.folder / "suppliers.csv")),
    ):
        words = shell(*command, "--lang", lang).stdout
        assert "court_defaulters" in words, command
        assert "kith run" in words
        assert shell.json(*command)["freshness"]["not_used"], command  # type: ignore[index]


def test_every_route_that_answers_says_so(shell: Shell) -> None:
    shell("ingest", shell.write("court.csv", COURT))
    settings = settings_of(f"sqlite:///{shell.folder / 'k.db'}")
    store = shell.store()
    call = Caller(create_app(AppState(settings, store, rulebook(settings), "0")))
    party = store.read("entities/search", folded=GROUP[0], limit=1)[0]["id"]
    for path in ("/about", "/risky", "/reliable", "/search?q=家具", f"/entities/{party}", f"/entities/{party}/ties",
                 f"/entities/{party}/network", f"/entities/{party}/owners", f"/entities/{party}/records",
                 f"/entities/{party}/dealings", f"/entities/{party}/history", f"/entities/{party}/related", "/rings",
                 f"/paths?from={party}"):  # fmt: skip
        told = call.get(f"/v1{path}").json()
        assert told["freshness"]["not_used"][0]["dataset"] == "court_defaulters", path
    store.close()


NO_ANSWER_OF_PARTIES = {
    "/v1/rows/{row_id}": "what a file says, whoever uses it",
    "/healthz": "the server",
    "/readyz": "the server",
    "/v1/session": "the caller",
    "/v1/jobs": "what was begun",
    "/v1/jobs/{job_id}": "how far a job is; its result says it",
    "/v1/jobs/{job_id}/events": "how far a job is; its result says it",
    "/v1/models": "the weights",
    "/v1/models/aliases": "people's words on names",
    "/v1/judgements": "people's words",
    "/v1/judgements/conflicts": "people's words",
    "/v1/judgements/queue": "pairs of the last resolve, for people to judge",
    "/v1/judgements/chains": "parties of the last resolve, for people to judge",
    "/v1/consents": "what persons agreed to",
    "/v1/entities/{entity_id}/consents": "what persons agreed to",
    "/algorithms": "how matches are scored",
    "/catalog": "the data sets",
    "/v1/entities/{entity_id}/readers": "who looked",
    "/v1/events": "what changed with the last run",
    "/v1/exports/ftm": "lines of another format",
    "/v1/keys": "the keys",
    "/v1/keys/{key_id}": "the keys",
    "/v1/watchlists": "what is watched",
    "/v1/watchlists/{watchlist_id}": "what is watched",
    "/v1/watchlists/{watchlist_id}/entries": "what is watched",
    "/v1/watchlists/{watchlist_id}/events": "what changed with the last run",
    "/v1/webhooks": "who is told",
    "/v1/webhooks/{webhook_id}": "who is told",
    "/v1/webhooks/{webhook_id}/failures": "what could not be sent",
}
OF_THE_CONTRACT = ("/entities/", "/reconcile/", "/search/", "/statements")
"""The screening contract fixes the shape of its answers, and has no place for it."""


def test_no_new_route_forgets_to_say_what_it_rests_on(tmp_path: Path) -> None:
    settings = settings_of(f"sqlite:///{tmp_path / 'k.db'}")
    store = open_store(settings, create=True)
    contract = create_app(AppState(settings, store, rulebook(settings), "0")).openapi()
    store.close()
    silent = set()
    for path, verbs in contract["paths"].items():
        if "get" in verbs:
            shape = verbs["get"]["responses"]["200"].get("content", {}).get("application/json", {}).get("schema", {})
            named = contract["components"]["schemas"].get(shape.get("$ref", "").rpartition("/")[2], {})
            silent |= set() if "freshness" in named.get("properties", {}) else {path}
    assert {path for path in silent if not path.startswith(OF_THE_CONTRACT)} <= NO_ANSWER_OF_PARTIES.keys()


def test_what_can_hold_no_listing_leaves_fine_as_it_is(shell: Shell) -> None:
    """Scores need many sources: what a check makes of Fine is asked of the rule itself."""
    from api.schemas.screenings import Ground, ScreenedRow
    from api.schemas.screenings import Result as Answer
    from api.screenings.results import _with_unused_sources

    fine = ScreenedRow(row=2, given={"name": GROUP[0]}, result=Answer.FINE, reasons=(Ground(code="", sentence="ok"),))
    shell("ingest", shell.write("bills.csv", INVOICES + f"9,{GROUP[0]},{GROUP[1]},700,2026-02-01,2026-02-20,2026-03-01\n"))
    assert _with_unused_sources(fine, _fresh(shell), "en") == fine
    shell("ingest", shell.write("court.csv", COURT))
    doubted = _with_unused_sources(fine, _fresh(shell), "en")
    assert doubted.result is Answer.UNKNOWN
    assert "court_defaulters (court.csv)" in doubted.reasons[0].sentence
    assert "bills.csv" not in doubted.reasons[0].sentence
    look = fine.model_copy(update={"result": Answer.LOOK})
    assert _with_unused_sources(look, _fresh(shell), "en") == look


def _fresh(shell: Shell):  # type: ignore[no-untyped-def]
    from datetime import date

    from api.context.freshness import freshness_of
    from api.context.request_context import RequestContext

    store = shell.store()
    try:
        return freshness_of(RequestContext(store, rulebook(settings_of(None)), date(2026, 3, 31), "en"))
    finally:
        store.close()


def test_resolved_and_not_propagated_is_said_too(shell: Shell) -> None:
    shell("ingest", shell.write("court.csv", COURT))
    shell("resolve")
    assert waits(shell)["court.csv"] == "propagate"
    assert _fresh(shell).not_used[0].waits_for == "propagate"
    shell("propagate")
    assert waits(shell)["court.csv"] is None


def test_nothing_is_used_of_a_store_that_was_never_resolved(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell("ingest", shell.write("court.csv", COURT))
    assert waits(shell) == {"court.csv": "resolve"}
    assert shell.json("entities", code=2)["type"] == "urn:kith:problem:nothing-to-do"


def test_run_loads_and_brings_up_to_date_and_says_where_nothing_is_to_do(shell: Shell) -> None:
    told = shell.json("run", shell.write("court.csv", COURT))
    assert (told["files"][0]["rows_in"], told["propagated"]["listed"]) == (1, 1)  # type: ignore[index]
    assert "Nothing to do" in shell("run").stdout
    assert shell.json("run") == {"files": [], "resolved": None, "propagated": None}
    done = RUN.invoke(build(), ["run", "--json", "--store", f"sqlite:///{shell.folder / 'k.db'}", "--as-of", "2026-04-01"])
    assert (json.loads(done.stdout)["resolved"], json.loads(done.stdout)["propagated"]["as_of"]) == (None, "2026-04-01")


def test_verdicts_that_no_run_has_applied_are_named(shell: Shell) -> None:
    shell("ingest", shell.write("court.csv", COURT))
    one, other = (f"business_registry:{name}" for name in GROUP[:2])
    shell("judge", one, other, "different", "--by", "dora")
    assert "judged" in shell.json("entities")["freshness"]["waiting"]  # type: ignore[index]
    shell("run")
    assert "freshness" not in shell.json("entities")


def test_a_clock_that_is_set_back_does_not_make_an_unused_source_a_used_one(shell: Shell) -> None:
    """Loads before the day of the last run, by the caller's clock, come after it all the same."""
    court = shell.write("court.csv", COURT)
    RUN.invoke(build(), ["ingest", court, "--store", f"sqlite:///{shell.folder / 'k.db'}", "--as-of", "2026-02-28"])
    assert waits(shell)["court.csv"] == "resolve"


def test_changes_are_counted_in_one_row_on_either_engine(store: Store) -> None:
    assert changes_so_far(store) == 0
    assert [note_change(store, kind) for kind in (Change.LOADED, Change.JUDGED, Change.LOADED)] == [1, 2, 3]
    known = freshness(store)
    assert (known.waiting, known.facts_hold, known.to_resolve) == ((Change.JUDGED,), False, True)
