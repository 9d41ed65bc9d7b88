"""Lines decoded many at a time are those decoded one by one."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from resolution.sources.reading import SKIPPED, Reading, lines, read_rows
from resolution.sources.reading.lines import Line

LONG = b"x" * 140  # More than the longest line.
PIECES = st.sampled_from(
    [b"a", "榕".encode(), "江".encode("gb18030"), b"\n", b"\r\n", b"\r", b"\xff", b'"', b",", b"x" * 9, LONG]
)
LONGEST = 64


def read(content: bytes, encoding: str, piece_bytes: int) -> list[Line]:
    with TemporaryDirectory() as folder, patch.object(lines, "PIECE_BYTES", piece_bytes):
        path = Path(folder) / "a.csv"
        path.write_bytes(content)
        return list(lines.lines(path, Reading(encoding=encoding, line_bytes_max=LONGEST)))


@given(st.lists(PIECES, max_size=60), st.sampled_from(["utf-8", "gb18030"]), st.integers(1, LONGEST - 1))
def test_the_lines_of_a_file_do_not_hang_on_how_it_is_cut(parts: list[bytes], encoding: str, piece_bytes: int) -> None:
    content = b"".join(parts)
    assert read(content, encoding, piece_bytes) == read(content, encoding, LONGEST)


@given(st.lists(st.sampled_from(["a,b", '"a\nc",b', '"a', "", "榕,江,x"]), max_size=30), st.sets(st.integers(0, 30)))
def test_rows_that_are_not_wanted_are_passed_over_in_their_place(rows: list[str], wanted: set[int]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text("\n".join(["x,y", *rows]), "utf-8")
        every = list(read_rows(path, Reading()))
        some = list(read_rows(path, Reading(), lambda place: place in wanted))
    assert some == [row if place in wanted else SKIPPED for place, row in enumerate(every)]
