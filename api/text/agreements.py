"""What agrees between two records, in words: from the levels that comparisons fell into."""

from api.words import Words


def level_in_words(level: str, say: Words) -> str | None:
    """A level, `the same day`; of a home with a birth place both parts, `behind the same door, born elsewhere`; else None."""
    try:
        return say(f"level.{level}")
    except KeyError:
        home, _, birth = level.partition("_")
    try:
        told = [say(f"home.{home}")] if home != "untold" else []
        return say("list.comma").join([*told, *([say(f"birth.{birth}")] if birth != "untold" else [])])
    except KeyError:
        return None


def agreement_in_words(told: str, say: Words) -> str:
    """What a model said of a pair, `names alike, days near`, in words; a comparison that words are missing for as it stands."""
    return say("agreement.and").join(_compared(part, say) for part in told.split(", ") if part)


def _compared(told: str, say: Words) -> str:
    field, _, level = told.partition(" ")
    try:
        return say("agreement.of", field=say(f"field.{field}"), level=level_in_words(level, say) or level)
    except KeyError:
        return told
