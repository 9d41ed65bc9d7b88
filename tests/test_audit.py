"""What `make audit` makes of the answers it gets, and of those it does not get."""

import json
from collections.abc import Sequence

import pytest

from tests.audit import FOUND, NOT_ASKED, NOTHING_KNOWN, Audit, audit_pages, audit_python, verdict

CLEAN = {"dependencies": [{"name": "rich", "version": "15.0", "vulns": []}]}
SKIPPED = {"dependencies": [{"name": "rich", "skip_reason": "Dependency not found on PyPI"}]}
HURT = {"dependencies": [{"name": "rich", "version": "15.0", "vulns": [{"id": "PYSEC-2026-7"}]}]}
NPM_CLEAN = {"vulnerabilities": {}, "metadata": {"dependencies": {"total": 70}}}
NPM_HURT = {"vulnerabilities": {"vite": {"severity": "high"}}, "metadata": {"dependencies": {"total": 70}}}


def saying(*answers: object) -> object:
    left = list(answers)

    def run(_: Sequence[str]) -> tuple[int, str, str]:
        told = left.pop(0)
        return 0, told if isinstance(told, str) else json.dumps(told), "npm error audit endpoint returned an error"

    return run


def test_packages_that_were_skipped_are_not_called_sound() -> None:
    audit = audit_python("pip-audit", "a.lock", saying(SKIPPED, ""))  # type: ignore[arg-type]
    assert "1 of 1 packages" in str(audit.not_asked)
    assert "NOT AUDITED" in str(audit)
    assert verdict([audit]) == NOT_ASKED


def test_a_second_database_is_asked_where_the_first_knows_nothing() -> None:
    assert audit_python("pip-audit", "a.lock", saying(SKIPPED, CLEAN)) == Audit("a.lock", 1)  # type: ignore[arg-type]
    found = audit_python("pip-audit", "a.lock", saying("no json", HURT))  # type: ignore[arg-type]
    assert found.found == ("rich 15.0: PYSEC-2026-7",)


@pytest.mark.parametrize(
    ("answer", "code"),
    [(NPM_CLEAN, NOTHING_KNOWN), (NPM_HURT, FOUND), ({"message": "405 Method Not Allowed"}, NOT_ASKED), ("", NOT_ASKED)],
)
def test_the_pages_packages(answer: object, code: int) -> None:
    assert verdict([audit_pages(saying(answer))]) == code  # type: ignore[arg-type]


def test_what_was_found_outweighs_what_could_not_be_asked() -> None:
    assert verdict([Audit("a", not_asked="no network"), Audit("b", 1, ("x",))]) == FOUND
