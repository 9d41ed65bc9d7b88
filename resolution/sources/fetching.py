"""Files from their publishers' addresses: only where they changed, resumed where they broke off, bounded, never from inside.

FetchFailed  the address did not give the file; nothing of it was kept
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import httpcore
import httpx

from ontology.errors import KithError
from resolution.sources.guarded_network import GuardedNetwork, use_network

REDIRECTS_MAX = 5
ATTEMPTS = 4
CONNECT_TIMEOUT_S, READ_TIMEOUT_S = 20.0, 60.0
CHECKSUMS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
"""Algorithm by the number of hex digits."""
CHECKSUM_BYTES_MAX = 1 << 16
RETRIED = (429, 500, 502, 503, 504)
NOT_CHANGED, PART = 304, 206
CONDITIONS = ("If-None-Match", "If-Modified-Since")
Wait = Callable[[float], None]


class FetchFailed(KithError):
    """The address did not give the file; nothing of it was kept."""

    title = "The file could not be fetched"


@dataclass(frozen=True)
class Version:
    """What a publisher says of the file it gave, to ask later whether that has changed."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Limits:
    """What a download may be.

    bytes_max:     largest file.
    allow_private: whether addresses of this machine and of private networks may be asked.
    slow_s:        for so long fewer than `slow_bytes` may come: a server that hands out letter by letter holds nobody up.
    """

    bytes_max: int = 1 << 34
    allow_private: bool = False
    slow_s: float = 120.0
    slow_bytes: int = 1 << 14


def fetch(
    address: str, target: Path, *, earlier: Version | None = None, limits: Limits = Limits(), wait: Wait = time.sleep
) -> Version | None:
    """Write what stands at an address to `target`; None where it has not changed since `earlier`. Raises FetchFailed.

    A download that breaks off is taken up where it stood, if the publisher can; else it begins anew. wait: how to pass seconds.
    """
    _check_scheme(address, limits)
    problem, after_s = "", 0.0
    with _client(limits) as client:
        download = _Download(client, address, target, limits)
        for attempt in range(ATTEMPTS):
            if attempt:
                wait(max(after_s, 2.0**attempt))
            try:
                return download.run(earlier)
            except _TryAgain as cause:
                problem, after_s = str(cause), cause.after_s
            except (httpx.TransportError, httpcore.NetworkError, httpcore.TimeoutException) as cause:
                problem = str(cause) or type(cause).__name__
            except (httpx.TooManyRedirects, httpx.InvalidURL, httpx.DecodingError) as cause:
                raise _failed(address, str(cause)) from cause
    raise _failed(address, f"{problem}; tried {ATTEMPTS} times")


def check_sum(file: Path, address: str, *, limits: Limits = Limits()) -> None:
    """Compare a file with the checksum that its publisher gives at an address. Raises FetchFailed where they differ."""
    _check_scheme(address, limits)
    try:
        with _client(limits) as client, client.stream("GET", address) as answer:
            text = _beginning(answer, CHECKSUM_BYTES_MAX).decode("utf-8", "replace") if answer.is_success else ""
    except (httpx.HTTPError, httpx.InvalidURL) as cause:
        raise _failed(address, str(cause)) from cause
    digests = re.findall(r"\b[0-9a-fA-F]{32,128}\b", text)
    known_digests = [digest for digest in digests if len(digest) in CHECKSUMS]
    if not known_digests:
        raise _failed(address, "no checksum there")
    if not any(_digest(file, CHECKSUMS[len(digest)]) == digest.lower() for digest in known_digests):
        raise _failed(address, "the file is not the one its publisher's checksum is of")


def _beginning(answer: httpx.Response, bytes_max: int) -> bytes:
    """What comes first of an answer, however long it is."""
    content = b""
    for piece in answer.iter_bytes(1 << 12):
        content += piece
        if len(content) >= bytes_max:
            break
    return content[:bytes_max]


class _TryAgain(Exception):
    """What was tried may go well the next time, after so many seconds."""

    def __init__(self, problem: str, after_s: float = 0.0) -> None:
        super().__init__(problem)
        self.after_s = after_s


