"""A model as a page that stands alone: one bar a level, agreement to the right, contradiction to the left."""

from html import escape

from api.models.weights_report import ComparisonShown, LevelShown, Models, ModelShown
from api.words import Words, words

BITS_SHOWN_MAX = 30.0  # Bars end here; the number beside them does not.
CSS = """
body{font:15px/1.5 system-ui,sans-serif;color:#1c2430;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{margin-top:2.5rem;border-top:1px solid #cdd5df;padding-top:1rem}h3{margin:1.5rem 0 .3rem}
table{border-collapse:collapse;width:100%}td,th{padding:.1rem .4rem;text-align:right;font-variant-numeric:tabular-nums}
th{font-weight:400;text-align:left;width:34%}thead td,thead th{color:#4b5768;font-size:.85rem}.bar{width:34%}
svg{display:block;width:100%;height:1rem}.for{fill:#1f6f8b}.against{fill:#a2552b}line{stroke:#8a94a3}
small{color:#4b5768}li{margin:.2rem 0}
"""


def as_html(models: Models, *, lang: str) -> str:
    """The page; nothing in it is fetched from elsewhere."""
    say = words(lang)
    title = escape(say("model.title"))
    body = "".join(_model(model, say) for model in models.models)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{CSS}</style></head>'
        f"<body><main><h1>{title}</h1><p>{escape(say('model.reading'))}</p>{body}</main></body></html>\n"
    )


def notes(model: ModelShown, say: Words) -> list[str]:
    """Thresholds, guards and what the last run counted, in sentences."""
    sentences = [
        say("model.prior", bits=f"{model.prior_bits:+.1f}"),
        say(
            "model.thresholds",
            merge=f"{model.merge_bits:+.1f}",
            group=f"{model.group_bits:+.1f}",
            possible=f"{model.possible_bits:+.1f}",
        ),
        say(f"why.guard.{model.kind.value}"),
        say("model.guard.codes"),
        say(f"model.rarity.{model.kind.value}"),
    ]
    if model.counted is None:
        return [*sentences, say("model.uncounted")]
    counted = model.counted
    most_common = say("list.comma").join(f"{name.name} ({name.bearers})" for name in counted.most_common[:5]) or say("list.none")
    counts = {
        "records": counted.records,
        "names": counted.names_shared,
        "most": most_common,
        "busy": counted.busy,
        "aliases": len(counted.aliases),
    }
    return [*sentences, say("model.counted", model=counted.model, **counts)]


def field_word(name: str, say: Words) -> str:
    """A comparison as people call it."""
    return say(f"field.{name}")


def level_word(label: str, say: Words) -> str:
    """A level as people call it: `bits_24` is how much agrees, and `door_same` are two things at once."""
    if label.startswith("bits_"):
        return say("model.agreement", bits=label.removeprefix("bits_").replace("minus_", "-"))
    try:
        return say(f"level.{label}")
    except KeyError:
        return label.replace("_", " / ")


def _model(model: ModelShown, say: Words) -> str:
    lines = "".join(f"<li>{escape(note)}</li>" for note in notes(model, say))
    charts = "".join(_comparison(comparison, say) for comparison in model.comparisons)
    head = f"<h2>{escape(say(f'kind.{model.kind}'))} · {escape(model.version)}</h2><p><small>{escape(model.made)}</small></p>"
    return f"{head}<ul>{lines}</ul>{charts}"


def _comparison(comparison: ComparisonShown, say: Words) -> str:
    rows = "".join(_level(level, say) for level in comparison.levels)
    heads = f"<tr><th>{escape(say('model.level'))}</th><td></td><td>{escape(say('model.bits'))}</td><td>m</td><td>u</td></tr>"
    return f"<h3>{escape(field_word(comparison.name, say))}</h3><table><thead>{heads}</thead><tbody>{rows}</tbody></table>"


def _level(level: LevelShown, say: Words) -> str:
    width = min(abs(level.bits), BITS_SHOWN_MAX) / BITS_SHOWN_MAX * 100
    side, left = ("for", 100.0) if level.bits >= 0 else ("against", 100.0 - width)
    bar = (
        f'<svg viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true"><line x1="100" x2="100" y1="0" y2="10"/>'
        f'<rect class="{side}" x="{left:.1f}" y="1" width="{width:.1f}" height="8"/></svg>'
    )
    return (
        f"<tr><th scope=row>{escape(level_word(level.label, say))}</th><td class=bar>{bar}</td>"
        f"<td>{level.bits:+.1f}</td><td>{level.m:.2g}</td><td>{level.u:.2g}</td></tr>"
    )
