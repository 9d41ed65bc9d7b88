"""Scores as the store keeps them, one a party."""

from graph.explanations.party_explainer import PartyExplainer, area_points
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
        entity_id = self._sentences.network.parties.ids[party]
        quiet = party_score.standing is Standing.NOTHING_FOUND
        sentence = self._sentences.quiet(party, person=explainer.person) if quiet else explainer.sentence
        if party_score.rounded is not None or party_score.listings:
            return self._score(explainer, entity_id, sentence)
        key = (self._sentences.network.parties.kind[party], party_score.standing, party_score.state, sentence)
        if key not in self._unscored:
            self._unscored[key] = self._score(explainer, entity_id, sentence)
        return self._unscored[key].model_copy(update={"entity_id": entity_id})

    def _score(self, explainer: PartyExplainer, entity_id: str, sentence: str) -> Score:
        network, party_score = explainer.sentences.network, explainer.party_score
        book, language = network.rulebook, explainer.sentences.language
        lines = party_score.rounded.lines if party_score.rounded else party_score.listings
        scored = party_score.value is not None
        return Score(
            entity_id=entity_id,
            kind=network.parties.kind_of(explainer.party),
            as_of=network.as_of,
            rulebook=book.version,
            standing=party_score.standing,
            value=party_score.value,
            state=party_score.state,
            state_sentence=book.score.state(party_score.state).in_language(language) if party_score.state else None,
            band=book.score.band(party_score.value).id if party_score.value is not None else None,
            areas=area_points(lines) if scored else {},
            lines=tuple(map(self._line, lines)),
            sentence=sentence,
        )

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
