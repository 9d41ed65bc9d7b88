"""Updates from a publisher: a server on loopback that gives states, faults and slow answers, and what becomes of the store."""

import hashlib
import io
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zipfile import ZipFile

import pytest

from api.runs.journey import load_files
from api.runs.updates import NothingToUpdate, PackUpdate, UpdateOptions, update_sources
from api.settings import Settings
from resolution.sources.fetching import FetchFailed, Limits, check_sum, fetch, file_name_of
from resolution.sources.packs.pack_library import packs
from resolution.sources.unloading import find_sources, unload
from store.port import Store
from tests.stores import stored_listings

HERE = Limits(allow_private=True)
ROWS = [f"{number},Firm {number} Ltd,2020-01-01" for number in range(1, 31)]


@dataclass
class Publisher:
    """What the server gives. breaks: answers that end in the middle; status: answers of this code before it gives anything."""

    content: bytes = b""
    etag: str = '"1"'
    breaks: int = 0
    refusals: list[int] = field(default_factory=list)
    redirect: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    address: str = ""

    def give(self, rows: list[str], etag: str) -> None:
        self.content, self.etag = ("no,name,day\n" + "\n".join(rows) + "\n").encode(), etag


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    served = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(dict(self.headers.items()) | {"path": self.path})
            if self.path.endswith(".sha256"):
                return self.answer(200, hashlib.sha256(served.content).hexdigest().encode())
            if served.redirect:
                return self.answer(302, b"", Location=served.redirect)
            if served.refusals:
                return self.answer(served.refusals.pop(0), b"", **{"Retry-After": "1"})
            if self.headers.get("If-None-Match") == served.etag:
                return self.answer(304, b"")
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-")) if self.headers.get("Range") else 0
            body = served.content[start:]
            if served.breaks:
                served.breaks -= 1
                return self.answer(206 if start else 200, body[: len(body) // 2], length=len(body))
            return self.answer(206 if start else 200, body)

        def answer(self, status: int, body: bytes, length: int | None = None, **headers: str) -> None:
            self.send_response(status)
            for name, text in {
                "ETag": served.etag,
                "Content-Length": str(len(body) if length is None else length),
                **headers,
            }.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture
def pack(publisher: Publisher, tmp_path: Path) -> str:
    folder = tmp_path / "wardens"
    folder.mkdir()
    (folder / "pack.yaml").write_text(f"""
pack: wardens
version: "1"
title: List of the wardens
publisher: The wardens
layout: {{address: "https://example.org/layout", compared_on: 2026-11-22}}
licence: {{name: Free}}
rhythm_days: 1
files: [{{mapping: listed.yaml, names: ["listed*.csv"], address: "{publisher.address}/listed.csv"}}]
""")
    (folder / "listed.yaml").write_text("""
mapping: wardens_listed
version: "1"
title: Listed by the wardens
source_class: 3
columns: {no: [no], name: [name], day: [day]}
parties: {listed: {kind: firm, key: no, names: [name]}}
listings: [{list_type: {text: sanctions_un}, party: listed, issuer: {text: The wardens}, listed_on: day}]
""")
    return str(folder)


@pytest.fixture
def update(store: Store, pack: str, tmp_path: Path) -> Callable[..., PackUpdate]:
    def run(*, allow_private: bool = True, **options: object) -> PackUpdate:
        settings = Settings(today="2026-11-22", fetch_private=allow_private, id_key_file=tmp_path / "id.key")
        (result,) = update_sources(store, [pack], settings=settings, options=UpdateOptions(rejects_dir=tmp_path, **options))  # type: ignore[arg-type]
        return result

    return run


def listed(store: Store) -> int:
    return sum(row["removed_on"] is None for row in stored_listings(store))


def test_only_what_changed_is_fetched_and_what_is_gone_has_ended(
    store: Store, publisher: Publisher, update: Callable[..., PackUpdate]
) -> None:
    publisher.give(ROWS, '"1"')
    assert update().files[0].rows_in == 30
    again = update()
    assert (again.fetched, len(again.unchanged)) == ((), 1)
    publisher.give([*ROWS[1:], "31,Firm 31 Ltd,2026-11-22"], '"2"')
    second = update().files[0]
    assert (second.state, second.came, second.changed, second.went) == (2, 2, 0, 2)
    assert listed(store) == 30


def test_a_list_that_suddenly_is_short_or_empty_changes_nothing(
    store: Store, publisher: Publisher, update: Callable[..., PackUpdate]
) -> None:
    publisher.give(ROWS, '"1"')
    update()
    for rows in (ROWS[:5], []):
        publisher.give(rows, '"2"')
        failed = update()
        assert failed.trouble
        assert listed(store) == 30
    publisher.give(ROWS[:5], '"3"')
    assert update(drop_max=1.0).trouble is None
    assert listed(store) == 5


def test_a_changed_header_changes_nothing(store: Store, publisher: Publisher, update: Callable[..., PackUpdate]) -> None:
    publisher.give(ROWS, '"1"')
    update()
    publisher.content, publisher.etag = publisher.content.replace(b"no,name,day", b"ref,designation,date"), '"2"'
    assert update().trouble
    assert listed(store) == 30


def test_a_download_that_breaks_off_is_taken_up_where_it_stood(publisher: Publisher, tmp_path: Path) -> None:
    publisher.give(ROWS * 100, '"1"')
    publisher.breaks = 2
    waited: list[float] = []
    version = fetch(f"{publisher.address}/listed.csv", tmp_path / "got", limits=HERE, wait=waited.append)
    assert version is not None
    assert (tmp_path / "got").read_bytes() == publisher.content
    assert [asked.get("Range") is not None for asked in publisher.asked] == [False, True, True]
    assert waited == [2.0, 4.0]


def test_a_download_that_never_ends_well_is_told_and_keeps_nothing(store: Store, publisher: Publisher, tmp_path: Path) -> None:
    publisher.give(ROWS, '"1"')
    publisher.breaks = 99
    with pytest.raises(FetchFailed, match="tried 4 times"):
        fetch(f"{publisher.address}/listed.csv", tmp_path / "got", limits=HERE, wait=lambda _: None)


def test_a_busy_publisher_is_asked_again_after_what_it_says(publisher: Publisher, tmp_path: Path) -> None:
    publisher.give(ROWS, '"1"')
    publisher.refusals = [503, 429]
    waited: list[float] = []
    assert fetch(f"{publisher.address}/listed.csv", tmp_path / "got", limits=HERE, wait=waited.append)
    assert waited == [2.0, 4.0]


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_refusal_is_told(publisher: Publisher, tmp_path: Path, status: int) -> None:
    publisher.refusals = [status]
    with pytest.raises(FetchFailed, match=f"answered {status}"):
        fetch(f"{publisher.address}/listed.csv?key=secret", tmp_path / "got", limits=HERE)


def test_what_is_too_large_is_not_fetched(publisher: Publisher, tmp_path: Path) -> None:
    publisher.give(ROWS, '"1"')
    with pytest.raises(FetchFailed, match="at most 100"):
        fetch(f"{publisher.address}/listed.csv", tmp_path / "got", limits=Limits(100, allow_private=True))


def test_nobody_is_sent_to_an_address_within(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="not an https address"):
        fetch(f"{publisher.address}/listed.csv", tmp_path / "got")
    with pytest.raises(FetchFailed, match="private network"):
        fetch("https://localhost:1/listed.csv", tmp_path / "got", wait=lambda _: None)


def test_a_redirect_to_another_scheme_or_in_a_circle_is_not_followed(publisher: Publisher, tmp_path: Path) -> None:
    publisher.redirect = "ftp://127.0.0.1/listed.csv"
    with pytest.raises(FetchFailed):
        fetch(f"{publisher.address}/listed.csv", tmp_path / "got", limits=HERE, wait=lambda _: None)
    publisher.redirect = f"{publisher.address}/listed.csv"
    with pytest.raises(FetchFailed):
        fetch(f"{publisher.address}/listed.csv", tmp_path / "got", limits=HERE, wait=lambda _: None)


def test_an_error_shows_no_key_of_an_address(publisher: Publisher, tmp_path: Path) -> None:
    publisher.refusals = [404]
    with pytest.raises(FetchFailed) as failed:
        fetch(f"{publisher.address}/listed.csv?key=secret", tmp_path / "got", limits=HERE)
    assert "secret" not in str(failed.value)


def test_a_checksum_tells_another_file(publisher: Publisher, tmp_path: Path) -> None:
    publisher.give(ROWS, '"1"')
    good, other = tmp_path / "good", tmp_path / "other"
    good.write_bytes(publisher.content)
    other.write_bytes(publisher.content[:-9])
    check_sum(good, f"{publisher.address}/listed.csv.sha256", limits=HERE)
    with pytest.raises(FetchFailed, match="checksum"):
        check_sum(other, f"{publisher.address}/listed.csv.sha256", limits=HERE)


def test_the_proxy_that_the_environment_names_is_asked(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", publisher.address)
    monkeypatch.setenv("no_proxy", "")
    publisher.give(ROWS, '"1"')
    fetch("http://lists.wardens.example/listed.csv", tmp_path / "listed.csv", limits=HERE)
    assert (tmp_path / "listed.csv").read_bytes() == publisher.content
    assert publisher.asked[0]["path"] == "http://lists.wardens.example/listed.csv"


def test_a_fetched_file_is_named_as_the_pack_knows_it() -> None:
    assert file_name_of("https://a.example/data/SDN.CSV?x=1", ["sdn.csv"]) == "SDN.CSV"
    assert file_name_of("https://a.example/download/current", ["listed*.csv"]) == "listed.csv"
    assert file_name_of("https://a.example/full.LATEST.zip", ["listed*.csv"]) == "full.LATEST.zip"


def test_files_of_an_archive_are_fetched_once_and_loaded_by_their_names(
    update: Callable[..., PackUpdate], publisher: Publisher, pack: str, store: Store
) -> None:
    page = Path(pack) / "pack.yaml"
    page.write_text(page.read_text("utf-8").replace("/listed.csv", "/everything.zip"), "utf-8")
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("2026/listed-11.csv", "no,name,day\n1,Alder Ltd,2020-01-01\n")
    publisher.content = packed.getvalue()
    assert update().trouble is None
    assert listed(store) == 1


def test_without_a_loaded_pack_there_is_nothing_to_update(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NothingToUpdate):
        update_sources(store, settings=Settings(id_key_file=tmp_path / "id.key"))


def test_an_archive_under_the_name_of_a_table_is_unpacked(
    update: Callable[..., PackUpdate], publisher: Publisher, store: Store
) -> None:
    archive = io.BytesIO()
    with ZipFile(archive, "w") as packed:
        packed.writestr("listed-2026-11-22.csv", "no,name,day\n" + "\n".join(ROWS) + "\n")
    publisher.content = archive.getvalue()
    assert update().trouble is None
    assert listed(store) == 30


def test_of_two_forms_of_a_list_the_loaded_one_is_fetched(
    update: Callable[..., PackUpdate], publisher: Publisher, pack: str, store: Store, tmp_path: Path
) -> None:
    page = Path(pack) / "pack.yaml"
    other_form = f'{{mapping: listed.yaml, names: ["table*.csv"], address: "{publisher.address}/table.csv", other_form: true}}'
    page.write_text(page.read_text().replace('listed.csv"}]', f'listed.csv"}}, {other_form}]'))
    publisher.give(ROWS, '"1"')
    assert [Path(address).name for address in update().fetched] == ["listed.csv"]
    unload(store, find_sources(store, "wardens_listed"))
    (tmp_path / "table.csv").write_bytes(publisher.content)
    settings = Settings(today="2026-11-22", id_key_file=tmp_path / "id.key")
    load_files(store, [tmp_path / "table.csv"], settings=settings, pack=pack, rejects_dir=tmp_path)
    publisher.give(ROWS[:29], '"2"')
    assert [Path(address).name for address in update().fetched] == ["table.csv"]


def test_a_pack_that_is_fetched_by_hand_names_the_page(store: Store, tmp_path: Path) -> None:
    settings = Settings(today="2026-11-22", id_key_file=tmp_path / "id.key")
    with pytest.raises(NothingToUpdate) as refusal:
        update_sources(store, ["world_bank"], settings=settings)
    assert "https://www.worldbank.org/en/projects-operations/procurement/debarred-firms" in str(refusal.value.remedy)


def test_every_address_of_a_pack_gives_a_file_and_every_page_is_for_people() -> None:
    for pack in packs().values():
        for file in pack.files:
            assert not (file.address and file.page)
            assert not file.other_form or any(not other.other_form for other in pack.files)
            for address in filter(None, (file.address, file.page)):
                assert address.startswith("https://")
                assert "{" not in address or file.page
