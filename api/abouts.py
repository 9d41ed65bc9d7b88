"""What a store holds, in one answer."""

from api.asked import Asked
from api.derived import listed_count
from api.freshness import freshness_of
from api.source_rows import loaded_files
from api.store_answers import About, PartyCounts


def about_store(asked: Asked, version: str) -> About:
    """Counts, files, engine, rulebook and day."""
    store, fresh = asked.store, freshness_of(asked)
    counts = {row["what"]: row["n"] for row in store.read("counts/overview")}
    return About(
        version=version,
        rulebook=asked.rulebook.version,
        as_of=asked.as_of,
        parties=PartyCounts(**{row["kind"]: row["n"] for row in store.read("answers/parties_by_kind")}),
        records=counts["records"],
        files=loaded_files(store, fresh),
        listed=listed_count(asked),
        engine=store.engine,
        freshness=fresh,
    )
