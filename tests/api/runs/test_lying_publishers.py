"""Publishers that lie, dawdle or send elsewhere: what is fetched of them, and that the store stays as it was."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from api.runs.updates import PackUpdate, UpdateOptions, update_sources
from api.settings import Settings
from resolution.sources import fetching, guarded_network
from resolution.sources.fetching import FetchFailed, Limits, Version, check_sum, fetch, file_name_of
from resolution.sources.guarded_network import is_public
from resolution.sources.packs.pack_library import pack_at
from store.open import open_store
from store.port import Store
from tests.resolution.sources.test_states import PACK, PAGE
from tests.stores import stored_listings

HERE = Limits(allow_private=True)
LIST = b"no,name,day,owner\n" + b"".join(b"%d,Firm %d Ltd,2020-01-01,\n" % (n, n) for n in range(1, 31))
OTHER_LIST = LIST.replace(b"\n7,Firm 7 Ltd", b"\n7,Alder Ltd")
HTML = b"<!DOCTYPE html><html><body><h1>Sorry, no, name, day</h1><p>We are busy.</p></body></html>\n"
Answer = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; what is answered is a test's own."""

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        server.asked.append(dict(self.headers.items()))
        server.answer(self)

    def give(self, body: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, text in headers.items():
            self.send_header(name.replace("_", "-"), text)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), Request)
        self.asked: list[dict[str, str]] = []
        self.answer: Answer = lambda request: request.give(LIST)
        self.address = f"http://{host}:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """Who asked has hung up."""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving("127.0.0.1") as served:
        yield served


@dataclass
class serving:  # noqa: N801  # Reads as a word.
    host: str
    server: Server = field(init=False)

    def __enter__(self) -> Server:
        self.server = Server(self.host)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self.server

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def got(server: Server, folder: Path, name: str = "listed.csv", limits: Limits = HERE, earlier: Version | None = None) -> bytes:
    fetch(f"{server.address}/{name}", folder / name, limits=limits, earlier=earlier, wait=lambda _: None)
    return (folder / name).read_bytes()


# Answers that are not what they say


def test_what_comes_packed_though_nobody_asked_is_unpacked(server: Server, tmp_path: Path) -> None:
    server.answer = lambda request: request.give(gzip.compress(LIST), Content_Encoding="gzip")
    assert got(server, tmp_path) == LIST
    assert server.asked[0]["Accept-Encoding"] == "identity"


def test_a_packed_file_that_is_said_to_be_packed_for_the_way_stays_packed(server: Server, tmp_path: Path) -> None:
    server.answer = lambda request: request.give(gzip.compress(LIST), Content_Encoding="gzip")
    assert gzip.decompress(got(server, tmp_path, "listed.csv.gz")) == LIST


def test_what_swells_on_the_way_is_not_fetched(server: Server, tmp_path: Path) -> None:
    server.answer = lambda request: request.give(gzip.compress(bytes(1 << 24)), Content_Encoding="gzip")
    with pytest.raises(FetchFailed, match="at most 1048576 are fetched"):
        got(server, tmp_path, limits=Limits(1 << 20, allow_private=True))


def test_what_is_said_to_be_packed_and_is_not_is_told(server: Server, tmp_path: Path) -> None:
    server.answer = lambda request: request.give(LIST, Content_Encoding="gzip")
    with pytest.raises(FetchFailed):
        got(server, tmp_path)


def test_fewer_bytes_than_were_announced_are_no_file(server: Server, tmp_path: Path) -> None:
    server.answer = lambda request: request.give(LIST[:100], length=len(LIST), Connection="close")
    with pytest.raises(FetchFailed, match="tried 4 times"):
        got(server, tmp_path)


def test_more_bytes_announced_than_may_be_fetched_are_not_waited_for(server: Server, tmp_path: Path) -> None:
    server.answer = lambda request: request.give(b"x", length=1 << 40)
    with pytest.raises(FetchFailed, match="at most"):
        got(server, tmp_path)


def test_a_part_that_nobody_asked_for_is_no_file(server: Server, tmp_path: Path) -> None:
    server.answer = lambda request: request.give(LIST[:200], status=206, Content_Range=f"bytes 0-199/{len(LIST)}")
    with pytest.raises(FetchFailed, match="another part"):
        got(server, tmp_path)


def test_another_part_than_was_asked_for_is_not_put_behind_the_first(server: Server, tmp_path: Path) -> None:
    def answer(request: Request) -> None:
        if request.headers.get("Range"):
            request.give(LIST, status=206, ETag='"1"', Content_Range=f"bytes 0-{len(LIST) - 1}/{len(LIST)}")
        else:
            cut = len(server.asked) == 1
            request.give(LIST[:100] if cut else LIST, length=len(LIST), ETag='"1"', Connection="close")

    server.answer = answer
    assert got(server, tmp_path) == LIST


def test_not_changed_though_nobody_asked_whether_is_no_answer(server: Server, tmp_path: Path) -> None:
    server.answer = lambda request: request.give(b"", status=304)
    for earlier in (None, Version()):
        with pytest.raises(FetchFailed, match="answered 304"):
            got(server, tmp_path, earlier=earlier)


def test_a_server_that_hands_out_letter_by_letter_is_given_up(server: Server, tmp_path: Path) -> None:
    def answer(request: Request) -> None:
        request.give(b"", length=10_000)
        for _ in range(200):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.02)

    server.answer = answer
    before = time.monotonic()
    with pytest.raises(FetchFailed, match="fewer than"):
        got(server, tmp_path, limits=Limits(allow_private=True, slow_s=0.2, slow_bytes=1000))
    assert time.monotonic() - before < 10


def test_a_checksum_without_end_is_read_no_further_than_it_may_be_long(server: Server, tmp_path: Path) -> None:
    sent: list[int] = []

    def answer(request: Request) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(2000):
            request.wfile.write(b"x" * (1 << 16))
            sent.append(1 << 16)

    server.answer = answer
    (tmp_path / "listed.csv").write_bytes(LIST)
    with pytest.raises(FetchFailed, match="no checksum"):
        check_sum(tmp_path / "listed.csv", f"{server.address}/sum", limits=HERE)
    time.sleep(0.2)
    assert sum(sent) < 2000 << 16


# Addresses within


WITHIN = ["127.0.0.1", "10.1.2.3", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "::", "fe80::1", "fd00::1"]  # noqa: S104
WITHIN_IPV6 = ["::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::"]


@pytest.mark.parametrize("number", [*WITHIN, *WITHIN_IPV6])
def test_no_address_within_is_public(number: str) -> None:
    assert not is_public(number)


def test_a_public_publisher_sends_nobody_to_an_address_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.2 stands for a public address here, and http for https."""
    monkeypatch.setattr(guarded_network, "is_public", lambda number: number == "127.0.0.2")
    monkeypatch.setattr(fetching, "_check_scheme", lambda address, limits: None)
    with serving("127.0.0.2") as public, serving("127.0.0.1") as within:
        assert got(public, tmp_path, limits=Limits()) == LIST
        for target in (within.address, within.address.replace("127.0.0.1", "localhost")):
            public.answer = lambda request, target=target: request.give(b"", status=302, Location=f"{target}/secret")  # type: ignore[misc]
            with pytest.raises(FetchFailed, match="private network"):
                got(public, tmp_path, limits=Limits())
        assert not within.asked


