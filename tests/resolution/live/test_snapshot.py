"""What a full run writes down for live calls."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resolution.live.hashes import number_of, numbers_of
from resolution.live.snapshot import LAST_BITS, _among

NUMBERS = st.integers(0, (1 << 63) - 1) | st.integers(0, 3).flatmap(lambda high: st.just((high << LAST_BITS) + 5))


@given(st.lists(NUMBERS), st.lists(NUMBERS))
def test_looking_by_the_last_bits_finds_the_same_numbers(many: list[int], few: list[int]) -> None:
    wanted = set(few)
    assert _among(np.array(many, np.int64), np.array(few, np.int64)).tolist() == [one in wanted for one in many]


@given(st.lists(st.text(max_size=20), max_size=8))
def test_a_text_has_one_number_alone_and_among_many(texts: list[str]) -> None:
    assert numbers_of(texts).tolist() == [number_of(text) for text in texts]
