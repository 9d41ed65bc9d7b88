"""What people said of pairs of records. A person's verdict is respected whatever the weights say."""

from collections.abc import Iterable
from dataclasses import dataclass

from ontology.judgement import Judgement, Verdict

BY_MODEL = "model:"


@dataclass(frozen=True)
class Verdicts:
    """Pairs of record ids (the smaller first) that a person called the same, or different."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()

    @property
    def touched(self) -> frozenset[str]:
        """Every record a person spoke of."""
        return frozenset(one for pair in self.same | self.different for one in pair)


def people_said(judgements: Iterable[Judgement]) -> Verdicts:
    """The latest verdict of a person on each pair; `unsure` takes an earlier one back."""
    latest: dict[tuple[str, str], Judgement] = {}
    for one in sorted(judgements, key=lambda one: (one.decided_at, one.by)):
        if not one.by.startswith(BY_MODEL):
            latest[pair_of(one.left_id, one.right_id)] = one
    return Verdicts(
        same=frozenset(pair for pair, one in latest.items() if one.verdict is Verdict.SAME),
        different=frozenset(pair for pair, one in latest.items() if one.verdict is Verdict.DIFFERENT),
    )


def pair_of(left: str, right: str) -> tuple[str, str]:
    """Two ids in one order."""
    return (left, right) if left <= right else (right, left)
