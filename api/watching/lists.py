"""Watch lists: made, shown, changed and removed by those who own them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from api.context.pages import PageRequest, cut_page, read_cursor
from api.schemas.watching import Watchlist, WatchlistChange, Watchlists, WatchlistToMake
from api.watching.progress import end_subscriptions
from api.watching.records import THINGS_KEY, StoredList, take_numbers
from ontology.errors import WatchlistUnknown, WrongCall
from ontology.personal_ids import mask
from store.port import Store
from store.rows import from_row, to_row

OPERATOR, ANYBODY = "operator", ""
"""The owner of what the operator makes; and, where lists are asked for, those of every owner."""
QUESTION = "watch lists"


def make_list(store: Store, to_make: WatchlistToMake, *, owner: str, now: datetime) -> Watchlist:
    """Make a watch list."""
    with store.transaction():
        (number,) = take_numbers(store, THINGS_KEY, 1)
        made_list = StoredList(
            id=f"W-{number:06}",
            owner=owner,
            name=mask(to_make.name),
            note=_masked(to_make.note),
            active_until=to_make.active_until,
            created_at=now,
        )
        store.write("watching/put_lists", rows=[to_row(made_list)])
    return _public_list(made_list, {}, now.date())


def show_lists(store: Store, page: PageRequest, *, owner: str, today: date) -> Watchlists:
    """Watch lists of an owner, or of all (ANYBODY), by id. Raises CursorInvalid."""
    place = read_cursor(page.cursor, question=QUESTION, types=(str,)) or ("",)
    rows = store.read("watching/lists", owner=owner, after=place[0], limit=page.limit + 1)
    cut = cut_page(rows, page, place=lambda row: (row["id"],), question=QUESTION)
    lists = [from_row(StoredList, row) for row in cut.lines]
    counts = _counts(store, lists)
    return Watchlists(watchlists=tuple(_public_list(stored, counts, today) for stored in lists), next=cut.next)


def show_list(store: Store, id_: str, *, owner: str, today: date) -> Watchlist:
    """One watch list. Raises WatchlistUnknown, also for a list of another owner."""
    stored = list_of(store, id_, owner=owner)
    return _public_list(stored, _counts(store, [stored]), today)


def change_list(store: Store, id_: str, change: WatchlistChange, *, owner: str, today: date) -> Watchlist:
    """Change what was given, and nothing else. Raises WatchlistUnknown, WrongCall where the name would be gone."""
    fields: dict[str, Any] = {name: getattr(change, name) for name in change.model_fields_set}
    if "name" in fields and fields["name"] is None:
        raise WrongCall(field="name", problem="a watch list has a name", remedy="Leave the field out, or give another name.")
    masked = {name: mask(value) if isinstance(value, str) else value for name, value in fields.items()}
    with store.transaction():
        changed_list = list_of(store, id_, owner=owner).model_copy(update=masked)
        store.write("watching/put_lists", rows=[to_row(changed_list)])
    return _public_list(changed_list, _counts(store, [changed_list]), today)


def remove_list(store: Store, id_: str, *, owner: str, today: date) -> Watchlist:
    """Remove a watch list with its entries and events, and end its subscriptions; what it was. Raises WatchlistUnknown."""
    with store.transaction():
        removed_list = show_list(store, id_, owner=owner, today=today)
        end_subscriptions(store, id_)
        store.write("watching/remove_list", id=id_)
    return removed_list


def list_of(store: Store, id_: str, *, owner: str) -> StoredList:
    """The list as it is kept, where this owner may use it. Raises WatchlistUnknown."""
    rows = store.read("watching/list", id=id_)
    if not rows or owner not in (ANYBODY, rows[0]["owner"]):
        raise WatchlistUnknown(id=mask(id_))
    return from_row(StoredList, rows[0])


def _counts(store: Store, lists: Iterable[StoredList]) -> dict[str, tuple[int, int]]:
    """Entries of each list, and those that mean a party."""
    rows = store.read("watching/counts", ids=[stored.id for stored in lists])
    return {row["watchlist_id"]: (row["entries"], row["parties"]) for row in rows}


def _public_list(stored: StoredList, counts: Mapping[str, tuple[int, int]], today: date) -> Watchlist:
    entries, parties = counts.get(stored.id, (0, 0))
    return Watchlist(**stored.model_dump(), active=stored.is_active(today), entries=entries, parties=parties)


def _masked(text: str | None) -> str | None:
    return mask(text) if text else None
