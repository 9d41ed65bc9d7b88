"""Every error has an exit code, a status and a stable type."""

import errno

import pytest

import ontology.errors
from api.errors import codes_of, from_disk, problem
from ontology.errors import ContractInvalid, EntityAmbiguous, EntityUnknown, KithError, StoreFull, StoreUnreachable, WrongCall

KINDS = [kind for kind in vars(ontology.errors).values() if isinstance(kind, type) and issubclass(kind, KithError)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not issubclass(kind, EntityAmbiguous | ContractInvalid)])
def test_every_error_can_be_told_both_ways(kind: type[KithError]) -> None:
    error = kind(file="a.csv")
    assert codes_of(error).exit_code in (1, 2, 3)
    body = problem(error, "r-1")
    assert body["title"] == kind.title
    assert body["status"] == codes_of(error).status >= 400
    assert (body["file"], body["request_id"]) == ("a.csv", "r-1")


def test_no_such_party_is_an_answer_and_a_store_that_is_down_is_trouble() -> None:
    assert codes_of(EntityUnknown()).exit_code == 1
    assert codes_of(WrongCall()).exit_code == 2
    assert codes_of(StoreUnreachable()).exit_code == 3


def test_choices_are_told_by_id_name_and_place() -> None:
    body = problem(EntityAmbiguous("Hongda", (("K-1", "Hongda Trading", "Linhai"),)))
    assert body["choices"] == [{"id": "K-1", "name": "Hongda Trading", "place": "Linhai"}]


def test_facts_cannot_take_the_place_of_the_standard_members() -> None:
    assert problem(WrongCall(status="fine", type="mine"))["status"] == 400


def test_a_full_disk_is_trouble_and_a_forbidden_file_a_wrong_call() -> None:
    assert isinstance(from_disk(OSError(errno.ENOSPC, "No space left on device", "out.csv")), StoreFull)
    assert codes_of(from_disk(PermissionError(errno.EACCES, "Permission denied", "out.csv"))).exit_code == 2
