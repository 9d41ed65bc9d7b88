"""How well a name a clerk typed fits a party."""

import pytest

from api.screenings.matching import match_percents, percent_of
from ontology.entity import Entity
from ontology.record import Address, Name
from resolution.comparisons.declarations import FIRM_NAMES
from resolution.records.firms import firm_name


def entity(*names: str, address: str | None = None) -> Entity:
    addresses = (Address(text=address),) if address else ()
    told = tuple(Name(text=name) for name in names)
    return Entity(id="K-1", kind="firm", name=names[0], names=told, addresses=addresses, record_ids=("r",))


def test_every_level_of_agreement_has_a_per_cent() -> None:
    assert {level.label for level in FIRM_NAMES.levels} == set(match_percents().percent)


def test_per_cents_fall_as_agreement_falls() -> None:
    told = [match_percents().percent[level.label] for level in FIRM_NAMES.levels]
    assert told[0] == max(told)
    assert told[-1] == 0


@pytest.mark.parametrize(
    ("given", "held", "sure"),
    [
        ("杭州鹏程贸易有限公司", "杭州鹏程贸易有限公司", True),
        ("鹏程贸易（杭州）有限公司", "杭州鹏程贸易有限公司", True),
        ("杭州鵬程貿易有限公司", "杭州鹏程贸易有限公司", True),
        ("杭州鹏飞贸易有限公司", "杭州鹏程贸易有限公司", False),
        ("宁波鹏程贸易有限公司", "杭州鹏程贸易有限公司", False),
        ("Hengtai Trading Co., Ltd.", "HENGTAI TRADING CO LTD", True),
        ("Hengtai Trading Co., Ltd.", "Hengda Trading Co., Ltd.", False),
    ],
)
def test_a_name_written_otherwise_is_found_and_another_name_is_not(given: str, held: str, sure: bool) -> None:
    assert (percent_of(firm_name(given), entity(held).names) >= match_percents().sure_percent) is sure


def test_an_earlier_name_or_one_in_the_other_script_fits_as_well() -> None:
    party = entity("杭州鹏程贸易有限公司", "Pengcheng Trading Co., Ltd.")
    assert percent_of(firm_name("Pengcheng Trading Ltd"), party.names) >= match_percents().possible_percent
