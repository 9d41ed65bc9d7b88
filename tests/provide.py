"""Fetches what the tests need beside Python, and says plainly what it could not: `python -m tests.provide`."""

import os
import shutil
import subprocess
import sys

from store import local_neo4j

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = {"mvn": "maven", "chromium": "chromium fonts-noto-cjk"}


def from_system(packages: str) -> bool:
    """Install with the system's package manager where that needs no password; True when it worked."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages.split()]):
        done = subprocess.run(command, check=False, capture_output=True, env=environment)
    return done.returncode == 0


def browser() -> str | None:
    """A browser for the page tests; None when there is one, else what to do."""
    if any(shutil.which(name) for name in BROWSERS) or from_system(PACKAGES["chromium"]):
        return None
    return "no Chromium found: install your system's package (Debian: apt-get install chromium)"


def server() -> str | None:
    """The Neo4j server's jars and a Java runtime; None when they are there, else what to do."""
    if os.environ.get("KITH_NEO4J_URI"):
        return None
    if shutil.which("mvn") is None and not from_system(PACKAGES["mvn"]):
        return "no Maven found: install your system's package (Debian: apt-get install maven)"
    try:
        local_neo4j.fetch()
    except Exception as cause:
        return f"the Neo4j server could not be fetched: {cause}"
    return None


def main() -> int:
    """Fetch each, report each; in CI a missing one is a failure, on a laptop its tests are skipped."""
    missing = [told for told in (server(), browser()) if told]
    for told in missing:
        print(f"missing: {told}", file=sys.stderr)
    if not missing:
        print("Neo4j server and browser are ready")
    return 1 if missing and os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
