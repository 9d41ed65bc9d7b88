"""Why a row is Stop, Look, Unknown or Fine, in sentences."""

from collections.abc import Iterator, Sequence

from api.context.request_context import RequestContext
from api.parties.summaries import called
from api.schemas.parties import ListingState, Profile
from api.schemas.screenings import Ground
from api.screenings.judged import JudgedMatch
from api.screenings.lists import Supplier
from api.screenings.matching import Answers, Doubt, marks
from api.screenings.places import known_place
from api.words import Words
from ontology.score import Standing


def row_told(answers: Answers, every: Sequence[JudgedMatch], supplier: Supplier, say: Words, lang: str) -> Iterator[str]:
    """What is to be said of the row: its code, several parties that fit equally well, nothing found."""
    if answers.code and answers.code.fault:
        yield say(f"check.code.{answers.code.fault}", code=supplier.uscc)
    if answers.lost_zeros:
        yield say("check.code.zeros", code=supplier.uscc)
    two = [one for one in every if one.match.doubt is Doubt.TWO_PARTIES]
    if two:
        coded = [one for one in two if one.match.percent == max(match.match.percent for match in two)]
        named = [one for one in two if one not in coded]
        yield say("check.two_parties", coded=_names(coded, say, lang), named=_names(named, say, lang))
    sure = [one for one in every if one.match.sure]
    if len(sure) > 1:
        yield say("check.several", count=len(sure), names=_names(sure, say, lang))
    if not every:
        yield say("check.no_match")
    if answers.short_named and not sure:
        yield say("check.short_name", names=_list([called(one, lang) for one in answers.short_named], say))


def doubts_told(every: Sequence[JudgedMatch], supplier: Supplier, say: Words, lang: str) -> Iterator[str]:
    """Of each party in doubt why, and what is known of it; of one read into the name how it was read."""
    said = (Doubt.TWO_PARTIES,)  # Of the row, both in one sentence.
    named = [one for one in every if (one.match.doubt or not one.match.sure) and one.match.doubt not in said]
    for one in named[: marks().named_max]:
        yield _doubt_told(one, supplier, say, lang)
    if len(named) > marks().named_max:
        yield say("check.more", count=len(named) - marks().named_max)
    for one in [*every][:1]:
        if one.match.writing:
            yield say(f"check.read.{one.match.writing.how}", text=one.match.writing.text)


def grounds(context: RequestContext, party: Profile, say: Words) -> tuple[Ground, ...]:
    """The reasons for a party that is taken as found, the weightiest first."""
    barred = (
        [Ground(code="", sentence=say("check.barred", measures=", ".join(told)))] if (told := _barred(context, party)) else []
    )
    disputed = [Ground(code="", sentence=say("check.disputed"))] if party.party.disputed else []
    reasons = [Ground(code=one.reason_code, sentence=one.sentence, points=one.points) for one in party.score.reasons]
    state = [Ground(code="", sentence=party.score.state_sentence)] if party.score.state_sentence else []
    # A listing or a look without points (an unknown list, a ring) is in no line of the score: its sentence comes first.
    unsaid = party.party.standing is not Standing.NOTHING_FOUND and not any(reason.points < 0 for reason in reasons)
    near = [Ground(code="", sentence=party.sentence)] if unsaid and not _is_said(party) else []
    found = [*barred, *disputed, *near, *reasons, *state]
    plain = party.sentence if party.listings else say("check.nothing")
    return tuple(found or [Ground(code="", sentence=plain)])[: marks().reasons_max]


def _is_said(party: Profile) -> bool:
    """Whether one of the reasons is all there is to look at."""
    return any(reason.points == 0 and reason.sentence in party.sentence for reason in party.score.reasons)


def _barred(context: RequestContext, party: Profile) -> list[str]:
    """What a listing in force, and not disputed, shuts the party out from today."""
    lists = {listing.list_type for listing in party.listings if listing.state is ListingState.IN_FORCE}
    rules = [rule for name in sorted(lists) if (rule := context.rulebook.list_type(name))]
    found = {measure for rule in rules for measure, effect in rule.restrictions.items() if effect == "block"}
    return [measure.replace("_", " ") for measure in sorted(found)]


def _doubt_told(one: JudgedMatch, supplier: Supplier, say: Words, lang: str) -> str:
    doubt = one.match.doubt
    return (
        say(
            f"check.doubt.{doubt}" if doubt else "check.possible",
            name=called(one.line, lang),
            percent=one.match.percent,
            place=known_place(one.match.entity),
            given=supplier.place,
            sentence=one.line.sentence,
        )
        .replace("..", ".")
        .strip()
    )


def _names(every: Sequence[JudgedMatch], say: Words, lang: str) -> str:
    """Each with its place and what is known of it."""
    told = []
    for one in every:
        place = f", {one.line.place}" if one.line.place else ""
        told.append(f"{called(one.line, lang)}{place} ({one.line.sentence.rstrip('.。 ')})")
    return _list(told, say)


def _list(told: Sequence[str], say: Words) -> str:
    shown = list(told[: marks().named_max])
    more = [say("check.more", count=len(told) - len(shown)).rstrip(".。")] if len(told) > len(shown) else []
    return say("check.joint").join([*shown, *more])
