"""Facts that take several rows of a file, such as an invoice of several lines: one statement, of the sum of its lines."""

from collections.abc import Callable, Mapping

from resolution.sources.hash_sets import HashSet
from resolution.sources.statements.row_results import SumLine
from store.port import Row

ROUNDED_TO = 6  # Decimals: what adding binary fractions leaves beyond them is noise.
PARTS_OFF_MAX = 0.05  # Money; so far may a line's parts be from its amount by rounding each of them.
OUTCOMES_BY_WEIGHT = ("paid_late", "defaulted")  # An invoice is paid when its last line is.


class LineSums:
    """The sums of one file's lines; `earlier` gives this file's rows as they were written, by id."""

    def __init__(self, earlier: Callable[[str, list[str]], Mapping[str, Row]]) -> None:
        self._earlier = earlier
        self._ids, self._lines = HashSet(), HashSet()
        self.repeated_lines = 0
        self.other_currency_lines = 0

    def add_lines(self, table: str, lines: list[tuple[SumLine, Row]]) -> list[Row]:
        """A row for each fact these lines belong to, together with its lines in earlier blocks.

        A row that repeats another to the letter is the same line and not added again.
        """
        is_new = self._lines.add((line.mark, row["id"]) for line, row in lines)
        self.repeated_lines += int((~is_new).sum())
        new_lines = [pair for pair, new in zip(lines, is_new, strict=True) if new]
        new_ids = sorted({row["id"] for _, row in new_lines})
        repeated_ids = [id_ for id_, known in zip(new_ids, self._ids.contains(new_ids), strict=True) if known]
        sums = dict(self._earlier(table, repeated_ids)) if repeated_ids else {}
        for line, row in new_lines:
            earlier = sums.get(row["id"])
            sums[row["id"]] = self._add_line(earlier, row, line) if earlier else row
        self._ids.add(new_ids)
        return list(sums.values())

    def _add_line(self, earlier: Row, row: Row, line: SumLine) -> Row:
        combined = earlier | {name: value for name, value in row.items() if earlier[name] is None and value is not None}
        if "outcome" in combined and _weight(row) > _weight(earlier):
            combined |= {name: row[name] for name in ("outcome", "happened_on")}
        if earlier["amount"] is None or row["amount"] is None or _states_whole_amount(earlier, row, line):
            return combined
        if earlier["currency"] != row["currency"]:
            self.other_currency_lines += 1
            return combined
        return combined | {"amount": round(earlier["amount"] + row["amount"], ROUNDED_TO)}


def _weight(row: Row) -> tuple[int, str]:
    outcome = row["outcome"]
    return OUTCOMES_BY_WEIGHT.index(outcome) + 1 if outcome in OUTCOMES_BY_WEIGHT else 0, row["happened_on"]


def _states_whole_amount(earlier: Row, row: Row, line: SumLine) -> bool:
    """Whether the amount is that of the whole, said on every line: the parts of the line make another."""
    amount = row["amount"]
    return line.parts is not None and amount == earlier["amount"] and abs(line.parts - abs(amount)) > PARTS_OFF_MAX