class _Download:
    """One file on its way, over several attempts."""

    def __init__(self, client: httpx.Client, address: str, target: Path, limits: Limits) -> None:
        self._client, self._address, self._target, self._limits = client, address, target, limits
        self._version = Version()
        self._takes_up = True

    def run(self, earlier: Version | None) -> Version | None:
        bytes_held = self._target.stat().st_size if self._target.exists() else 0
        headers = self._headers(earlier, bytes_held)
        with self._client.stream("GET", self._address, headers=headers) as answer:
            if answer.status_code == NOT_CHANGED and not headers.keys().isdisjoint(CONDITIONS):
                return None
            if answer.status_code in RETRIED:
                raise _TryAgain(f"answered {answer.status_code}", _seconds(answer.headers.get("retry-after", "")))
            if answer.status_code not in (200, PART):
                raise _failed(self._address, f"answered {answer.status_code} {answer.reason_phrase}".strip())
            if answer.status_code == PART and not self._is_asked_part(answer, headers, bytes_held):
                self._version = Version()  # From the start, then.
                raise _TryAgain("answered with another part of the file than was asked for")
            self._version = Version(answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
            self._write(answer, bytes_held if answer.status_code == PART else 0)
        return self._version

    def _headers(self, earlier: Version | None, bytes_held: int) -> dict[str, str]:
        if bytes_held and self._takes_up and self._version.etag and not self._version.etag.startswith("W/"):
            return {"Range": f"bytes={bytes_held}-", "If-Range": self._version.etag}
        conditions = dict(zip(CONDITIONS, (earlier.etag, earlier.last_modified), strict=True)) if earlier else {}
        return {name: text for name, text in conditions.items() if text}

    @staticmethod
    def _is_asked_part(answer: httpx.Response, headers: dict[str, str], bytes_held: int) -> bool:
        return "Range" in headers and answer.headers.get("content-range", f"bytes {bytes_held}-").startswith(
            f"bytes {bytes_held}-"
        )

    def _write(self, answer: httpx.Response, bytes_held: int) -> None:
        expected = answer.headers.get("content-length", "")
        whole = bytes_held + int(expected) if expected.isdecimal() else None
        if whole is not None and whole > self._limits.bytes_max:
            raise self._too_large(whole)
        packing = answer.headers.get("content-encoding", "identity").lower()
        unpacks = packing != "identity" and self._target.suffix not in (".gz", ".bz2", ".xz", ".zip")
        self._takes_up = packing == "identity"
        size = bytes_held
        pace = _Pace(self._limits)
        with self._target.open("ab" if bytes_held else "wb") as file:
            for piece in answer.iter_bytes() if unpacks else answer.iter_raw():
                size += len(piece)
                if size > self._limits.bytes_max:
                    raise self._too_large(size)
                file.write(piece)
                pace.note(answer.num_bytes_downloaded)
        fetched = bytes_held + answer.num_bytes_downloaded
        if whole is not None and fetched < whole:
            raise _TryAgain(f"broke off after {fetched} of {whole} bytes")

    def _too_large(self, size: int) -> FetchFailed:
        return _failed(self._address, f"{size} bytes; at most {self._limits.bytes_max} are fetched")


class _Pace:
    """Whether a download gets on."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._since_s, self._bytes = time.monotonic(), 0

    def note(self, bytes_fetched: int) -> None:
        """Take in how many bytes have come. Raises _TryAgain where they are too few."""
        if time.monotonic() - self._since_s < self._limits.slow_s:
            return
        if bytes_fetched - self._bytes < self._limits.slow_bytes:
            raise _TryAgain(f"gave fewer than {self._limits.slow_bytes} bytes in {self._limits.slow_s:g} s")
        self._since_s, self._bytes = time.monotonic(), bytes_fetched


def _client(limits: Limits) -> httpx.Client:
    """A client that follows few redirects, none of them to a weaker scheme, and, unless it may, none inside."""

    def refuse_weaker(request: httpx.Request) -> None:
        _check_scheme(str(request.url), limits)

    client = httpx.Client(
        follow_redirects=True,
        max_redirects=REDIRECTS_MAX,
        timeout=httpx.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
        headers={"Accept-Encoding": "identity", "User-Agent": "kith"},  # A part of what is packed cannot be taken up.
        event_hooks={"request": [refuse_weaker]},
    )
    return client if limits.allow_private else use_network(client, GuardedNetwork())


def _check_scheme(address: str, limits: Limits) -> None:
    schemes = ("https", "http") if limits.allow_private else ("https",)
    if httpx.URL(address).scheme not in schemes:
        raise _failed(address, "not an https address")


def _seconds(retry_after: str) -> float:
    return min(float(retry_after), READ_TIMEOUT_S) if retry_after.isdecimal() else 0.0


def _digest(file: Path, algorithm: str) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, algorithm).hexdigest()


def _failed(address: str, problem: str) -> FetchFailed:
    remedy = "Nothing was changed. Try again later, or name another address (--base), or fetch it by hand: kith ingest --pack."
    return FetchFailed(address=_shown(address), problem=problem, remedy=remedy)


def _shown(address: str) -> str:
    """An address without what may be secret in it."""
    url = httpx.URL(address)
    return str(url.copy_with(query=None, fragment=None, userinfo=b""))


def file_name_of(address: str, names: Iterable[str]) -> str:
    """The name to give to what is fetched: the address's own where it is an archive or a pattern fits it, else one that fits."""
    from fnmatch import fnmatch

    from resolution.sources.reading.archives import is_packed

    last = Path(httpx.URL(address).path).name
    patterns = list(names)
    if last.strip(".") and (is_packed(Path(last)) or any(fnmatch(last.lower(), pattern.lower()) for pattern in patterns)):
        return last
    plain_name = Path(re.sub(r"[*?\[\]]", "", patterns[0])).name  # A pack of somebody else writes in this folder only.
    return plain_name if plain_name.strip(".") else "file"
