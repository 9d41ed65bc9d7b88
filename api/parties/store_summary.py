"""The summary of a store."""

from api.context.freshness import freshness_of
from api.context.kept_answers import listed_count
from api.context.request_context import RequestContext
from api.parties.source_rows import loaded_files
from api.schemas.store import About, PartyCounts


def about_store(context: RequestContext, version: str) -> About:
    """Counts, files, engine, rulebook and day."""
    store, fresh = context.store, freshness_of(context)
    counts = {row["what"]: row["n"] for row in store.read("counts/overview")}
    return About(
        version=version,
        rulebook=context.rulebook.version,
        as_of=context.as_of,
        parties=PartyCounts(**{row["kind"]: row["n"] for row in store.read("answers/parties_by_kind")}),
        records=counts["records"],
        files=loaded_files(store, fresh, context.today or context.as_of),
        listed=listed_count(context),
        engine=store.engine,
        freshness=fresh,
    )
