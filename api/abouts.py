"""What a store holds, in one answer."""

from api.asked import Asked
from api.source_rows import loaded_files
from api.store_answers import About, PartyCounts


def about_store(asked: Asked, version: str) -> About:
    """Counts, files, engine, rulebook and day."""
    store = asked.store
    counts = {row["what"]: row["n"] for row in store.read("counts/overview")}
    standings = {row["standing"]: row["n"] for row in store.read("answers/parties_by_standing")}
    return About(
        version=version,
        rulebook=asked.rulebook.version,
        as_of=asked.as_of,
        parties=PartyCounts(**{row["kind"]: row["n"] for row in store.read("answers/parties_by_kind")}),
        records=counts["records"],
        files=loaded_files(store),
        listed=standings.get("listed", 0),
        engine=store.engine,
    )
