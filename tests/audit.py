"""`python -m tests.audit PIP_AUDIT`: are vulnerabilities known of what is locked, for Python and for the pages?

Asks the databases by pip-audit and by npm, and says plainly where one could not be asked: no answer is no good answer.
Ends with 0 where nothing is known, 1 where something is, 3 where nothing is known but not all could be asked.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
NOTHING_KNOWN, FOUND, NOT_ASKED = 0, 1, 3
WAIT_S = 300.0
SERVICES = ("pypi", "osv")  # The second is asked where the first knows nothing of the packages.


@dataclass(frozen=True)
class Audit:
    """What came of one lock: vulnerabilities as lines, and why what could not be asked about."""

    lock: str
    asked: int = 0
    found: tuple[str, ...] = field(default=())
    not_asked: str | None = None

    def __str__(self) -> str:
        said = [f"{self.lock}: {len(self.found)} known vulnerabilities in {self.asked} packages.", *self.found]
        if self.not_asked:
            said.append(f"{self.lock}: NOT AUDITED, the database could not be asked: {self.not_asked}")
        return "\n  ".join(said if self.asked else said[-1:])


Run = Callable[[Sequence[str]], tuple[int, str, str]]


def run(command: Sequence[str]) -> tuple[int, str, str]:
    """Exit code, output and errors of a command in the project's folder."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, timeout=WAIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as cause:
        return 127, "", f"{type(cause).__name__} of {command[0]}"
    return done.returncode, done.stdout, done.stderr


def audit_python(pip_audit: str, lock: str, run_: Run = run) -> Audit:
    """A lock of Python packages, by the first service that knows them."""
    audits = []
    for service in SERVICES:
        how = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json", "--timeout", "20")
        _, out, err = run_((pip_audit, "-r", lock, "-s", service, *how))
        audit = _read_pip_audit(lock, out, err)
        if audit.found or not audit.not_asked:
            return audit
        audits.append(audit)
    return max(audits, key=lambda one: one.asked)


def _read_pip_audit(lock: str, out: str, err: str) -> Audit:
    """pip-audit ends well where it was told nothing: packages it skipped were not audited."""
    told = _as_json(out)
    if not isinstance(told, dict):
        return Audit(lock, not_asked=_last_line(err))
    packages = told.get("dependencies", [])
    skipped = [one for one in packages if "skip_reason" in one]
    found = [f"{one['name']} {one['version']}: {vuln['id']}" for one in packages for vuln in one.get("vulns", ())]
    reason = f"{len(skipped)} of {len(packages)} packages ({skipped[0]['skip_reason']})" if skipped else None
    return Audit(lock, len(packages) - len(skipped), tuple(found), reason if packages else "it lists no package")


def audit_pages(run_: Run = run) -> Audit:
    """The lock of the pages' packages, by npm."""
    lock = "web/package-lock.json"
    _, out, err = run_(("bash", "web/npm.sh", "audit", "--json"))
    told = _as_json(out)
    if not isinstance(told, dict) or "vulnerabilities" not in told:
        return Audit(lock, not_asked=told.get("message") if isinstance(told, dict) and told.get("message") else _last_line(err))
    found = tuple(f"{name}: {one.get('severity')}" for name, one in sorted(told["vulnerabilities"].items()))
    return Audit(lock, told.get("metadata", {}).get("dependencies", {}).get("total", 0), found)


def verdict(audits: Sequence[Audit]) -> int:
    """The exit code of all together."""
    if any(audit.found for audit in audits):
        return FOUND
    return NOT_ASKED if any(audit.not_asked for audit in audits) else NOTHING_KNOWN


def _as_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it said nothing"])[-1]


def main(words: Sequence[str]) -> int:
    """Audit all locks, and say what came of each."""
    audits = [audit_python(words[0], lock) for lock in ("requirements.lock", "requirements-audit.lock")]
    audits.append(audit_pages())
    print(*audits, sep="\n")
    return verdict(audits)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
