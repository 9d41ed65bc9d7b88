"""`kith resolve`, `kith propagate`, `kith run`, `kith evaluate`: from records to entities to scores."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.sources import DATASET, KIND, MAPPING
from api.cli.verbs import verb
from ontology.texts import format_count

if TYPE_CHECKING:
    from rich.console import Console

    from api.models.splink_documents import SplinkUse
    from api.runs.journey import StoreUpdate
    from graph.pipeline import PropagationReport
    from resolution.pipeline import Resolved

PANEL = "Stages"


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "resolve", example="kith resolve", panel=PANEL)(resolve)
    verb(app, "propagate", example="kith propagate --seeds trusted.txt", panel=PANEL)(propagate)
    verb(app, "run", example="kith run court.csv", panel=PANEL)(run)
    verb(app, "evaluate", example="kith evaluate --truth region/truth/records.csv", panel=PANEL)(evaluate)


def resolve(
    call: Call,
    model: Annotated[
        list[Path] | None,
        typer.Option(help="Model file, as kith train writes it; may be given once a kind.", show_default=False),
    ] = None,
    *,
    splink: Annotated[
        list[Path] | None,
        typer.Option(
            help="Splink settings whose m and u to use, exported by kith or your own; may be given once a kind.",
            show_default=False,
        ),
    ] = None,
    shipped_weights: Annotated[
        bool, typer.Option("--shipped-weights", help="Learn no weights from the records: weigh by those that kith ships.")
    ] = False,
) -> None:
    """Find out which records are one party. Run it after every ingest; ids stay. `kith run` does this and propagate."""
    from api.models.splink_documents import models_with_splink
    from api.runs.journey import resolve_records

    _, uses = models_with_splink(call.settings, model or (), splink) if splink else ((), ())
    with call.store() as store, call.working("Resolving") as report:
        resolved = resolve_records(
            store,
            settings=call.settings,
            models=model or (),
            splink=splink or (),
            learns=not shipped_weights,
            report=report,
        )

    def write_text(out: "Console") -> None:
        for use in uses:
            _print_splink_use(out, call, use)
        _print_resolved(out, call, resolved)
        out.print("Next: kith propagate")

    answer = resolved.model_dump(mode="json") | ({"splink": [use.model_dump(mode="json") for use in uses]} if uses else {})
    call.give(answer, write_text)


def _print_splink_use(out: "Console", call: Call, use: "SplinkUse") -> None:
    out.print(call.say("splink.used", file=use.file, kind=call.say(f"kind.{use.kind}"), model=use.model))
    for name, field in use.used.items():
        out.print(f"  {name} -> {field}")
    for name, reason in use.unused.items():
        out.print("  " + call.say("splink.unused", name=name, reason=reason))
    if use.kept:
        out.print("  " + call.say("splink.kept", fields=", ".join(use.kept)))


def _print_resolved(out: "Console", call: Call, resolved: "Resolved") -> None:
    took = sum(resolved.seconds.values())
    records, parties = (
        format_count(resolved.records, "record is", "records are"),
        format_count(resolved.entities, "party", "parties"),
    )
    out.print(f"{records} {parties} ({format_count(resolved.pairs_compared, 'pair')} compared, {took:.1f} s).")
    waiting = format_count(resolved.possible, "pair may be one party and waits", "pairs may be one party and wait")
    out.print(f"{waiting} for a person. {format_count(resolved.ids_changed, 'id leads', 'ids lead')} to another now.")
    for kind, records_learned_from in resolved.learned_from.items():
        out.print(
            call.say(
                "resolve.learned", kind=call.say(f"kind.{kind}"), records=records_learned_from, version=resolved.weights[kind]
            )
        )
    if resolved.alarming:
        out.print(call.say("chains.alarm", count=resolved.alarming))


def propagate(
    call: Call,
    seeds: Annotated[
        Path | None,
        typer.Option(
            help="File of vetted parties, one id, record id, code or name a line; else the rulebook's.", show_default=False
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--verify", help="Change nothing: compare what is kept with a run in bulk; exit code 1 on drift."),
    ] = False,
    in_database: Annotated[
        bool,
        typer.Option(
            "--in-database", help="Keep what each tie carries too, for `kith reach`, and let the store compute the signals again."
        ),
    ] = False,
) -> None:
    """Spread risk and trust through the network and score every party. Run it after resolve."""
    from dataclasses import asdict

    from api.runs.journey import propagate_signals

    trusted = _lines(seeds) if seeds else []
    if check:
        _verify(call, trusted)
        return
    with call.store() as store, call.working("Propagating") as report:
        propagated = propagate_signals(store, settings=call.settings, seeds=trusted, in_store=in_database, report=report)

    def write_text(out: "Console") -> None:
        _print_propagated(out, call, propagated)
        out.print("Next: kith risky")

    call.give(asdict(propagated), write_text)


def _print_propagated(out: "Console", call: Call, propagated: "PropagationReport") -> None:
    if propagated.unchanged:
        out.print(call.say("propagate.unchanged"))
    took = sum(propagated.seconds.values())
    network = f"{format_count(propagated.parties, 'party', 'parties')} and {format_count(propagated.ties, 'tie')}"
    out.print(f"{network} as of {propagated.as_of}, by rulebook {propagated.rulebook} ({took:.1f} s).")
    near = f"{propagated.by_association} by association, {propagated.to_look_at} to look at for their own dealings"
    out.print(f"{propagated.scores} scored, {propagated.listed} listed, {near}.")
    for word, count in propagated.doubts.items():
        out.print("  " + call.say(f"doubt.{word.partition(':')[0]}", count=count, name=word.partition(":")[2]))
    for name, update in propagated.updates.items():
        way = "solved in bulk" if update.bulk else f"brought up to date over {format_count(update.edges, 'tie')}"
        out.print(f"{name.capitalize()} was {way}; its error is at most {update.bound:.1e}.")
    for name, wave in propagated.in_store.items():
        out.print(f"Within the store: {name} in {wave.rounds} rounds, {wave.difference:.1e} from the answer above at most.")


def run(
    call: Call,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH…]", help="Files, or folders of files, to load first.", show_default=False),
    ] = None,
    *,
    kind: KIND = None,
    mapping: MAPPING = None,
    dataset: DATASET = None,
) -> None:
    """Bring the store up to date: load files where some are named, then resolve and propagate what is not used yet.

    Says so where there is nothing to do. Exit code 2 where no row of a file went in; the other files are used all the same.
    """
    from dataclasses import asdict, replace

    from api.runs.journey import StoreUpdate, load_files, update_store

    if kind and mapping:
        raise typer.BadParameter("give --as or --mapping, not both")
    with call.store(create=bool(paths)) as store, call.working("Reading") as report:
        loaded = (
            load_files(store, paths or (), settings=call.settings, kind=kind, mapping=mapping, dataset=dataset, report=report)
            if paths
            else []
        )
        update: StoreUpdate = replace(update_store(store, settings=call.settings, report=report), files=tuple(loaded))
        call.context(store)  # What still waits is told at the end.

    answer = {
        "files": [file.model_dump(mode="json") for file in update.files],
        "resolved": update.resolved.model_dump(mode="json") if update.resolved else None,
        "propagated": asdict(update.propagated) if update.propagated else None,
    }
    call.give(answer, lambda out: _print_run(out, call, update))
    if any(file.trouble for file in loaded):
        raise typer.Exit(2)


def _print_run(out: "Console", call: Call, update: "StoreUpdate") -> None:
    from api.cli.sources import print_loaded

    print_loaded(out, update.files)
    if update.resolved:
        _print_resolved(out, call, update.resolved)
    if update.propagated:
        _print_propagated(out, call, update.propagated)
    elif not update.resolved:
        out.print(call.say("fresh.done"))


def _verify(call: Call, trusted: list[str]) -> None:
    """Tell how far what is kept is from a run in bulk; leave with 1 where it is further than certified."""
    from dataclasses import asdict

    from api.errors import ANSWER_IS_NO
    from api.runs.journey import verify_signals

    with call.store() as store, call.working("Computing in bulk") as report:
        drift = verify_signals(store, settings=call.settings, seeds=trusted, report=report)

    def write_text(out: "Console") -> None:
        signals = f"{format_count(drift.signals, 'signal')} of {format_count(drift.parties, 'party', 'parties')}"
        out.print(f"{signals} as of {drift.as_of}, against a run in bulk:")
        for name, value in drift.greatest.items():
            out.print(f"  {name:<24} differs by at most {value:.1e} (allowed {drift.allowed[name]:.1e})")
        out.print(f"  {drift.count_of_scores_that_differ} scores differ{': ' if drift.scores_that_differ else '.'}")
        for id_ in drift.scores_that_differ:
            out.print(f"    {id_}")
        out.print("No drift." if drift.within_bounds else "What is kept has drifted or is out of date. Run: kith propagate")

    call.give({**asdict(drift), "drift": not drift.within_bounds}, write_text)
    if not drift.within_bounds:
        raise typer.Exit(ANSWER_IS_NO)


def _lines(file: Path) -> list[str]:
    """The lines of a file of names; empty ones and those that begin with # are passed over. Raises SourceUnreadable."""
    from ontology.errors import SourceUnreadable
    from ontology.files import read_whole

    try:
        lines = [line.strip() for line in read_whole(file).decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError as cause:
        raise SourceUnreadable(file=file.name, problem="it is not UTF-8", remedy="Save it as UTF-8, a name a line.") from cause
    return [line for line in lines if line and not line.startswith("#")]


def evaluate(
    call: Call,
    truth: Annotated[Path, typer.Option(help="CSV file with the columns record_id and cluster.", show_default=False)],
    limit: Annotated[int, typer.Option(min=0, max=100_000, help="Most wrong pairs to print.")] = 50,
    *,
    curve: Annotated[
        bool, typer.Option("--curve", help="Measure with the thresholds moved up and down, too; takes as long as resolve.")
    ] = False,
) -> None:
    """Measure the entities against a truth: pair and B-cubed precision, recall, F1, and the wrong pairs."""
    from api.context.record_names import record_name
    from api.models.evaluations import evaluate_store

    if curve:
        _curve(call, truth)
        return
    with call.store() as store:
        name_record = partial(record_name, settings=call.settings)
        evaluation = evaluate_store(store, truth, pairs_max=limit, record_name=name_record)

    def write_text(out: "Console") -> None:
        out.print(f"{evaluation.records} records compared; {evaluation.missing} of the truth are not in the store.")
        pairs, groups = evaluation.pairs, evaluation.b_cubed
        precision = f"{pairs.precision:.4f}" if evaluation.pairs_joined else "none"
        recall = f"{pairs.recall:.4f}" if evaluation.pairs_true else "none"
        f1 = f"{pairs.f1:.4f}" if evaluation.pairs_joined and evaluation.pairs_true else "none"
        out.print(f"pairs    precision {precision}  recall {recall}  F1 {f1}")
        out.print(f"B-cubed  precision {groups.precision:.4f}  recall {groups.recall:.4f}  F1 {groups.f1:.4f}")
        if not evaluation.pairs_joined:
            out.print("No two of these records were joined: the precision of pairs says nothing.")
        if not evaluation.pairs_true:
            out.print("The truth joins no two of these records: the recall of pairs says nothing.")
        wrong = f"{evaluation.joined_wrongly} pairs joined wrongly, {evaluation.apart_wrongly} apart wrongly"
        out.print(f"{wrong}; {len(evaluation.wrong_pairs)} shown:")
        for pair in evaluation.wrong_pairs:
            out.print(f"  {pair.problem:<6}  {pair.left_id}  {pair.right_id}")

    call.give(evaluation, write_text)


def _curve(call: Call, truth: Path) -> None:
    from api.models.curves import curve_of_store
    from api.models.weights_report import models_of

    with call.store() as store, call.working("Comparing") as report:
        curve = curve_of_store(store, truth, models=models_of(call.settings), report=report)

    def write_text(out: "Console") -> None:
        out.print(call.say("curve.head", records=curve.records, models=", ".join(curve.models)))
        out.print(call.say("curve.columns"))
        for point in curve.points:
            figures = (
                value for measure in (point.pairs, point.b_cubed) for value in (measure.precision, measure.recall, measure.f1)
            )
            mark = " *" if point.shift_bits == curve.best_shift_bits else ""
            out.print(f"{point.shift_bits:+6.1f}  {'  '.join(f'{value:.4f}' for value in figures)}  {point.parties:>9}{mark}")
        out.print(call.say("curve.foot"))

    call.give(curve, write_text)
