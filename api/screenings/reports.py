"""A screening as a page to print, as a workbook, as CSV, as JSON."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from api.parties.summaries import localized_name
from api.schemas.parties import PartyLine
from api.schemas.screenings import ColumnRead, Result, ScreenedRow, Screening
from api.words import Words, day, words
from ontology.formulas import defuse_formula

MARKS = {Result.STOP: "■", Result.LOOK: "▲", Result.UNKNOWN: "◌", Result.FINE: "●"}
SENTENCES_MAX = 50  # Under one heading of a page; a workbook has them all.
NUMBERS_MAX = 20  # Rows that one sentence names.
CELL_LETTERS_MAX = 32_767  # A spreadsheet takes no more.
ORDER = (Result.STOP, Result.LOOK, Result.UNKNOWN, Result.FINE)
GIVEN_COLUMNS = ("id", "name", "code", "place", "country")
TABLE_COLUMNS = (
    "row",
    "result",
    *GIVEN_COLUMNS,
    "party_id",
    "party",
    "match_percent",
    "standing",
    "score",
    "state",
    "restrictions",
    "reason_codes",
    "reasons",
    "nearest_id",
    "nearest",
    "candidates",
    "duplicate_of",
    "damage",
    "error",
)
REJECT_COLUMNS = (*GIVEN_COLUMNS, "error")
WIDTHS = {"name": 34, "party": 34, "reasons": 80, "nearest": 50, "candidates": 40, "error": 50}
WIDTH = 14


def as_json(screening: Screening, *, file: str, lang: str) -> str:
    """The whole answer, as the API gives it."""
    return screening.model_dump_json(indent=2, by_alias=True) + "\n"


def as_csv(screening: Screening, *, file: str, lang: str) -> str:
    """One line a row, in the report's order; a cell that a spreadsheet would run as a formula is quoted.

    A byte order mark stands in front: without it Excel reads Chinese as GBK.
    """
    return _csv_text(TABLE_COLUMNS, table_rows(screening, lang))


def as_rejects(screening: Screening, *, file: str, lang: str) -> str:
    """The rows that could not be checked, under headings that are read again: to be corrected and sent anew."""
    return _csv_text(REJECT_COLUMNS, ([*_given_cells(row), row.error] for row in screening.rejected))


def as_xlsx(screening: Screening, *, file: str, lang: str) -> bytes:
    """A workbook: the rows, and a sheet on how the list was read. Every text is a text, never a formula."""
    from openpyxl import Workbook

    book, say = Workbook(write_only=True), words(lang)
    _write_sheet(book, say("report.title"), [TABLE_COLUMNS, *table_rows(screening, lang)], widths=WIDTHS)
    _write_sheet(book, say("report.list"), list(_list_rows(screening, file, say, lang)), widths={})
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table_rows(screening: Screening, lang: str) -> Iterator[tuple[object, ...]]:
    """The cells of each row, as TABLE_COLUMNS names them."""
    first_rows = {row: group.rows[0] for group in screening.duplicates for row in group.rows[1:]}
    for row in (*screening.rows, *screening.rejected):
        yield _cells(row, first_rows.get(row.row), lang)


def _csv_text(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([defuse_formula(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _write_sheet(book: Any, title: str, rows: Sequence[Iterable[object]], *, widths: Mapping[str, int]) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, name in enumerate(rows[0], 1):
        sheet.column_dimensions[get_column_letter(place)].width = widths.get(str(name), WIDTH)
    for row in rows:
        sheet.append([_sheet_cell(sheet, value) for value in row])


def _sheet_cell(sheet: Any, value: object) -> object:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None or isinstance(value, int | float):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value))[:CELL_LETTERS_MAX])
    cell.data_type = "s"  # What begins like a formula is a text all the same.
    return cell


def _list_rows(screening: Screening, file: str, say: Words, lang: str) -> Iterator[tuple[object, ...]]:
    """What the page tells beside the rows: the list, its columns, its duplicates."""
    yield say("report.rows", rows=len(screening.rows) + len(screening.rejected), file=file), None
    yield say("report.under", as_of=day(screening.as_of, lang), rulebook=screening.rulebook), None
    for result in ORDER:
        yield say(f"result.{result}"), screening.counts[result]
    for heading, sentences in about_list(screening, say):
        yield heading, None
        yield from ((sentence, None) for sentence in sentences)


def about_list(screening: Screening, say: Words) -> Iterator[tuple[str, list[str]]]:
    """Headings, and under each its sentences: how the list was read, rows that are the same, codes that are damaged."""
    reading = screening.reading
    if reading is not None:
        columns = [_column_text(column, say) for column in reading.columns]
        unread = [say(_heading_key("report.unread", column.heading), **column.model_dump()) for column in reading.unread]
        yield say("report.reading"), [*columns, *reading.notes, *unread]
    if screening.duplicates:
        texts = [say(f"report.{group.kind}", name=group.name, rows=_numbers(group.rows, say)) for group in screening.duplicates]
        yield say("report.duplicates"), texts
    if screening.damaged_codes:
        texts = [say(f"report.damage.{code.damage}", row=code.row, code=code.given) for code in screening.damaged_codes]
        yield say("report.damaged"), texts


def _column_text(column: ColumnRead, say: Words) -> str:
    key, field = _heading_key("report.column", column.heading), say(f"field.{column.field}")
    return say(key, field=field, column=column.column, heading=column.heading)


def _heading_key(key: str, heading: str) -> str:
    """The words for a column, or for one without a heading."""
    return key if heading else f"{key}.unnamed"


def _numbers(rows: Sequence[int], say: Words) -> str:
    more_texts = [say("check.more", count=len(rows) - NUMBERS_MAX).rstrip(".。")] if len(rows) > NUMBERS_MAX else []
    return ", ".join([*map(str, rows[:NUMBERS_MAX]), *more_texts])


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
        f"<body><main>{body}{_rejected(screening, say)}{_about_list(screening, say)}{foot}</main></body></html>\n"
    )


WRITERS: dict[str, Callable[..., str | bytes]] = {"html": as_html, "csv": as_csv, "xlsx": as_xlsx, "json": as_json}
"""Each form of a report, by the ending of its file."""


def _about_list(screening: Screening, say: Words) -> str:
    sections = about_list(screening, say)
    return "".join(f"<h2>{escape(heading)}</h2>{_items(sentences, say)}" for heading, sentences in sections)


def _items(sentences: Sequence[str], say: Words) -> str:
    more_count = len(sentences) - SENTENCES_MAX
    shown_sentences = [*sentences[:SENTENCES_MAX], *([say("check.more", count=more_count)] if more_count > 0 else [])]
    return f"<ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in shown_sentences)}</ul>"


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
    given_name = row.given.get("name") or row.given.get("code", "")
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


def _given_cells(row: ScreenedRow) -> list[str]:
    return [row.given.get(field, "") for field in GIVEN_COLUMNS]


def _cells(row: ScreenedRow, duplicate_of: int | None, lang: str) -> tuple[object, ...]:
    party = row.party
    candidates = (
        f"{candidate.party.id} {localized_name(candidate.party, lang)} {candidate.match_percent} %"
        for candidate in row.candidates
    )
    return (
        row.row,
        row.result.value,
        *_given_cells(row),
        party.id if party else "",
        localized_name(party, lang) if party else "",
        row.match_percent,
        party.standing.value if party else "",
        party.score if party else None,
        party.state if party else "",
        "; ".join(f"{limit.measure}: {limit.effect}" for limit in row.restrictions),
        " ".join(dict.fromkeys(reason.code for reason in row.reasons if reason.code)),
        "; ".join(f"{reason.code} {reason.sentence}".strip() for reason in row.reasons),
        row.nearest.listed_id if row.nearest else "",
        row.nearest.sentence if row.nearest else "",
        "; ".join(candidates),
        duplicate_of,
        row.damage.value if row.damage else "",
        row.error,
    )
