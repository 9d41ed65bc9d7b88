"""Paths, hops and cases of an explanation in the shapes of the answers."""

from collections.abc import Iterable, Mapping

from api.schemas.parties import Case, End, Hop, PathLine
from graph.explanations.explanation import ExplainedPath, ReviewCase
from graph.explanations.hops import Hop as ToldHop
from store.port import Store


def path_lines(store: Store, told: Iterable[ExplainedPath]) -> tuple[PathLine, ...]:
    """Told paths in the shape of the answers; what a shared value joins leads to the rows of the records that tell it."""
    paths = list(told)
    rows = record_rows(store, (hop for path in paths for hop in path.hops))
    return tuple(_path_line(path, rows) for path in paths)


def record_rows(store: Store, hops: Iterable[ToldHop]) -> dict[str, str]:
    """Source row by record, of the records behind hops that no link tells: over a shared address or phone."""
    unlinked = {one for hop in hops if not hop.row_ids for one in hop.record_ids}
    return {row["id"]: row["row_id"] for row in store.read("entities/records_by_ids", ids=sorted(unlinked))} if unlinked else {}


def _path_line(told: ExplainedPath, rows: Mapping[str, str]) -> PathLine:
    return PathLine(
        listed_id=told.listed.id,
        listed_name=told.listed.name,
        sentence=told.sentence,
        strength=told.strength,
        covered=told.covered,
        profile=told.profile,
        bears_points=told.bears_points,
        hops=tuple(hop_shown(hop, rows) for hop in told.hops),
    )


def case_shown(told: ReviewCase) -> Case:
    """A told case in the shape of the answers."""
    parties = tuple(End(id=one.id, name=one.name, kind=one.kind) for one in told.parties)
    return Case(
        kind=told.kind,
        sentence=told.sentence,
        parties=parties,
        speaks_for=told.speaks_for,
        speaks_against=told.speaks_against,
    )


def hop_shown(told: ToldHop, rows: Mapping[str, str] | None = None) -> Hop:
    """A told hop in the shape of the answers. rows: source row by record, for hops that records tell and no link."""
    ends = {"from": End.model_validate(told.source.model_dump()), "to": End.model_validate(told.target.model_dump())}
    via = End(id=told.via.id, name=told.via.name, kind=told.kind.lower()) if told.via else None
    same = ("kind", "label", "share", "amount", "tie_id", "coefficient", "began_on", "ended_on")
    row_ids = told.row_ids or tuple(dict.fromkeys(rows[one] for one in told.record_ids if one in rows) if rows else ())
    return Hop.model_validate({**ends, "via": via, **{name: getattr(told, name) for name in same}, "row_ids": row_ids})
