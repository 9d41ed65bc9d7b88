"""Lines of a score before rounding: unrounded points of a rule, with their evidence."""

from dataclasses import dataclass, field

from ontology.score import Area, LineKind


@dataclass(frozen=True)
class Line:
    """One line. `facts` are what a sentence about it needs; `evidence` are ids of statements."""

    kind: LineKind
    rule_id: str
    reason: str
    points: float
    area: Area | None = None
    evidence: tuple[str, ...] = ()
    disputed: bool = False
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, tuple[str, ...]]:
        """Total order among lines: rule id, then evidence."""
        return self.rule_id, self.evidence
