"""Why a row is Stop, Look, Unknown or Fine, in sentences."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from api.context.request_context import RequestContext
from api.parties.profiles import PartyAssessment
from api.parties.summaries import localized_name
from api.schemas.screenings import Ground, Restriction
from api.screenings.assessed_matches import AssessedMatch
from api.screenings.matching import Doubt, SupplierMatches, match_percents
from api.screenings.places import known_place
from api.screenings.supplier_lists import Supplier
from api.words import Words
from ontology.documents import read_yaml
from ontology.listing import ListingState
from ontology.score import Standing


def row_grounds(
    supplier_matches: SupplierMatches, matches: Sequence[AssessedMatch], supplier: Supplier, say: Words, lang: str
) -> Iterator[Ground]:
    """Reasons in the row itself: a faulty code, several parties that fit equally well, nothing found."""
    if supplier_matches.code and supplier_matches.code.fault:
        yield ground(f"code.{supplier_matches.code.fault}", say, code=supplier.code)
    if supplier_matches.lost_zeros:
        yield ground("code.zeros", say, code=supplier.code)
    two_parties = [assessed for assessed in matches if assessed.match.doubt is Doubt.TWO_PARTIES]
    if two_parties:
        by_code = [
            assessed for assessed in two_parties if assessed.match.percent == max(paired.match.percent for paired in two_parties)
        ]
        by_name = [assessed for assessed in two_parties if assessed not in by_code]
        yield ground("two_parties", say, coded=_names(by_code, say, lang), named=_names(by_name, say, lang))
    sure = [entity for entity in matches if entity.match.sure]
    if len(sure) > 1:
        yield ground("several", say, count=len(sure), names=_names(sure, say, lang))
    if not matches:
        yield ground("no_match", say)
    if supplier_matches.short_named and not sure:
        yield ground(
            "short_name", say, names=_list([localized_name(entity, lang) for entity in supplier_matches.short_named], say)
        )


def doubt_grounds(matches: Sequence[AssessedMatch], supplier: Supplier, say: Words, lang: str) -> Iterator[Ground]:
    """For each party in doubt a reason: why, and what is known of it; and how the name was read where it was varied.

    They are one reason where they are many: a row tells of four at most.
    """
    said_of_row = (Doubt.TWO_PARTIES,)  # Of the row, both in one sentence.
    doubtful = [
        assessed
        for assessed in matches
        if (assessed.match.doubt or not assessed.match.sure) and assessed.match.doubt not in said_of_row
    ]
    for assessed in doubtful[: match_percents().named_max]:
        yield _doubt_ground(assessed, supplier, say, lang)
    if len(doubtful) > match_percents().named_max:
        yield ground("more", say, count=len(doubtful) - match_percents().named_max)
    for assessed in [*matches][:1]:
        if assessed.match.variant:
            yield ground(f"read.{assessed.match.variant.origin}", say, text=assessed.match.variant.text)


def at_most(grounds_: Sequence[Ground], count_max: int) -> tuple[Ground, ...]:
    """The first reasons; those beyond are joined into the last one that is shown, so that none is lost."""
    unique = list(dict.fromkeys(grounds_))
    if len(unique) <= count_max:
        return tuple(unique)
    last = unique[count_max - 1]
    remaining = " ".join(reason.sentence for reason in unique[count_max - 1 :])
    return (*unique[: count_max - 1], last.model_copy(update={"sentence": remaining}))


def ground(key: str, say: Words, **facts: object) -> Ground:
    """A reason of the check itself, under its code of reason_codes.yaml."""
    return Ground(code=reason_codes()[key], sentence=say(f"check.{key}", **facts))


@cache
def reason_codes() -> dict[str, str]:
    """Code by the key of a sentence, read once."""
    codes: dict[str, str] = read_yaml(files("api.screenings").joinpath("reason_codes.yaml").read_text("utf-8"))["codes"]
    return codes


def grounds(context: RequestContext, party: PartyAssessment, say: Words) -> tuple[Ground, ...]:
    """The reasons for a party that is taken as found, the weightiest first."""
    barred_grounds = [ground("barred", say, measures=", ".join(measures))] if (measures := _barred(context, party)) else []
    disputed = [ground("disputed", say)] if party.party.disputed else []
    reasons = [Ground(code=line.reason_code, sentence=line.sentence, points=line.points) for line in party.score.reasons]
    state = [Ground(code=reason_codes()["state"], sentence=party.score.state_sentence)] if party.score.state_sentence else []
    # A listing or a look without points (an unknown list, a ring) is in no line of the score: its sentence comes first.
    unsaid = party.party.standing is not Standing.NOTHING_FOUND and not any(reason.points < 0 for reason in reasons)
    standing = Ground(code=reason_codes()["standing"], sentence=party.sentence)
    near = [standing] if unsaid and not _is_said(party) else []
    all_grounds = [*barred_grounds, *disputed, *near, *reasons, *state]
    standing_ground = (
        Ground(code=reason_codes()["standing"], sentence=party.sentence) if party.listings else ground("nothing", say)
    )
    return tuple(all_grounds or [standing_ground])[: match_percents().reasons_max]


def _is_said(party: PartyAssessment) -> bool:
    """Whether one of the reasons is all there is to look at."""
    return any(reason.points == 0 and reason.sentence in party.sentence for reason in party.score.reasons)


def restrictions(context: RequestContext, party: PartyAssessment) -> tuple[Restriction, ...]:
    """What listings in force, and not disputed, restrict for the party today."""
    list_types = {listing.list_type for listing in party.listings if listing.state is ListingState.IN_FORCE}
    list_rules = [(name, rule) for name in sorted(list_types) if (rule := context.rulebook.list_type(name))]
    return tuple(
        Restriction(measure=measure, effect=effect, list_type=name)
        for name, rule in list_rules
        for measure, effect in sorted(rule.restrictions.items())
    )


def _barred(context: RequestContext, party: PartyAssessment) -> list[str]:
    """What the party is shut out from today."""
    blocked = {limit.measure for limit in restrictions(context, party) if limit.effect == "block"}
    return [measure.replace("_", " ") for measure in sorted(blocked)]


def _doubt_ground(assessed: AssessedMatch, supplier: Supplier, say: Words, lang: str) -> Ground:
    doubt = assessed.match.doubt
    key = f"doubt.{doubt}" if doubt else "possible"
    sentence = (
        say(
            f"check.{key}",
            name=localized_name(assessed.line, lang),
            percent=assessed.match.percent,
            place=known_place(assessed.match.entity),
            given=", ".join(supplier.place_texts),
            sentence=assessed.line.sentence,
        )
        .replace("..", ".")
        .strip()
    )
    return Ground(code=reason_codes()[key], sentence=sentence)


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
