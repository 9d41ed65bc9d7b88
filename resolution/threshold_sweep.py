"""The parties that a store's records make with the thresholds shifted: weighed once, clustered for each shift.

The firms that persons stand beside stay those of the model's own thresholds. Nothing is written.
"""

from collections.abc import Iterator, Sequence

from resolution.comparisons.model import Model
from resolution.entities.components import cluster_at_shifts
from resolution.entities.kin_counts import flag_multi_record
from resolution.matching import KindComparison, Progress, match_analysed
from resolution.pipeline import load_matching_inputs
from store.port import Store

SHIFTS_BITS = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 6.0, 8.0, 12.0, 16.0)


def sweep_thresholds(
    store: Store, *, models: Sequence[Model] = (), shifts_bits: Sequence[float] = SHIFTS_BITS, progress: Progress | None = None
) -> Iterator[tuple[float, list[list[str]]]]:
    """For each shift in bits the record ids of every party, people's verdicts respected. Raises NothingToDo."""
    analysed, inputs = load_matching_inputs(store, models, progress or (lambda stage, done, total: None))
    comparisons: list[KindComparison] = []
    match_analysed(
        analysed,
        inputs.verdicts,
        firms_of=inputs.firms_of,
        listings=inputs.listings,
        choices=inputs.choices,
        progress=progress,
        on_kind_compared=comparisons.append,
    )
    partitions_by_kind = [
        cluster_at_shifts(
            comparison.units,
            comparison.weighed_pairs,
            inputs.verdicts,
            comparison.statistics,
            multi_record=flag_multi_record(comparison.members),
            shifts_bits=shifts_bits,
        )
        for comparison in comparisons
    ]
    for shift, parts in zip(shifts_bits, zip(*partitions_by_kind, strict=True), strict=True):
        yield (
            shift,
            [
                sorted(record for at in part for record in comparison.members[at])
                for comparison, kind_parts in zip(comparisons, parts, strict=True)
                for part in kind_parts
            ],
        )
