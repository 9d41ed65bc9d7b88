"""Resident ids: found in any dress, masked everywhere, hashed only when they can be right."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.personal_ids import check_digit, hash_resident_id, mask, mask_row
from tests.resolution.sources.shorthands import KEY, RESIDENT, USCC

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    """Valid numbers of both generations."""
    region = draw(st.sampled_from(["110105", "350102", "440305", "650101"]))
    born = draw(st.dates()).replace(year=draw(st.integers(1900, 2025)), day=draw(st.integers(1, 28)))
    order = draw(st.integers(0, 999))
    if draw(st.booleans()):
        return f"{region}{born:%y%m%d}{order:03d}"
    digits = f"{region}{born.year}{born:%m%d}{order:03d}"
    return digits + check_digit(digits)


@st.composite
def dressed(draw: st.DrawFn) -> tuple[str, str]:
    """An id, and the id as people write it: spaced, hyphened, full-width, in lower case."""
    plain = draw(resident_ids())
    gap = draw(
        st.sampled_from(["", " ", "-", "　", " - ", "\u200b", "\u00a0", ".", "·", "–", "\u2060", "．", "/", "，", "_", "\u00ad"])
    )
    pieces = [plain, (plain[:6], plain[6:]), (plain[:6], plain[6:10], plain[10:14], plain[14:])]
    written = gap.join(draw(st.sampled_from(pieces)))
    if draw(st.booleans()):
        written = written.translate(WIDE)
    return plain, draw(st.sampled_from([written, written.lower()]))


TEXTS = st.text(st.characters(exclude_categories=["Nd", "No", "Nl", "Cs", "Cf"]), max_size=20)


@given(dressed(), TEXTS, TEXTS)
def test_no_id_survives_in_any_text(id_: tuple[str, str], before: str, after: str) -> None:
    plain, written = id_
    shown = mask(f"{before} {written} {after}")
    digits = re.sub(r"[^\dX]", "", shown.translate(str.maketrans("０１２３４５６７８９Ｘ", "0123456789X")).upper())
    assert plain not in digits
    assert plain[:3] + "*" * (len(plain) - 5) + plain[-2:] in shown


@given(dressed(), TEXTS)
def test_masking_twice_changes_nothing_more(id_: tuple[str, str], around: str) -> None:
    once = mask(f"{around}{id_[1]}")
    assert mask(once) == once


@given(dressed())
def test_one_person_has_one_hash_however_it_is_written(id_: tuple[str, str]) -> None:
    assert hash_resident_id(id_[1], KEY) == hash_resident_id(id_[0], KEY) is not None


def test_both_generations_of_a_number_have_one_hash() -> None:
    assert hash_resident_id("110105491231002", KEY) == hash_resident_id(RESIDENT, KEY)


def test_another_key_gives_another_hash() -> None:
    assert hash_resident_id(RESIDENT, KEY) != hash_resident_id(RESIDENT, b"another key")


@given(
    st.integers(2, 12),
    st.sampled_from("*＊xX●○×"),
    st.sampled_from(["", " ", "\u00a0", "-"]),
    st.sampled_from(["", "ID", "身份证"]),
)
def test_a_half_hidden_id_is_masked_with_gaps_and_whatever_hides_it(shown: int, star: str, gap: str, before: str) -> None:
    hidden = "440305198402290011"[:shown].ljust(14, star) + "0011"
    text = gap.join((hidden[:4], hidden[4:9], hidden[9:13], hidden[13:]))
    masked = mask(f"{before}{text}, 1 von 2")
    assert masked == (f"{before}{text}, 1 von 2" if shown < 3 else f"{before}440*************11, 1 von 2")


def test_a_number_of_15_digits_is_an_id_only_if_there_is_such_a_place_and_day() -> None:
    kept = ["990102900307123", "350102930230123", "350102901307123"]
    assert [mask(f"see {one}.") for one in kept] == [f"see {one}." for one in kept]
    assert mask("see 350102900307123.") == "see 350**********23."


@pytest.mark.parametrize("text", ["350102900307123", "440305198402300018", "440305198402290018", "35010 29003 07123"])
def test_in_a_column_of_other_numbers_only_what_nothing_else_can_be_is_an_id(text: str) -> None:
    assert mask(text, declared=True) == text
    assert mask(f"{RESIDENT}", declared=True) == "110*************2X"


def test_a_wrong_check_digit_is_masked_but_never_hashed() -> None:
    assert hash_resident_id("110105194912310021", KEY) is None
    assert mask("110105194912310021") == "110*************21"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("11010519491231****", "110***************"),
        ("110105********002X", "110*************2X"),
        ("身份证：１１０１０５１９４９１２３１００２Ｘ，男", "身份证：110*************2X，男"),
        ("13800000000 11010519491231002X", "13800000000 110*************2X"),
        ("https://example.org/q?id=11010519491231002X&x=1", "https://example.org/q?id=110*************2X&x=1"),
    ],
)
def test_ids_in_texts_keep_first_three_and_last_two(written: str, shown: str) -> None:
    assert mask(written) == shown


@pytest.mark.parametrize(
    "text", [USCC, "91350104MA12345678", "26350000000000000001", "1289241911.72836", "2024-01-02 2024-03-04", "13800000000"]
)
def test_other_numbers_stay_as_they_are(text: str) -> None:
    assert mask(text) == text


def test_a_header_may_hold_an_id_too() -> None:
    assert mask_row({RESIDENT: "x", "name": "y"}) == {"110*************2X": "x", "name": "y"}
