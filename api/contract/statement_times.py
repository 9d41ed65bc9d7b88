"""When the facts of a record came, and when they were told last: by the deliveries of its file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.context.request_context import RequestContext
from api.contract.ftm_days import MIDNIGHT, SeenDays, seen_days, to_seconds
from api.parties.source_rows import files_by_id
from ontology.source import ROWS_OF_STATE
from store.port import Row


@dataclass(frozen=True)
class StatementTimes:
    """Files by id, days of their deliveries by file and number, and times of parties where a record has no file."""

    files: Mapping[str, Row]
    delivery_days: Mapping[tuple[str, int], str]
    party_days: Mapping[str, SeenDays]
    today: str

    def of(self, party: str, row_id: str) -> tuple[str, str]:
        """First and last time of the facts of a row: the delivery that told it so, and the last load of its file."""
        file_id, _, number = row_id.rpartition("#")
        file = self.files.get(file_id)
        if file is None:
            days = self.party_days.get(party, SeenDays())
            return days.first_seen or self.today, days.last_seen or self.today
        last = to_seconds(file["loaded_at"]) or self.today
        delivery = int(number) // ROWS_OF_STATE + 1 if number.isdecimal() else 1
        first = to_seconds(self.delivery_days.get((file_id, delivery))) or last
        return min(first, last), last


def statement_times(context: RequestContext, records: Sequence[Row]) -> StatementTimes:
    """Times for the facts of these records."""
    files = files_by_id(context.store)
    delivered_anew = any(file["state"] > 1 for file in files.values())
    deliveries = context.store.read("sources/states") if delivered_anew else []
    return StatementTimes(
        files,
        {(row["file_id"], row["state"]): row["day"] for row in deliveries},
        seen_days(context.store, {row["entity_id"] for row in records}),
        context.as_of.isoformat() + MIDNIGHT,
    )
