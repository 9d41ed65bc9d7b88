"""`kith judge`, `review`, `history`, `related`, `labels` on a real region: what they print and what they leave behind."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import build
from api.cli.call import Call, SharedOptions
from api.cli.review_session import ReviewSession
from api.reviews.judging import Signature
from api.reviews.queue import QueueFilter, queue
from api.wiring import now_of
from tests.api.regions import Region
from tests.stores import copy_file

RUN = CliRunner()
Run = Callable[..., Any]


@pytest.fixture
def run(made: Region, tmp_path: Path) -> Run:
    """The command over a copy of the region that a test may change."""
    held = made.settings.store.get_secret_value().removeprefix("sqlite:///")
    made.store.write("meta/put", rows=[])
    copy_file(Path(held), tmp_path / "kith.db")
    environment = {"KITH_STORE": f"sqlite:///{tmp_path / 'kith.db'}", "KITH_TODAY": made.sample.as_of, "KITH_ACCOUNT": "lin"}

    def told(*arguments: object, exit_code: int = 0) -> Any:
        done = RUN.invoke(build(), [str(one) for one in arguments], env=environment)
        assert done.exit_code == exit_code, done.output + done.stderr
        return json.loads(done.stdout) if "--json" in arguments else done.stdout

    return told


def first(run: Run) -> dict[str, Any]:
    """The first pair that waits with two parties that can be one."""
    waiting: list[dict[str, Any]] = run("review", "--json")["pairs"]
    return next(pair for pair in waiting if pair["judge_on"] == [pair["left"]["party"]["id"], pair["right"]["party"]["id"]])


def ends(pair: dict[str, Any]) -> tuple[str, str]:
    return pair["judge_on"][0], pair["judge_on"][1]


def test_the_queue_is_printed_where_nobody_sits_and_says_how_to_judge(run: Run) -> None:
    left, right = ends(run("review", "--json")["pairs"][0])
    assert f"kith judge {left} {right} same|different|unsure" in run("review", "--limit", "1")


def test_a_verdict_holds_at_once_and_its_undo_gives_back_the_parties(run: Run) -> None:
    pair = first(run)
    before = {entity["id"]: entity["record_ids"] for entity in run("entities", "--json")["entities"]}
    said = run("judge", *ends(pair), "same", "--reason", "one seal", "--json")
    assert said["holds"]
    assert "kith resolve" not in said["sentence"]
    kept, gone = said["effects"]["kept"]["id"], said["effects"]["gone"]["id"]
    told = run("history", gone)
    assert f"{gone} was joined into {kept}" in told
    assert "lin said same" in told
    known = said["lines"][0]
    again = run("judge", known["left"]["id"], known["right"]["id"], "same", "--reason", "one seal", "--json")
    assert again["holds"]
    assert [line["id"] for line in again["lines"]] == [known["id"]]
    events = run("history", gone, "--json")["events"]
    run("resolve")
    assert run("history", gone, "--json")["events"] == events
    run("judge", "--undo", known["id"])
    assert {frozenset(ids) for ids in before.values()} == {
        frozenset(entity["record_ids"]) for entity in run("entities", "--json")["entities"]
    }


def test_trying_out_changes_nothing_and_the_score_told_is_the_one_that_comes(run: Run) -> None:
    pair = next(
        one
        for one in run("review", "--json", "--limit", "200")["pairs"]
        if one["kind"] == "firm" and one["judge_on"][0].startswith("K-")
    )
    tried = run("judge", *ends(pair), "same", "--dry-run", "--json")
    assert run("judge", "--list", "--json")["total"] == 0
    run("judge", *ends(pair), "same")
    run("resolve")
    run("propagate")
    party = run("show", tried["effects"]["kept"]["id"], "--json")["profile"]["party"]
    assert party["score"] == tried["effects"]["score_after"]


def test_verdicts_that_contradict_are_told_with_who_and_when_and_kept_apart(run: Run) -> None:
    pair = first(run)
    (line,) = run("judge", *ends(pair), "same", "--json")["lines"][:1]
    records = line["left"]["id"], line["right"]["id"]
    told = run("judge", *records, "different", "--by", "wu")
    assert "You disagree" in told
    assert apart(run, records)
    listed = run("judge", "--conflicts")
    assert "by lin" in listed
    assert "by wu" in listed
    run("resolve")
    assert apart(run, records)


def apart(run: Run, records: tuple[str, str]) -> bool:
    parties = [run("show", one, "--json")["profile"]["party"]["id"] for one in records]
    return len(set(parties)) == 2


def test_the_ledger_is_listed_and_labels_go_out_and_in(run: Run, tmp_path: Path) -> None:
    assert "Nobody has judged anything yet" in run("judge", "--list")
    lines = len(run("judge", *ends(first(run)), "different", "--reason", "two seals", "--json")["lines"])
    assert "two seals" in run("judge", "--list")
    file = tmp_path / "labels.csv"
    assert run("labels", "export", file, "--json")["verdicts"] == lines
    run("labels", "export", file, exit_code=2)
    assert run("labels", "import", file, "--json")["known"] == lines
    file.write_text("left_record,right_record,verdict\na,a,same\n", "utf-8")
    assert "same record" in run("labels", "import", file, exit_code=2)


def test_what_cannot_be_asked_is_a_wrong_call(run: Run) -> None:
    run("judge", exit_code=2)
    run("judge", "--undo", "J-NONE", exit_code=1)
    run("judge", "nobody at all", "no one", "same", exit_code=1)
    run("related", "nobody at all", exit_code=1)


def test_related_tells_each_relation_with_its_evidence(run: Run, made: Region) -> None:
    story = made.story("defaulters_subsidiary", "risky")[0]
    found = run("related", story["record_id"], "--json")["relations"]
    stated = [one for one in found if one["kind"] == "disclosed"]
    assert stated
    assert all(one["row_ids"] or one["what"] in ("SAME_AS_MAYBE", "MAY_SUCCEED", "CO_CONTROLLED") for one in stated)
    assert "Discovered: shared values and persons" in run("related", story["record_id"])
    assert "已披露" in run("related", story["record_id"], "--lang", "zh")


def test_a_sitting_takes_words_goes_back_and_stops(
    run: Run, made: Region, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = Call(SharedOptions(store=f"sqlite:///{tmp_path / 'kith.db'}"))
    keys = iter(["x", "s", "one seal", "z", "d", "", "j", "q"])
    with call.store() as store:
        context = call.context(store)
        who = Signature("wu", now_of(made.settings))
        waiting = queue(context, reviewer="wu", shown=QueueFilter(5))
        ReviewSession(call, context, who, ask=lambda _: next(keys)).go_through(waiting)
    assert next(keys, None) is None
    lines = run("judge", "--list", "--json")["lines"]
    assert {(line["verdict"] or "undo", line["stands"]) for line in lines} == {
        ("different", True),
        ("same", False),
        ("undo", False),
    }
    assert "3/5" in capsys.readouterr().out


def test_the_largest_parties_are_shown_with_the_pairs_they_hang_on_and_how_to_judge_them(run: Run) -> None:
    found = run("chains", "--limit", "30", "--json")
    sizes = [one["records"] for one in found["chains"] if not one["alarms"]]
    assert sizes == sorted(sizes, reverse=True)
    assert found["alarming"] == sum(1 for one in found["chains"] if one["alarms"])
    joint = next(joint for one in found["chains"] for joint in one["joints"])
    assert min(joint["joint"]["left_records"], joint["joint"]["right_records"]) >= 2
    told = run("chains", "--limit", "30")
    assert f"kith judge {joint['left']['id']} {joint['right']['id']} same|different" in told
    assert "Large parties" in run("resolve") or not found["alarming"]
