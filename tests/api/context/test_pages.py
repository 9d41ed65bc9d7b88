"""Pages of a list: every line once, whatever comes or goes meanwhile, and no cursor of another list."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.context.pages import PageRequest, page_of, read_cursor, write_cursor
from ontology.errors import CursorInvalid

Line = tuple[int, str]
LINES = st.sets(st.tuples(st.integers(-3, 3), st.text(min_size=1, max_size=3)), max_size=30)


def place(line: Line) -> Line:
    return line


def pages(
    lines: set[Line], limit: int, *, gone: frozenset[Line] = frozenset(), come: frozenset[Line] = frozenset()
) -> list[Line]:
    """All lines, page by page; after the first page some have gone and others have come."""
    page = page_of(lines, PageRequest(limit), place=place, question="q")
    read = list(page.lines)
    changed = (lines - gone) | come
    while page.next is not None:
        page = page_of(changed, PageRequest(limit, page.next), place=place, question="q")
        read += page.lines
    return read


@given(LINES, st.integers(1, 7))
def test_pages_hold_every_line_once_and_in_order(lines: set[Line], limit: int) -> None:
    assert pages(lines, limit) == sorted(lines)


@given(LINES, st.integers(1, 7), LINES, LINES)
def test_a_line_that_stays_is_read_once_whatever_comes_and_goes(
    lines: set[Line], limit: int, gone: set[Line], come: set[Line]
) -> None:
    read = pages(lines, limit, gone=frozenset(gone), come=frozenset(come))
    assert len(read) == len(set(read))
    assert set(lines) - gone <= set(read)


@given(st.lists(st.one_of(st.integers(), st.text(), st.floats(allow_nan=False, allow_infinity=False)), min_size=1))
def test_a_cursor_reads_back_as_the_place_it_was_written_of(parts: list[int | str | float]) -> None:
    assert read_cursor(write_cursor(tuple(parts), question="q"), question="q") == tuple(parts)


@given(st.text(max_size=60))
def test_no_text_that_a_caller_makes_up_is_a_cursor(text: str) -> None:
    with pytest.raises(CursorInvalid):
        read_cursor(text, question="q")


@pytest.mark.parametrize("inside", ["[]", "{}", "[1]", '["5f3a",NaN]', "[" * 900, "9" * 5000, '["x",[1]]', '["x",true]'])
def test_what_is_no_place_is_refused(inside: str) -> None:
    with pytest.raises(CursorInvalid):
        read_cursor(urlsafe_b64encode(inside.encode()).decode(), question="q")


def test_a_cursor_of_another_question_or_shape_is_refused() -> None:
    cursor = write_cursor((1, "K-1"), question="ties of K-1")
    for question, types in (("ties of K-2", None), ("ties of K-1", (str, str))):
        with pytest.raises(CursorInvalid):
            read_cursor(cursor, question=question, types=types)
    with pytest.raises(CursorInvalid):
        page_of([("a", "b")], PageRequest(1, cursor), place=lambda line: line, question="ties of K-1")
