"""List types, ties, marks and issuers that neither rulebook nor table knows: told with the nearest known one at ingest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils

from ontology.issuers import all_body_names
from ontology.personal_ids import mask
from ontology.rulebook import Rulebook
from ontology.source import Rejection
from store.port import Row

LIKE_ENOUGH = 60  # Of 100: `OWN` and `OWNS` have 86, `sanctions_unn` and `sanctions_un` 96, unrelated words below 50.
WORDS_TOLD = 20


class Kind(NamedTuple):
    """One column of a table whose words must be known."""

    field: str
    known: frozenset[str]
    problem: str
    effect: str


@dataclass
class Unknown:
    """One word that is not known: where it stood first, and in how many rows."""

    row: int
    rows: int = 0


class UnknownWords:
    """What one file says in words that are not known. Rows are looked at a block at a time; a word costs a look-up in a set."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._kinds, self._unknown_list = _kinds(rulebook), rulebook.unknown_list
        self._found: dict[tuple[str, str], Unknown] = {}

    def look(self, table: str, rows: Iterable[Row]) -> None:
        """Note the words of a block that are not known."""
        kind = self._kinds.get(table)
        if kind is None:
            return
        for row in rows:
            if row[kind.field] not in kind.known:
                self._note(table, row[kind.field], row)
            elif table == "listings" and row["list_type"] == self._unknown_list:
                self._note("issuers", row["issuer"], row)

    @property
    def rows(self) -> int:
        """Statements with such a word."""
        return sum(one.rows for one in self._found.values())

    def told(self, file: str) -> tuple[Rejection, ...]:
        """The first of them, one a word."""
        return tuple(self._told(file, *key, found) for key, found in [*self._found.items()][:WORDS_TOLD])

    def _note(self, table: str, word: str, row: Row) -> None:
        found = self._found.setdefault((table, word), Unknown(int(row["row_id"].rpartition("#")[2])))
        found.rows += 1

    def _told(self, file: str, table: str, word: str, found: Unknown) -> Rejection:
        kind = self._kinds[table]
        near = nearest(word, kind.known)
        like = f" The nearest known is {near}." if near else ""
        problem = mask(f"{word!r} {kind.problem} ({found.rows} row{'s' if found.rows > 1 else ''}): {kind.effect}")
        return Rejection(file=file, row=found.row, field=kind.field, problem=problem, remedy=f"{_REMEDIES[table]}{like}")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like another, None where none is like it.

    >>> nearest("OWN", ["DIRECTS", "OWNS", "SUPPLIES"]), nearest("OWN", ["GUARANTEES"])
    ('OWNS', None)
    """
    ratio: Callable[..., float] = fuzz.ratio
    found = process.extractOne(word, sorted(known), scorer=ratio, processor=utils.default_process, score_cutoff=LIKE_ENOUGH)
    return str(found[0]) if found else None


_REMEDIES = {
    "listings": "Write a list type of the rulebook, or add a rule for this one.",
    "links": "Write a tie kind of the rulebook.",
    "recognitions": "Write a mark of the rulebook.",
    "experiences": "Write an outcome of the rulebook.",
    "issuers": "Where it is another spelling, give the list type in a mapping.",
}


def _kinds(book: Rulebook) -> dict[str, Kind]:
    lists = frozenset(rule.id for rule in book.list_types)
    marks = frozenset({rule.id for rule in (*book.positive_signals, *book.person_signals)} | {*book.trust.seeds})
    shown = "shown as a list the rulebook does not know, judged by nothing"
    return {
        "listings": Kind("list_type", lists, "is no list type of the rulebook", shown),
        "links": Kind("kind", frozenset(book.ties), "is no tie kind of the rulebook", "without effect"),
        "recognitions": Kind("mark", marks, "is no mark of the rulebook", "shown, without effect"),
        "experiences": Kind("outcome", frozenset(book.evidence.outcomes), "is no outcome of the rulebook", "without effect"),
        "issuers": Kind("issuer", frozenset(all_body_names()), "is no issuer that the table knows", shown),
    }
