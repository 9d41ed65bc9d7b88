"""A store of made parties, and a list to screen against it: lines that mean one of them, and strangers."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bench.processes import KITH, measure
from bench.screening.errors import ERRORS, ListedParty, list_party
from bench.screening.population import MadeParty, make_parties
from samples.rng import seeded_rng


@dataclass(frozen=True)
class MadeStore:
    """An address of a resolved store, and its parties; party number n has the record `made:n`."""

    address: str
    parties: tuple[MadeParty, ...]

    @staticmethod
    def record_id(number: int) -> str:
        """Id of the record of a party by its number."""
        return f"made:{number}"


def build_store(folder: Path, *, parties: int, seed: int) -> MadeStore:
    """Write the parties as FollowTheMoney, and load and resolve them through the ordinary commands."""
    made_parties = tuple(make_parties(parties, seed=seed, purpose="store"))
    file, address = folder / "made.jsonl", f"sqlite:///{folder / 'kith.db'}"
    with file.open("w", encoding="utf-8") as lines:
        for number, party in enumerate(made_parties):
            entity = {"id": str(number), "schema": party.schema, "properties": party.properties()}
            lines.write(json.dumps(entity, ensure_ascii=False) + "\n")
    environment = {"KITH_STORE": address, "KITH_ID_KEY_FILE": str(folder / "id.key")}
    measure(*KITH, "ingest", str(file), "--json", environment=environment)
    measure(*KITH, "resolve", "--json", environment=environment)
    return MadeStore(address, made_parties)


def make_list(
    store: MadeStore, *, seed: int, meant_count: int, stranger_count: int, errors: Collection[str] = tuple(ERRORS)
) -> list[ListedParty]:
    """So many lines that mean a party of the store, the errors in turn, and so many strangers under the same errors."""
    meant_lines = [*_lines(store.parties, f"{seed}/known", meant_count, errors, is_known=True)]
    strangers = make_parties(2 * stranger_count, seed=seed, purpose="strangers")
    return [*meant_lines, *_lines(strangers, f"{seed}/others", stranger_count, errors, is_known=False)]


def _lines(
    parties: Sequence[MadeParty], purpose: str, count: int, errors: Collection[str], *, is_known: bool
) -> Iterator[ListedParty]:
    """Each party at most once, drawn by chance; an error takes the first party that it can happen to."""
    rng = seeded_rng(0, purpose)
    waiting = rng.sample(range(len(parties)), len(parties))
    for _, error in zip(range(count), cycle(errors), strict=False):
        for place, number in enumerate(waiting):
            if line := list_party(parties[number], error, rng, party_number=number if is_known else None):
                del waiting[place]
                yield line
                break
