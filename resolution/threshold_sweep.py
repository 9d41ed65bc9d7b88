"""The parties that come of a store's records with the thresholds moved: weighed once, clustered for each shift.

The firms that persons stand beside stay those of the model's own thresholds. Nothing is written.
"""

from collections.abc import Iterator, Sequence

from resolution.comparisons.model import Model
from resolution.entities.components import joined_at
from resolution.entities.kin_counts import several
from resolution.matching import Compared, Progress, match_analysed
from resolution.pipeline import everything
from store.port import Store

SHIFTS_BITS = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 6.0, 8.0, 12.0, 16.0)


def parties_moved(
    store: Store, *, models: Sequence[Model] = (), shifts_bits: Sequence[float] = SHIFTS_BITS, progress: Progress | None = None
) -> Iterator[tuple[float, list[list[str]]]]:
    """For each shift in bits the record ids of every party, people's verdicts respected. Raises NothingToDo."""
    analysed, given = everything(store, models, progress or (lambda stage, done, total: None))
    kept: list[Compared] = []
    match_analysed(analysed, given.verdicts, firms_of=given.firms_of, chosen=given.chosen, progress=progress, keep=kept.append)
    ways = [
        joined_at(one.units, one.weighed, given.verdicts, one.frozen, several=several(one.members), shifts_bits=shifts_bits)
        for one in kept
    ]
    for shift, parts in zip(shifts_bits, zip(*ways, strict=True), strict=True):
        yield (
            shift,
            [
                sorted(record for at in part for record in one.members[at])
                for one, found in zip(kept, parts, strict=True)
                for part in found
            ],
        )
