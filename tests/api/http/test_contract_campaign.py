"""Everything the document offers, asked of a real server: no failure, no undocumented answer, no text of a library."""

from pathlib import Path

from tests.api.campaign import BEARER, faults_of, faults_of_chains, served
from tests.api.regions import Region

EXAMPLES = 14  # An operation; the long run takes hundreds (tests/api/campaign.py).


def test_every_operation_answers_as_documented_with_a_key(made: Region, tmp_path: Path) -> None:
    with served(made, tmp_path, key=True) as address:
        assert faults_of(address, headers=BEARER, examples=EXAMPLES) == []


def test_every_operation_answers_as_documented_without_a_key(made: Region, tmp_path: Path) -> None:
    with served(made, tmp_path, key=True) as address:
        assert faults_of(address, headers={}, examples=2) == []


def test_chains_of_requests_are_answered_as_documented(made: Region, tmp_path: Path) -> None:
    with served(made, tmp_path, key=True) as address:
        assert faults_of_chains(address, headers=BEARER, examples=8, steps=6) == []
