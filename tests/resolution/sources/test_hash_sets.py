"""A set of a file's ids says what a plain set says, whatever the blocks are."""

from hypothesis import given
from hypothesis import strategies as st

from resolution.sources.hash_sets import HashSet

BLOCKS = st.lists(st.lists(st.integers(0, 60).map(str), max_size=12), max_size=20)


@given(BLOCKS)
def test_it_says_of_every_block_what_a_plain_set_says(blocks: list[list[str]]) -> None:
    hash_set, plain = HashSet(), set[str]()
    for block in blocks:
        assert list(hash_set.contains(block)) == [value in plain for value in block]
        new_values = [value not in plain and block.index(value) == at for at, value in enumerate(block)]
        assert list(hash_set.add(block)) == new_values
        plain |= set(block)
        assert len(hash_set) == len(plain)


def test_a_million_ids_take_eight_bytes_each() -> None:
    hash_set = HashSet()
    for start in range(0, 1_000_000, 2000):
        assert hash_set.add(f"records:{number}" for number in range(start, start + 2000)).all()
    assert len(hash_set) == 1_000_000
    assert sum(level.nbytes for level in hash_set._levels) == 8_000_000
