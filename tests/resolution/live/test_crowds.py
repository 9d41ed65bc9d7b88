"""A record that comes later is weighed as the last full run would: what was crowded then carries nothing now."""

from ontology.base import PartyKind
from resolution.live.memory import list_crowds
from resolution.records.identifiers import identifier
from tests.resolution.comparisons.test_crowds import BRANDS, CODE, register
from tests.resolution.live.test_laws import world
from tests.resolution.parties import firm


def test_live_and_batch_pass_over_the_same_crowded_code() -> None:
    number = (identifier("reg_no", CODE, scope="gb"),)
    with world() as here:
        here.resolve(register(8))
        assert list_crowds(here.store) == [(PartyKind.FIRM, "reg_no", f"GB:{CODE}", 8)]
        here.take(("put", firm("n1", "Wesermoor Works Ltd", identifiers=number)))
        here.take(("put", firm("n2", f"{BRANDS[0]} Works Ltd", identifiers=number)))
        here.take(("settle",))
        parties, judged = here.expected()
        assert here.parties() == parties
        assert here.judged() == judged
        assert len(parties) >= 9
