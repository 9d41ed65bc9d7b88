"""The official record of a party on a day: its listings, those of its branches or head office, its recognitions."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.network.listings import ListingStatus, RecognitionStatus
from graph.scores.scoring import Scoring
from ontology.listing import Recognition
from ontology.rulebook_parts import Language, ListType
from ontology.score import LineKind, Score


@dataclass(frozen=True)
class ListingAccount:
    """One listing as a reader is shown it.

    issuer: in the language asked for; points: what it costs by itself; branch: whose it is, where it is not the party's own.
    """

    status: ListingStatus
    rule: ListType
    issuer: str
    points: int
    branch: str | None


@dataclass(frozen=True)
class RecognitionAccount:
    """One recognition as a reader is shown it. issuer, title: in the language asked for; points: what it earns by itself."""

    recognition: Recognition
    issuer: str
    title: str
    points: int


@dataclass(frozen=True)
class OfficialRecord:
    """Listings known by the day, the latest first, then those of branches or head office in force; and recognitions.

    repaired: listings that their issuer took off by the day: what they said is in the sealed history only.
    """

    listings: tuple[ListingAccount, ...]
    repaired: int
    recognitions: tuple[RecognitionAccount, ...]


def official_record(scoring: Scoring, party: int, score: Score, language: Language) -> OfficialRecord:
    """The official record of a party, by its place in the network; `score` tells what each statement costs or earns."""
    points = _points_by_statement(score)
    publishable = [status for status in scoring.network.listings.get(party, ()) if status.publishable]
    own = [status for status in publishable if not status.repaired]
    others = [status for status in scoring.listings(party) if status.party != party]
    accounts = (_listing(scoring, party, status, points, language) for status in (*own, *others))
    recognitions = scoring.network.recognitions.get(party, ())
    return OfficialRecord(
        listings=tuple(account for account in accounts if account),
        repaired=len(publishable) - len(own),
        recognitions=tuple(_recognition(scoring, status, points, language) for status in recognitions),
    )


def _listing(
    scoring: Scoring, party: int, status: ListingStatus, points: Mapping[str, int], language: Language
) -> ListingAccount | None:
    if status.rule is None:
        return None
    parties = scoring.network.parties
    branch = None if status.party == party else parties.display_name(status.party, language)
    issuer = parties.issuer(status.listing.issuer, language)
    return ListingAccount(status, status.rule, issuer, points.get(status.listing.id, 0), branch)


def _recognition(
    scoring: Scoring, status: RecognitionStatus, points: Mapping[str, int], language: Language
) -> RecognitionAccount:
    recognition, rule = status.recognition, status.rule
    title = rule.in_language(language) if rule else recognition.mark.replace("_", " ")
    issuer = scoring.network.parties.issuer(recognition.issuer, language)
    return RecognitionAccount(recognition, issuer, title, points.get(recognition.id, 0))


def _points_by_statement(score: Score) -> dict[str, int]:
    """Points by the one statement a line rests on; a line with several statements is nobody's alone."""
    single = [line for line in score.lines if line.kind in (LineKind.LISTING, LineKind.POSITIVE) and len(line.evidence_ids) == 1]
    return {line.evidence_ids[0]: line.points for line in single}
