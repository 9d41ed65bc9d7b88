"""Paths, hops and cases of an explanation in the shapes of the answers."""

from collections.abc import Iterable, Mapping

from api.schemas.parties import Case, End, Hop, PathLine
from graph.explanations.explanation import ExplainedPath, ReviewCase
from graph.explanations.hops import Hop as ExplainedHop
from store.port import Store


def path_lines(store: Store, explained_paths: Iterable[ExplainedPath]) -> tuple[PathLine, ...]:
    """Explained paths in the shape of the answers; a hop over a shared value has the source rows of the records that state it."""
    paths = list(explained_paths)
    rows = record_rows(store, (hop for path in paths for hop in path.hops))
    return tuple(_path_line(path, rows) for path in paths)


def record_rows(store: Store, hops: Iterable[ExplainedHop]) -> dict[str, str]:
    """Source row id by record id, for the records behind hops without a link: those over a shared address or phone."""
    unlinked = {record_id for hop in hops if not hop.row_ids for record_id in hop.record_ids}
    return {row["id"]: row["row_id"] for row in store.read("entities/records_by_ids", ids=sorted(unlinked))} if unlinked else {}


def _path_line(path: ExplainedPath, rows: Mapping[str, str]) -> PathLine:
    return PathLine(
        listed_id=path.listed.id,
        listed_name=path.listed.name,
        sentence=path.sentence,
        strength=path.strength,
        covered=path.covered,
        profile=path.profile,
        bears_points=path.bears_points,
        hops=tuple(hop_of(hop, rows) for hop in path.hops),
    )


def case_of(case: ReviewCase) -> Case:
    """A case of an explanation in the shape of the answers."""
    parties = tuple(End(id=party.id, name=party.name, kind=party.kind) for party in case.parties)
    return Case(
        kind=case.kind,
        sentence=case.sentence,
        parties=parties,
        speaks_for=case.speaks_for,
        speaks_against=case.speaks_against,
    )


def hop_of(hop: ExplainedHop, rows: Mapping[str, str] | None = None) -> Hop:
    """A hop of an explanation in the shape of the answers. rows: source row id by record id, for hops without a link."""
    ends = {"from": End.model_validate(hop.source.model_dump()), "to": End.model_validate(hop.target.model_dump())}
    via = End(id=hop.via.id, name=hop.via.name, kind=hop.kind.lower()) if hop.via else None
    copied = ("kind", "label", "share", "amount", "tie_id", "coefficient", "began_on", "ended_on")
    row_ids = hop.row_ids or tuple(
        dict.fromkeys(rows[record_id] for record_id in hop.record_ids if record_id in rows) if rows else ()
    )
    return Hop.model_validate({**ends, "via": via, **{name: getattr(hop, name) for name in copied}, "row_ids": row_ids})
