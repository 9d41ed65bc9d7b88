"""A file of arrays gives back what was written, or says that it is none: never other figures, never another error."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.kept.array_file import NotKept, read_arrays, write_arrays

STAMP = {"state": "a"}
ARRAYS = {
    "whole": np.arange(12, dtype=np.int32).reshape(3, 4),
    "real": np.array([0.1, np.nan, -0.0]),
    "none": np.empty(0, np.int64),
    "yes": np.array([True, False]),
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("arrays") / "a.network"
    write_arrays(target, ARRAYS, stamp=STAMP)
    return target


def alike(arrays: dict[str, np.ndarray]) -> bool:
    return arrays.keys() == ARRAYS.keys() and all(
        arrays[name].dtype == array.dtype and np.array_equal(arrays[name], array, equal_nan=array.dtype.kind == "f")
        for name, array in ARRAYS.items()
    )


def test_arrays_come_back_with_their_types_and_shapes(file: Path) -> None:
    assert alike(read_arrays(file, stamp=STAMP))


def test_what_is_written_into_an_array_stays_in_memory(file: Path) -> None:
    read_arrays(file, stamp=STAMP)["whole"][0, 0] = 99
    assert alike(read_arrays(file, stamp=STAMP))


def test_a_file_is_its_owners_alone(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_of_another_state_is_not_read(file: Path) -> None:
    with pytest.raises(NotKept):
        read_arrays(file, stamp={"state": "b"})


def test_a_file_that_is_not_there_and_one_that_a_link_leads_to_are_not_read(file: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(file)
    for absent in (tmp_path / "absent", tmp_path / "link", tmp_path):
        with pytest.raises(NotKept):
            read_arrays(absent, stamp=STAMP)


def test_a_replaced_file_stays_as_it_was_for_whoever_has_it_open(tmp_path: Path) -> None:
    target = tmp_path / "b.network"
    write_arrays(target, ARRAYS, stamp=STAMP)
    opened = read_arrays(target, stamp=STAMP)
    write_arrays(target, {"other": np.zeros(3)}, stamp=STAMP)
    assert alike(opened)
    target.unlink()
    assert alike(opened)


def test_objects_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds"):
        write_arrays(tmp_path / "c", {"objects": np.array([object()])}, stamp=STAMP)
    assert not list(tmp_path.iterdir())


@given(cut=st.integers(0, 10_000))
def test_a_file_cut_short_is_not_read(file: Path, tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    content = file.read_bytes()
    shorter = tmp_path_factory.mktemp("cut") / "cut.network"
    shorter.write_bytes(content[: cut % len(content)])
    with pytest.raises(NotKept):
        read_arrays(shorter, stamp=STAMP)


@given(place=st.integers(0, 10_000), change=st.integers(1, 255))
def test_a_changed_byte_before_the_arrays_is_noticed(
    file: Path, tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    content = bytearray(file.read_bytes())
    first = len(content) - content[::-1].index(b"}}") - 1  # The header ends there, the arrays follow.
    content[place % first] ^= change
    other = tmp_path_factory.mktemp("changed") / "changed.network"
    other.write_bytes(content)
    with pytest.raises(NotKept):
        read_arrays(other, stamp=STAMP)
