"""What agrees between two records, in words: from the levels that comparisons fell into."""

from api.words import Words


def level_in_words(level: str, say: Words) -> str | None:
    """A level, `the same day`; of a home with a birth place both parts, `behind the same door, born elsewhere`; else None."""
    try:
        return say(f"level.{level}")
    except KeyError:
        home, _, birth = level.partition("_")
    try:
        parts = [say(f"home.{home}")] if home != "untold" else []
        return say("list.comma").join([*parts, *([say(f"birth.{birth}")] if birth != "untold" else [])])
    except KeyError:
        return None


def agreement_in_words(agreement: str, say: Words) -> str:
    """What a model said of a pair, `names alike, days near`, in words; a comparison that words are missing for as it stands."""
    return say("agreement.and").join(_comparison_in_words(part, say) for part in agreement.split(", ") if part)


def _comparison_in_words(part: str, say: Words) -> str:
    field, _, level = part.partition(" ")
    try:
        return say("agreement.of", field=say(f"field.{field}"), level=level_in_words(level, say) or level)
    except KeyError:
        return part
