"""Sums lines to a score: caps, whole points by largest remainder, ceilings, floor. Base and lines always add up to it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.scores.score_lines import Line
from ontology.rulebook import Rulebook
from ontology.rulebook_scoring import Ceiling, LineName
from ontology.score import LineKind


@dataclass(frozen=True)
class RoundedScore:
    """Whole points: `value` is the sum of the points of `lines`, the base among them."""

    value: int
    lines: tuple[Line, ...]


def round_score(lines: Sequence[Line], ceilings: Iterable[Ceiling], rulebook: Rulebook) -> RoundedScore:
    """Add up a party's lines. `ceilings` are those that hold; the strictest wins and is a line itself."""
    score = rulebook.score
    all_lines = [*lines, *_caps(lines, rulebook)]
    whole = in_whole_points(all_lines)
    value = score.base + sum(int(line.points) for line in whole)
    base = Line(LineKind.BASE, "base", score.lines.base.reason, score.base)
    bounds = list(_bounds(value, min(ceilings, key=lambda ceiling: ceiling.max, default=None), rulebook))
    nonzero = [line for line in whole if line.points]
    return RoundedScore(value + sum(int(line.points) for line in bounds), (base, *nonzero, *bounds))


def in_whole_points(lines: Sequence[Line]) -> list[Line]:
    """Round so that the sum is the rounded sum: floors first, then a point each to the largest remainders, ties by rule id."""
    goal = math.floor(sum(line.points for line in lines) + 0.5 + 1e-9)
    floors = [math.floor(line.points + 1e-9) for line in lines]
    largest = sorted(range(len(lines)), key=lambda place: (floors[place] - lines[place].points, lines[place].order))
    for place in largest[: goal - sum(floors)]:
        floors[place] += 1
    return [line if line.points == points else replace(line, points=points) for line, points in zip(lines, floors, strict=True)]


def _caps(lines: Sequence[Line], rulebook: Rulebook) -> Iterable[Line]:
    """Cap lines that take back what recognitions and good records, and exposures, have beyond their limits together."""
    score = rulebook.score
    good = sum(line.points for line in lines if line.kind is LineKind.POSITIVE)
    if good > score.positive_cap_points:
        yield _line(LineKind.CAP, "positive_cap", score.lines.positive_cap, score.positive_cap_points - good)
    exposed = sum(line.points for line in lines if line.kind is LineKind.EXPOSURE)
    if exposed < score.exposure.cap_points:
        yield _line(LineKind.CAP, "exposure_cap", score.lines.exposure_cap, score.exposure.cap_points - exposed)


def _bounds(value: int, ceiling: Ceiling | None, rulebook: Rulebook) -> Iterable[Line]:
    score = rulebook.score
    if ceiling and value > ceiling.max:
        yield Line(LineKind.CEILING, ceiling.when, ceiling.reason, ceiling.max - value)
    elif value > score.max:
        yield _line(LineKind.CEILING, "top", score.lines.top, score.max - value)
    elif value < score.min:
        yield _line(LineKind.FLOOR, "floor", score.lines.floor, score.min - value)


def _line(kind: LineKind, rule_id: str, name: LineName, points: float) -> Line:
    return Line(kind, rule_id, name.reason, points)
