from pathlib import Path

import pytest

from bench import ratings


@pytest.mark.shared
@pytest.mark.slow
def test_the_products_own_evidence_tells_fraud_from_honest_traders(shared_data: Path) -> None:
    told, removed, found = ratings.run(shared_data / "networks")
    assert removed == 490
    assert found["kith evidence"] >= ratings.BAR
    assert found["kith evidence"] > max(value for name, value in found.items() if name != "kith evidence")
    assert found[ratings.ASSOCIATION] < 0.7
    assert "0.9" in ratings.page(told, removed, found)
