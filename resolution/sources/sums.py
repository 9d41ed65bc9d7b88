"""Facts that take several rows of a file, such as an invoice of several lines: one statement, of the sum of its lines."""

from collections.abc import Callable, Mapping

from resolution.sources.statements.row_results import Line
from store.port import Row

ROUNDED_TO = 6  # Decimals: what adding binary fractions leaves beyond them is noise.
PARTS_OFF_MAX = 0.05  # Money; so far may a line's parts be from its amount by rounding each of them.
OUTCOMES_BY_WEIGHT = ("paid_late", "defaulted")  # An invoice is paid when its last line is.


class LineSums:
    """The sums of one file's lines; `earlier` gives this file's rows as they were written, by id."""

    def __init__(self, earlier: Callable[[str, list[str]], Mapping[str, Row]]) -> None:
        self._earlier = earlier
        self._ids: set[int] = set()
        self._lines: set[int] = set()
        self.repeated = 0
        self.other_currency = 0

    def summed(self, table: str, lines: list[tuple[Line, Row]]) -> list[Row]:
        """A row for each fact these lines belong to, together with its lines in earlier blocks.

        A row that repeats another to the letter is the same line and not added again.
        """
        fresh = [(line, row) for line, row in lines if self._fresh(line, row)]
        again = sorted({row["id"] for _, row in fresh if hash(row["id"]) in self._ids})
        sums = dict(self._earlier(table, again)) if again else {}
        for line, row in fresh:
            before = sums.get(row["id"])
            sums[row["id"]] = self._added(before, row, line) if before else row
            self._ids.add(hash(row["id"]))
        return list(sums.values())

    def _fresh(self, line: Line, row: Row) -> bool:
        mark = hash((line.mark, row["id"]))
        fresh = mark not in self._lines
        self._lines.add(mark)
        self.repeated += not fresh
        return fresh

    def _added(self, before: Row, row: Row, line: Line) -> Row:
        both = before | {name: value for name, value in row.items() if before[name] is None and value is not None}
        if "outcome" in both and _weight(row) > _weight(before):
            both |= {name: row[name] for name in ("outcome", "happened_on")}
        if before["amount"] is None or row["amount"] is None or _of_the_whole(before, row, line):
            return both
        if before["currency"] != row["currency"]:
            self.other_currency += 1
            return both
        return both | {"amount": round(before["amount"] + row["amount"], ROUNDED_TO)}


def _weight(row: Row) -> tuple[int, str]:
    outcome = row["outcome"]
    return OUTCOMES_BY_WEIGHT.index(outcome) + 1 if outcome in OUTCOMES_BY_WEIGHT else 0, row["happened_on"]


def _of_the_whole(before: Row, row: Row, line: Line) -> bool:
    """Whether the amount is that of the whole, said on every line: the parts of the line make another."""
    amount = row["amount"]
    return line.parts is not None and amount == before["amount"] and abs(line.parts - abs(amount)) > PARTS_OFF_MAX
