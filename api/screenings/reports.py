"""A screening as a page to print, as CSV, as JSON."""

import csv
import io
from collections.abc import Callable, Iterable
from html import escape
from importlib.resources import files

from api.parties.summaries import localized_name
from api.schemas.parties import PartyLine, PathLine
from api.schemas.screenings import Result, ScreenedRow, Screening
from api.words import Words, day, words
from ontology.formulas import defuse_formula

MARKS = {Result.STOP: "■", Result.LOOK: "▲", Result.UNKNOWN: "◌", Result.FINE: "●"}
ORDER = (Result.STOP, Result.LOOK, Result.UNKNOWN, Result.FINE)
CSV_COLUMNS = (
    "row",
    "result",
    "name",
    "uscc",
    "place",
    "party_id",
    "party",
    "match_percent",
    "candidates",
    "score",
    "reasons",
    "nearest",
    "error",
)


def as_json(screening: Screening, *, file: str, lang: str) -> str:
    """The whole answer, as the API gives it."""
    return screening.model_dump_json(indent=2, by_alias=True) + "\n"


def as_csv(screening: Screening, *, file: str, lang: str) -> str:
    """One line a row, in the report's order; a cell that a spreadsheet would run as a formula is quoted.

    A byte order mark stands in front: without it Excel reads Chinese as GBK.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    writer.writerows([defuse_formula(cell) for cell in _cells(row, lang)] for row in (*screening.rows, *screening.rejected))
    return "\ufeff" + out.getvalue()


def as_html(screening: Screening, *, file: str, lang: str) -> str:
    """A page that stands alone: no script, nothing from elsewhere, made for paper, upright or across."""
    say = words(lang)
    title = say("report.title")
    under = say("report.under", as_of=day(screening.as_of, lang), rulebook=screening.rulebook)
    rows = say("report.rows", rows=len(screening.rows) + len(screening.rejected), file=file)
    sources = say("report.sources", sources=", ".join(screening.sources)) if screening.sources else say("report.no_sources")
    stale = _stale(screening)
    css = files("api.screenings").joinpath("report.css").read_text("utf-8")
    head = f"<h1>{escape(title)}</h1><p>{escape(rows)} · {escape(under)}</p>"
    body = f"{head}{stale}{_counts(screening, say)}{_table(screening.rows, title, say, lang)}"
    foot = f"<footer>{escape(say('report.foot'))} {escape(sources)} {escape(under)}.</footer>"
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{css}</style></head>'
        f"<body><main>{body}{_rejected(screening, say)}{foot}</main></body></html>\n"
    )


WRITERS: dict[str, Callable[..., str]] = {"html": as_html, "csv": as_csv, "json": as_json}


def _stale(screening: Screening) -> str:
    """What the results do not rest on yet: above them, for it may change them."""
    sentences = screening.freshness.sentences if screening.freshness else ()
    return f"<p class=stale role=note>{' '.join(map(escape, sentences))}</p>" if sentences else ""


def _counts(screening: Screening, say: Words) -> str:
    return f"<ul class=counts>{''.join(_count(result, screening.counts.get(result, 0), say) for result in ORDER)}</ul>"


def _count(result: Result, count: int, say: Words) -> str:
    return f"<li>{_mark(result, say)} <b>{count}</b><br>{escape(say(f'result.{result}.means'))}</li>"


def _table(rows: Iterable[ScreenedRow], title: str, say: Words, lang: str) -> str:
    heads = "".join(
        f'<th scope="col">{escape(say(f"report.{name}"))}</th>' for name in ("result", "given", "score", "reasons", "nearest")
    )
    lines = "".join(_line(row, say, lang) for row in rows)
    return f"<table><caption>{escape(title)}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _line(row: ScreenedRow, say: Words, lang: str) -> str:
    given_name = row.given.get("name") or row.given.get("uscc", "")
    parties = "".join(f"<div><small>{escape(party_text)}</small></div>" for party_text in party_texts(row, say, lang))
    reasons = "".join(f"<div>{escape(f'{reason.code} {reason.sentence}'.strip())}</div>" for reason in row.reasons)
    return (
        f'<tr><th scope="row">{_mark(row.result, say)}</th><td><b>{escape(given_name)}</b>{parties}</td>'
        f"<td class=number>{_score(row, say)}</td><td>{reasons}</td><td>{_nearest(row, say)}</td></tr>"
    )


def party_texts(row: ScreenedRow, say: Words, lang: str) -> list[str]:
    """The party taken as found with its per cent; then every other candidate, each marked as one that may be meant."""
    sure_parties = [f"{both_names(row.party, lang)} {row.match_percent} %"] if row.party else []
    other_candidates = [candidate for candidate in row.candidates if row.party is None or candidate.party.id != row.party.id]
    return sure_parties + [
        say("report.may_be", name=both_names(candidate.party, lang), percent=candidate.match_percent)
        for candidate in other_candidates
    ]


def both_names(party: PartyLine, lang: str) -> str:
    """The name in the script of the language, and behind it the other."""
    name = localized_name(party, lang)
    second_name = party.name if name != party.name else party.name_other
    return f"{name} ({second_name})" if second_name and second_name != name else name


def _score(row: ScreenedRow, say: Words) -> str:
    if row.party is None or row.party.score is None:
        return f"<small>{escape(say('report.no_score'))}</small>"
    return str(row.party.score)


def _nearest(row: ScreenedRow, say: Words) -> str:
    if row.party is None:  # Nobody was taken as found: nothing is known of who is near.
        return "<small>–</small>"
    if row.party.standing == "listed":
        return f"<span class=flag>⚑ {escape(say('report.listed'))}</span>"
    if row.nearest is None:
        return f"<small>{escape(say('report.none_near'))}</small>"
    return f"<span class=near>{escape(row.nearest.listed_name)} ⚑</span><div><small>{escape(row.nearest.sentence)}</small></div>"


def _rejected(screening: Screening, say: Words) -> str:
    if not screening.rejected:
        return ""
    lines = "".join(f"<li>{escape(say('report.row'))} {row.row}: {escape(row.error or '')}</li>" for row in screening.rejected)
    return f"<h2>{escape(say('report.rejected'))}</h2><ul>{lines}</ul>"


def _mark(result: Result, say: Words) -> str:
    return f"<span class={result}>{MARKS[result]} {escape(say(f'result.{result}'))}</span>"


def _cells(row: ScreenedRow, lang: str) -> tuple[object, ...]:
    party = row.party
    return (
        row.row,
        row.result.value,
        *(row.given.get(field, "") for field in ("name", "uscc", "place")),
        party.id if party else "",
        localized_name(party, lang) if party else "",
        row.match_percent,
        "; ".join(
            f"{candidate.party.id} {localized_name(candidate.party, lang)} {candidate.match_percent} %"
            for candidate in row.candidates
        ),
        party.score if party else None,
        "; ".join(f"{reason.code} {reason.sentence}".strip() for reason in row.reasons),
        _route(row.nearest),
        row.error,
    )


def _route(path: PathLine | None) -> str:
    return path.sentence if path else ""
