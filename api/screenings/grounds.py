"""Why a row is Stop, Look, Unknown or Fine, in sentences."""

from collections.abc import Iterator, Sequence

from api.context.request_context import RequestContext
from api.parties.summaries import localized_name
from api.schemas.parties import Profile
from api.schemas.screenings import Ground
from api.screenings.assessed_matches import AssessedMatch
from api.screenings.matching import Doubt, SupplierMatches, match_percents
from api.screenings.places import known_place
from api.screenings.supplier_lists import Supplier
from api.words import Words
from ontology.listing import ListingState
from ontology.score import Standing


def row_sentences(
    supplier_matches: SupplierMatches, matches: Sequence[AssessedMatch], supplier: Supplier, say: Words, lang: str
) -> Iterator[str]:
    """Sentences about the row itself: a faulty code, several parties that fit equally well, nothing found."""
    if supplier_matches.code and supplier_matches.code.fault:
        yield say(f"check.code.{supplier_matches.code.fault}", code=supplier.uscc)
    if supplier_matches.lost_zeros:
        yield say("check.code.zeros", code=supplier.uscc)
    two_parties = [assessed for assessed in matches if assessed.match.doubt is Doubt.TWO_PARTIES]
    if two_parties:
        by_code = [
            assessed for assessed in two_parties if assessed.match.percent == max(paired.match.percent for paired in two_parties)
        ]
        by_name = [assessed for assessed in two_parties if assessed not in by_code]
        yield say("check.two_parties", coded=_names(by_code, say, lang), named=_names(by_name, say, lang))
    sure = [entity for entity in matches if entity.match.sure]
    if len(sure) > 1:
        yield say("check.several", count=len(sure), names=_names(sure, say, lang))
    if not matches:
        yield say("check.no_match")
    if supplier_matches.short_named and not sure:
        yield say("check.short_name", names=_list([localized_name(entity, lang) for entity in supplier_matches.short_named], say))


def doubt_sentences(matches: Sequence[AssessedMatch], supplier: Supplier, say: Words, lang: str) -> Iterator[str]:
    """For each party in doubt a sentence: why, and what is known of it; and how the name was read where it was varied."""
    said_of_row = (Doubt.TWO_PARTIES,)  # Of the row, both in one sentence.
    doubtful = [
        assessed
        for assessed in matches
        if (assessed.match.doubt or not assessed.match.sure) and assessed.match.doubt not in said_of_row
    ]
    for assessed in doubtful[: match_percents().named_max]:
        yield _doubt_sentence(assessed, supplier, say, lang)
    if len(doubtful) > match_percents().named_max:
        yield say("check.more", count=len(doubtful) - match_percents().named_max)
    for assessed in [*matches][:1]:
        if assessed.match.variant:
            yield say(f"check.read.{assessed.match.variant.origin}", text=assessed.match.variant.text)


def grounds(context: RequestContext, party: Profile, say: Words) -> tuple[Ground, ...]:
    """The reasons for a party that is taken as found, the weightiest first."""
    barred_grounds = (
        [Ground(code="", sentence=say("check.barred", measures=", ".join(measures)))]
        if (measures := _barred(context, party))
        else []
    )
    disputed = [Ground(code="", sentence=say("check.disputed"))] if party.party.disputed else []
    reasons = [Ground(code=line.reason_code, sentence=line.sentence, points=line.points) for line in party.score.reasons]
    state = [Ground(code="", sentence=party.score.state_sentence)] if party.score.state_sentence else []
    # A listing or a look without points (an unknown list, a ring) is in no line of the score: its sentence comes first.
    unsaid = party.party.standing is not Standing.NOTHING_FOUND and not any(reason.points < 0 for reason in reasons)
    near = [Ground(code="", sentence=party.sentence)] if unsaid and not _is_said(party) else []
    all_grounds = [*barred_grounds, *disputed, *near, *reasons, *state]
    plain = party.sentence if party.listings else say("check.nothing")
    return tuple(all_grounds or [Ground(code="", sentence=plain)])[: match_percents().reasons_max]


def _is_said(party: Profile) -> bool:
    """Whether one of the reasons is all there is to look at."""
    return any(reason.points == 0 and reason.sentence in party.sentence for reason in party.score.reasons)


def _barred(context: RequestContext, party: Profile) -> list[str]:
    """What a listing in force, and not disputed, shuts the party out from today."""
    list_types = {listing.list_type for listing in party.listings if listing.state is ListingState.IN_FORCE}
    list_rules = [rule for name in sorted(list_types) if (rule := context.rulebook.list_type(name))]
    blocked = {measure for rule in list_rules for measure, effect in rule.restrictions.items() if effect == "block"}
    return [measure.replace("_", " ") for measure in sorted(blocked)]


def _doubt_sentence(assessed: AssessedMatch, supplier: Supplier, say: Words, lang: str) -> str:
    doubt = assessed.match.doubt
    return (
        say(
            f"check.doubt.{doubt}" if doubt else "check.possible",
            name=localized_name(assessed.line, lang),
            percent=assessed.match.percent,
            place=known_place(assessed.match.entity),
            given=supplier.place,
            sentence=assessed.line.sentence,
        )
        .replace("..", ".")
        .strip()
    )


def _names(matches: Sequence[AssessedMatch], say: Words, lang: str) -> str:
    """Each with its place and what is known of it."""
    texts = []
    for assessed in matches:
        place = f", {assessed.line.place}" if assessed.line.place else ""
        texts.append(f"{localized_name(assessed.line, lang)}{place} ({assessed.line.sentence.rstrip('.。 ')})")
    return _list(texts, say)


def _list(texts: Sequence[str], say: Words) -> str:
    first_texts = list(texts[: match_percents().named_max])
    rest_texts = [say("check.more", count=len(texts) - len(first_texts)).rstrip(".。")] if len(texts) > len(first_texts) else []
    return say("check.joint").join([*first_texts, *rest_texts])
