"""A page on another address, in a real browser, tries to write into a kith on this machine and to read from it."""

import http.server
import json
import threading
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

FIRM = {"id": "crm:evil", "dataset": "crm", "source_class": "1", "kind": "firm", "names": [{"text": "Planted Works Ltd"}]}
LINE = json.dumps(FIRM)
# What a page may send without asking first, what it must ask for, and forms; each is tried, none may arrive.
ATTEMPTS = """async ([site, line]) => {
  const tries = [
    ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'].map(type =>
      () => fetch(site + '/v1/records', { method: 'POST', mode: 'no-cors', body: line, headers: { 'Content-Type': type } })),
    () => fetch(site + '/v1/records', { method: 'POST', mode: 'no-cors', body: new Blob([line]) }),
    () => fetch(site + '/v1/records', { method: 'POST', body: line, headers: { 'Content-Type': 'application/x-ndjson' } }),
    () => fetch(site + '/v1/records/crm:evil', { method: 'PUT', body: line, headers: { 'Content-Type': 'application/json' } }),
    () => fetch(site + '/v1/records/crm:evil', { method: 'DELETE' }),
    () => fetch(site + '/v1/session').then(answer => answer.json()),
    () => fetch(site + '/v1/about', { mode: 'no-cors' }).then(answer => answer.text().then(text => { if (!text) throw text; })),
  ];
  const ended = [];
  for (const attempt of tries) ended.push(await attempt().then(() => 'sent', () => 'failed'));
  navigator.sendBeacon(site + '/v1/records', line);
  const form = document.createElement('form');
  Object.assign(form, { method: 'post', enctype: 'text/plain', action: site + '/v1/records', target: 'frame' });
  const field = document.createElement('input');
  field.name = line.slice(0, -1) + ',"attributes":{"a":"';
  field.value = '"}}';
  form.append(field);
  document.body.append(form);
  form.submit();
  await new Promise(done => setTimeout(done, 500));
  return ended;
}"""


class _Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>elsewhere</title><iframe name=frame></iframe>")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def elsewhere() -> Iterator[int]:
    """The port of a page that is not ours."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_elsewhere_neither_writes_nor_reads(
    browser: Browser, site: str, api: httpx.Client, elsewhere: int, name: str
) -> None:
    before = api.get("/about").json()["records"]
    context = browser.new_context()
    page = context.new_page()
    refused: list[int] = []
    page.on("response", lambda answer: refused.append(answer.status) if "/v1/" in answer.url else None)
    page.goto(f"http://{name}:{elsewhere}/")
    ended = page.evaluate(ATTEMPTS, [site, LINE])
    context.close()
    assert ended[4:] == ["failed"] * 5  # What must ask beforehand, and what reads, fails in the page itself.
    assert refused
    assert set(refused) == {403}
    assert api.get("/about").json()["records"] == before
    assert api.get("/search", params={"q": "Planted Works"}).json()["total"] == 0


def test_what_the_page_tries_does_arrive_where_nobody_guards(browser: Browser, elsewhere: int) -> None:
    """The attempts are real ones: a server that does not look at where they come from takes five of them."""
    taken: list[bytes] = []

    class Naive(_Page):
        def do_POST(self) -> None:
            taken.append(self.rfile.read(int(self.headers["content-length"])))
            self.do_GET()

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Naive) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://localhost:{elsewhere}/")
        page.evaluate(ATTEMPTS, [f"http://127.0.0.1:{server.server_port}", LINE])
        page.close()
        server.shutdown()
    assert sum(b"Planted Works" in body for body in taken) >= 5
