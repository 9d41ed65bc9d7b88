"""A long file is told by a second process: what is stored and what is refused stay the same."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ontology.errors import SourceUnreadable
from resolution.sources import loads, parallel_mapping
from resolution.sources.ingest import ingest
from store.sqlite import SqliteStore
from tests.resolution.sources.shorthands import FILES, KEY, NOW, RESIDENT, registry

ALONE, AHEAD = 1 << 40, 0
Loaded = Callable[..., list[Any]]


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    """The report of a load and everything it put into a new store, told by a second process from so many bytes on."""

    def load(path: Path, bytes_min: int, kind: str | None = None) -> list[Any]:
        monkeypatch.setattr(loads, "PARALLEL_BYTES_MIN", bytes_min)
        store = SqliteStore(tmp_path / f"{path.stem}-{bytes_min}.kith")
        (told,) = ingest(store, [path], kind=kind, id_key=KEY, now=NOW, rejects_dir=tmp_path)
        tables = ("entities/records", "network/links", "network/experiences", "sources/files")
        found = [told, *(sorted(store.read(name), key=str) for name in tables)]
        found += [store.read("sources/row_block", file_id=told.file_id, number=number) for number in (2, told.rows_read)]
        store.close()
        return found

    return load


def test_what_a_second_process_tells_is_what_one_tells(loaded: Loaded, tmp_path: Path) -> None:
    rows = [f"reg-{number % 2400},福州{number % 2400}有限公司,张{number % 7},2001-02-03" for number in range(2500)]
    path = registry(tmp_path, *rows, f"reg-x,榕江 {RESIDENT},林一,2015-13-02", "reg-y,鹭洲建材有限公司,林一,2015-03-02")
    alone = loaded(path, ALONE)
    assert alone[0].rows_read == 2502
    assert alone[0].rows_rejected > 1
    assert loaded(path, AHEAD) == alone


def test_invoices_told_by_a_second_process_are_the_same(loaded: Loaded) -> None:
    assert loaded(FILES / "invoices.csv", AHEAD) == loaded(FILES / "invoices.csv", ALONE)


def test_what_two_tellers_say_of_one_party_is_put_together(loaded: Loaded, tmp_path: Path) -> None:
    head, first, *_ = (FILES / "invoices.csv").read_text("utf-8-sig").splitlines()
    names = ("榕江贸易有限公司", "榕江贸易", "榕江商贸有限公司", "榕江商贸")
    rows = [
        first.replace("26350000000000000001", f"{number:020}").replace("榕江贸易有限公司", names[number // 1000])
        for number in range(3500)
    ]
    path = tmp_path / "invoices.csv"
    path.write_text("\n".join([head, *rows]), "utf-8")
    alone = loaded(path, ALONE, "invoices")
    assert any(all(name in str(row) for name in names) for row in alone[1])
    assert sorted(map(_without_order, loaded(path, AHEAD, "invoices"))) == sorted(map(_without_order, alone))


def _without_order(answer: Any) -> str:
    """Further names of a party stand in the order of those who told them."""
    return "".join(sorted(str(answer)))


@pytest.mark.parametrize(("first", "second"), [(1500, 2700), (10, 1500), (999, 4100)])
def test_an_id_given_twice_is_judged_whoever_tells_the_rows(loaded: Loaded, tmp_path: Path, first: int, second: int) -> None:
    rows = [f"reg-{number},福州{number}有限公司,张{number % 7},2001-02-03" for number in range(4500)]
    rows[second] = f"reg-{first},福州另{first}有限公司,李四,2001-02-03"
    rows[second + 5] = rows[first]
    path = registry(tmp_path, *rows)
    alone = loaded(path, ALONE)
    assert alone[0].rows_rejected == 1
    assert loaded(path, AHEAD) == alone


def test_a_missing_column_is_named_as_before(loaded: Loaded, tmp_path: Path) -> None:
    path = tmp_path / "invoices.csv"
    path.write_text("发票号码,开票日期,销售方名称\n1,2024-01-02,榕江\n", "utf-8")
    troubles = []
    for bytes_min in (ALONE, AHEAD):
        with pytest.raises(SourceUnreadable) as refused:
            loaded(path, bytes_min, "invoices")
        troubles.append((str(refused.value), refused.value.remedy))
    assert troubles[0] == troubles[1]
    assert "buyer" in troubles[0][0]


def test_where_no_second_process_works_this_one_tells_the_rows(
    loaded: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"reg-{number},福州{number}有限公司,张{number % 7},2001-02-03" for number in range(1200)]
    path = registry(tmp_path, *rows)
    alone = loaded(path, ALONE)
    for interpreter in ("/bin/false", str(tmp_path / "absent"), ""):
        monkeypatch.setattr(sys, "executable", interpreter)
        assert loaded(path, AHEAD) == alone
        (tmp_path / f"{path.stem}-{AHEAD}.kith").unlink()


@pytest.mark.parametrize(("sign", "remedy"), [("KILL", "Free some memory"), ("TERM", "Load it again.")])
def test_a_second_process_that_is_killed_leaves_nothing_and_says_what_to_do(
    loaded: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign: str, remedy: str
) -> None:
    path = registry(tmp_path, "91350100M000100Y43,榕江贸易有限公司,林一,2015-03-02")
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\nkill -{sign} $$\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(SourceUnreadable, match=f"broken off.*SIG{sign}") as refused:
        loaded(path, AHEAD)
    assert remedy in str(refused.value.remedy)
    assert SqliteStore(tmp_path / f"{path.stem}-{AHEAD}.kith").read("sources/files") == []


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="such a system cannot stop a process")
def test_tellers_that_are_stopped_and_continued_lose_nothing(
    loaded: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"reg-{number},福州{number}有限公司{'甲' * 90},张{number % 7},2001-02-03" for number in range(9000)]
    path = registry(tmp_path, *rows)
    alone = loaded(path, ALONE)
    tellers: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def started(*command: Any, **given: Any) -> subprocess.Popen[bytes]:
        tellers.append(start(*command, **given))
        return tellers[-1]

    monkeypatch.setattr(parallel_mapping.subprocess, "Popen", started)
    done = threading.Event()

    def disturb() -> None:
        while not done.wait(0.003):
            for teller in tellers:
                for sign in (signal.SIGSTOP, signal.SIGCONT):
                    teller.send_signal(sign)

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    try:
        assert loaded(path, AHEAD) == alone
    finally:
        done.set()
        disturbing.join()
