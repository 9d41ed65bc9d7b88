"""Scores as the store keeps them, one a party."""

from graph.explanations.party_explainer import PartyExplainer
from graph.explanations.sentences import Sentences
from graph.scores.score_lines import Line
from ontology.score import Score, ScoreLine, Standing


class CompactScores:
    """Scores as the store keeps them for every party: lines and one sentence, without paths or counterfactuals.

    Lines that many parties have, and scores that say the same of many, are made once.
    """

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences
        self._lines: dict[tuple[object, ...], ScoreLine] = {}
        self._unscored: dict[tuple[object, ...], Score] = {}

    def score(self, party: int) -> Score:
        """The score of one party."""
        explainer = PartyExplainer(self._sentences, party)
        party_score = explainer.party_score
        quiet = party_score.standing is Standing.NOTHING_FOUND
        sentence = self._sentences.quiet(party, person=explainer.person) if quiet else explainer.sentence
        lines = party_score.rounded.lines if party_score.rounded else party_score.listings
        if party_score.rounded is not None or lines:
            return explainer.score_of(lines, tuple(map(self._line, lines)), sentence=sentence)
        parties = self._sentences.network.parties
        key = (parties.kind[party], party_score.standing, party_score.state, sentence)
        if key not in self._unscored:
            self._unscored[key] = explainer.score_of((), (), sentence=sentence)
        return self._unscored[key].model_copy(update={"entity_id": parties.ids[party]})

    def _line(self, line: Line) -> ScoreLine:
        key = (line.kind, line.rule_id, line.reason, line.area, line.points, line.evidence, line.disputed)
        made = self._lines.get(key)
        if made is None:
            made = self._lines[key] = ScoreLine(
                kind=line.kind,
                rule_id=line.rule_id,
                reason_code=line.reason,
                area=line.area,
                points=int(line.points),
                title=self._sentences.title(line),
                evidence_ids=line.evidence,
                disputed=line.disputed,
            )
        return made