def test_a_redirect_to_a_weaker_scheme_is_refused_before_it_is_asked(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded_network, "is_public", lambda number: True)
    first = httpx.Request("GET", "https://publisher.example/listed.csv")
    client = fetching._client(Limits())
    with client, pytest.raises(FetchFailed, match="not an https address"):
        client.event_hooks["request"][0](httpx.Request("GET", f"{server.address}/listed.csv", headers=first.headers))
    assert not server.asked


@pytest.mark.parametrize("pattern", ["../../out*.csv", "/etc/out*.csv", "*", ".."])
def test_a_fetched_file_lies_in_its_folder_whatever_the_pack_calls_it(tmp_path: Path, pattern: str) -> None:
    name = file_name_of("https://a.example/download", [pattern])
    assert Path(name).name == name
    assert (tmp_path / name).resolve().parent == tmp_path.resolve()


# Updates


@pytest.fixture
def pack(server: Server, tmp_path: Path) -> str:
    folder = tmp_path / "wardens"
    folder.mkdir()
    address = f'address: "{server.address}/listed.csv"'
    (folder / "pack.yaml").write_text(PACK.replace('names: ["listed*.csv"]', f'names: ["listed*.csv"], {address}'))
    (folder / "listed.yaml").write_text(PAGE)
    assert pack_at(folder)
    return str(folder)


def update(store: Store, pack: str, folder: Path) -> PackUpdate:
    settings = Settings(today="2026-11-22", fetch_private=True, id_key_file=folder / "id.key")
    (result,) = update_sources(store, [pack], settings=settings, options=UpdateOptions(rejects_dir=folder))
    return result


def open_names(store: Store) -> list[str]:
    return sorted(row["record_id"] for row in stored_listings(store) if row["removed_on"] is None)


@pytest.mark.parametrize(
    "body", [HTML, b"", b"\n", b"\x00" * 500, b'{"error": "busy"}', LIST[:40], b"\xff\xfe" * 50], ids=range(7)
)
def test_an_error_page_in_the_place_of_a_list_changes_nothing(
    store: Store, server: Server, pack: str, tmp_path: Path, body: bytes
) -> None:
    assert update(store, pack, tmp_path).trouble is None
    before = open_names(store)
    server.answer = lambda request: request.give(body, ETag='"busy"')
    failed = update(store, pack, tmp_path)
    assert failed.trouble
    assert open_names(store) == before
    server.answer = lambda request: request.give(OTHER_LIST, ETag='"2"')
    assert update(store, pack, tmp_path).trouble is None
    assert "If-None-Match" not in server.asked[-1]  # Of the busy answer nothing was kept.


def test_two_updates_at_once_leave_one_state_after_the_other(server: Server, pack: str, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'kith.db'}"
    first = open_store(address)
    update(first, pack, tmp_path)
    first.close()
    barrier = threading.Barrier(2)
    answers = [LIST.replace(b"\n3,Firm 3 Ltd,2020-01-01,", b""), OTHER_LIST]

    def answer(request: Request) -> None:
        barrier.wait(timeout=20)
        request.give(answers.pop())

    server.answer = answer

    def run(_: int) -> PackUpdate:
        store = open_store(address)
        try:
            return update(store, pack, tmp_path)
        finally:
            store.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, range(2)))
    assert [result.trouble for result in results] == [None, None]
    store = open_store(address)
    try:
        assert sorted(row["state"] for row in store.read("sources/states")) == [1, 2, 3]
        assert len({row["content_id"] for row in store.read("sources/states")}) == 3
        (file,) = store.read("sources/files")
        assert file["state"] == 3
        ended = {row["record_id"] for row in stored_listings(store) if row["removed_on"]}
        assert ended in (set(), {"wardens_listed:3"})
    finally:
        store.close()
