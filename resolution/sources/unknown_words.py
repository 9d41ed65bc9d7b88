"""List types, ties, marks and issuers that neither rulebook nor table knows: reported with the nearest known one at ingest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils

from ontology.issuers import all_body_names
from ontology.personal_ids import mask
from ontology.rulebook import Rulebook
from ontology.source import Rejection, row_number
from store.port import Row

LIKE_ENOUGH = 60  # Of 100: `OWN` and `OWNS` have 86, `sanctions_unn` and `sanctions_un` 96, unrelated words below 50.
WORDS_REPORTED = 20


class WordColumn(NamedTuple):
    """One column of a table whose words must be known."""

    field: str
    known_words: frozenset[str]
    problem: str
    effect: str


@dataclass
class UnknownWord:
    """One word that is not known: where it stood first, and in how many rows."""

    row: int
    rows: int = 0


class UnknownWords:
    """What one file says in words that are not known. Rows are looked at a block at a time; a word costs a look-up in a set."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._columns, self._unknown_list = _word_columns(rulebook), rulebook.unknown_list
        self._bodies = self._columns["issuers"].known_words
        self._unknown_words: dict[tuple[str, str], UnknownWord] = {}

    def check_rows(self, table: str, rows: Iterable[Row]) -> None:
        """Note the words of a block that are not known."""
        column = self._columns.get(table)
        if column is None:
            return
        for row in rows:
            if row[column.field] not in column.known_words:
                self._note(table, row[column.field], row)
            elif table == "listings" and row["list_type"] == self._unknown_list and row["issuer"] not in self._bodies:
                self._note("issuers", row["issuer"], row)

    @property
    def rows(self) -> int:
        """Statements with such a word."""
        return sum(unknown.rows for unknown in self._unknown_words.values())

    def rejections(self, file: str) -> tuple[Rejection, ...]:
        """The first of them, one a word."""
        return tuple(self._rejection(file, *key, unknown) for key, unknown in [*self._unknown_words.items()][:WORDS_REPORTED])

    def _note(self, table: str, word: str, row: Row) -> None:
        unknown = self._unknown_words.setdefault((table, word), UnknownWord(row_number(int(row["row_id"].rpartition("#")[2]))))
        unknown.rows += 1

    def _rejection(self, file: str, table: str, word: str, unknown: UnknownWord) -> Rejection:
        column = self._columns[table]
        nearest_word = nearest(word, column.known_words)
        hint = f" The nearest known is {nearest_word}." if nearest_word else ""
        problem = mask(f"{word!r} {column.problem} ({unknown.rows} row{'s' if unknown.rows > 1 else ''}): {column.effect}")
        return Rejection(file=file, row=unknown.row, field=column.field, problem=problem, remedy=f"{_REMEDIES[table]}{hint}")


def nearest(word: str, known_words: Iterable[str]) -> str | None:
    """The known word most like another, None where none is like it.

    >>> nearest("OWN", ["DIRECTS", "OWNS", "SUPPLIES"]), nearest("OWN", ["GUARANTEES"])
    ('OWNS', None)
    """
    ratio: Callable[..., float] = fuzz.ratio
    match = process.extractOne(word, sorted(known_words), scorer=ratio, processor=utils.default_process, score_cutoff=LIKE_ENOUGH)
    return str(match[0]) if match else None


_REMEDIES = {
    "listings": "Write a list type of the rulebook, or add a rule for this one.",
    "links": "Write a tie kind of the rulebook.",
    "recognitions": "Write a mark of the rulebook.",
    "experiences": "Write an outcome of the rulebook.",
    "issuers": "Where it is another spelling, give the list type in a mapping.",
}


def _word_columns(book: Rulebook) -> dict[str, WordColumn]:
    lists = frozenset(rule.id for rule in book.list_types)
    marks = frozenset({rule.id for rule in (*book.positive_signals, *book.person_signals)} | {*book.trust.seeds})
    shown_effect = "shown as a list the rulebook does not know, judged by nothing"
    return {
        "listings": WordColumn("list_type", lists, "is no list type of the rulebook", shown_effect),
        "links": WordColumn("kind", frozenset(book.ties), "is no tie kind of the rulebook", "without effect"),
        "recognitions": WordColumn("mark", marks, "is no mark of the rulebook", "shown, without effect"),
        "experiences": WordColumn(
            "outcome", frozenset(book.evidence.outcomes), "is no outcome of the rulebook", "without effect"
        ),
        "issuers": WordColumn("issuer", frozenset(all_body_names()), "is no issuer that the table knows", shown_effect),
    }
