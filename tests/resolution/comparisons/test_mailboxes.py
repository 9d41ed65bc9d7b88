"""A mail address that was misspelled speaks for its owner; that of another person of the same house does not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.base import PartyKind
from ontology.record import Contact, Record
from resolution.comparisons import fields
from resolution.comparisons.evidence import evidence, prepare
from resolution.comparisons.fields import are_one_mailbox
from resolution.comparisons.person_columns import VALUE_MAX, as_bytes
from resolution.comparisons.person_values import ALIKE, level_in_spelling, may_be_misspelled
from resolution.comparisons.run_statistics import freeze
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from resolution.records.analysed import analyse
from tests.resolution.parties import USCC_A, firm, person

MAIL = "e.lindqvist3@harborview.org"


def with_mail(id_: str, name: str, mail: str, **more: object) -> Record:
    return person(id_, name, contacts=(Contact(kind="email", value=mail),), **more)


def compare_mails(left: str, right: str) -> float:
    units = [analyse(with_mail("a", "Elin Lindqvist", left)), analyse(with_mail("b", "Elin Lindqvist", right))]
    prepared = prepare(PartyKind.PERSON, units, freeze(PartyKind.PERSON, units))
    return float(evidence(prepared, (np.array([0]), np.array([1]))).agreement["contacts"][0])


@pytest.mark.parametrize(
    ("other", "level"),
    [
        ("e.lindqvist3@harborview.or", fields.CONTACT_NEAR),  # One slip.
        ("e.lindqvist3@habrorvlew.org", fields.CONTACT_NEAR),  # Two, both in the domain.
        ("e.lindqist3@habrorvlew.org", fields.CONTACT_NEAR),  # One in the local part, two in the domain.
        ("e.lindqvist8@habrorview.org", fields.CONTACT_OTHER),  # Another digit is another mailbox.
        ("a.lindqvost3@harborview.org", fields.CONTACT_OTHER),  # Two in the local part: another person of the house.
        ("e.lindqvist3@quarryside.org", fields.CONTACT_OTHER),
    ],
)
def test_slips_in_a_mail_address_are_told_from_another_mailbox(other: str, level: float) -> None:
    assert compare_mails(MAIL, other) == level == compare_mails(other, MAIL)


def test_a_short_local_part_tells_nothing_beyond_one_slip() -> None:
    assert compare_mails("info@harborview.org", "info@habrorvlew.org") == fields.CONTACT_OTHER


@given(st.from_regex(r"[a-z]{3,9}[0-9]{0,2}@[a-z]{4,12}\.org", fullmatch=True), st.data())
def test_it_does_not_matter_which_of_two_mail_addresses_comes_first(mail: str, data: st.DataObject) -> None:
    at = data.draw(st.lists(st.integers(0, len(mail) - 1), max_size=3))
    other = "".join("x" if place in at else letter for place, letter in enumerate(mail))
    assert are_one_mailbox(mail, other) == are_one_mailbox(other, mail)


@given(st.text("ab1ü", min_size=6, max_size=9), st.text("ab1", min_size=8, max_size=10), st.data())
def test_no_misspelled_mailbox_is_taken_for_another_before_it_is_compared(local: str, host: str, data: st.DataObject) -> None:
    mail = f"{local}@{host}.org"
    at = data.draw(st.lists(st.integers(0, len(mail) - 1), max_size=3))
    slips = {place: data.draw(st.sampled_from(["", "a", "x", mail[place] * 2])) for place in at}
    letters = [slips.get(place, letter) for place, letter in enumerate(mail)]
    other = "".join(letters)
    table, lengths = as_bytes([mail, other], VALUE_MAX)
    if are_one_mailbox(mail, other):
        is_one_slip = level_in_spelling(table, lengths, 0, 1, -1) == ALIKE
        assert is_one_slip or mail == other or may_be_misspelled(table, lengths, 0, 1, np.zeros(128, np.int64))


def test_a_misspelled_mailbox_joins_two_of_a_common_name_and_another_mailbox_does_not() -> None:
    one = with_mail("a", "John Smith", "john.smith3@harborview.org")
    other, stranger = (
        with_mail("b", "John Smith", mail) for mail in ("john.smith3@habrorvlew.org", "john.smith8@quarryside.org")
    )
    assert match([one, other], Verdicts()).parts == [["a", "b"]]
    assert match([one, stranger], Verdicts()).parts == [["a"], ["b"]]


def test_records_without_a_name_join_by_a_number_or_a_mailbox_with_the_day_and_are_never_lost() -> None:
    nameless = {"names": (), "contacts": (Contact(kind="email", value=MAIL),)}
    named = with_mail("named", "Elin Lindqvist", MAIL, born_on="1985-04-12")
    dated, other_day, bare = (
        person("x", "-").model_copy(update={**nameless, "id": id_, "born_on": day})
        for id_, day in (("dated", "1985-04-12"), ("other", "1971-01-30"), ("bare", None))
    )
    parts = match([named, dated, other_day, bare], Verdicts()).parts
    assert ["dated", "named"] in parts
    assert ["other"] in parts
    assert sorted(record for part in parts for record in part) == ["bare", "dated", "named", "other"]
    coded = firm("coded", "-", uscc=USCC_A).model_copy(update={"names": ()})
    assert match([coded, firm("firm", "上海轩琮建材有限公司", uscc=USCC_A)], Verdicts()).parts == [["coded", "firm"]]
