"""What parties share, as hubs of the network."""

import pytest

from graph.network.hubs import folded_address


@pytest.mark.parametrize("text", ["Road Town, Tortola", "浙江省台州市临海市", "Linhai"])
def test_an_address_without_a_number_is_a_place_and_ties_nobody(text: str) -> None:
    assert folded_address(text) is None


@pytest.mark.parametrize("text", ["14 Quay Street, Bristol", "浙江省台州市临海路一号"])
def test_an_address_with_a_number_is_a_door(text: str) -> None:
    assert folded_address(text)
