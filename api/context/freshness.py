"""What an answer does not include yet, as data and as sentences: sources and verdicts that came after the last runs."""

from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel

from api.context.request_context import RequestContext
from api.schemas.freshness import Freshness, Stage, UnusedSource
from api.words import Words, words
from store.freshness import StoreFreshness, WaitingSource
from store.freshness import freshness as freshness_of_store
from store.port import Store

NAMED_MAX = 5  # Sources named in one sentence; all of them are in the answer itself.
Answer = TypeVar("Answer", bound=BaseModel)


def freshness_of(context: RequestContext) -> Freshness | None:
    """What the answers do not include yet; None where they include everything."""
    state = freshness_of_store(context.store)
    unused = tuple(_unused(state))
    waiting = [*map(str, state.waiting), *(["rulebook"] if _other_rules(state, context.rulebook.content_hash) else [])]
    if not (unused or state.unloaded or waiting):
        return None
    sentences = tuple(_sentences(unused, state.unloaded, waiting, words(context.lang)))
    return Freshness(not_used=unused, taken_out=state.unloaded, waiting=tuple(waiting), sentences=sentences)


def with_freshness(context: RequestContext, answer: Answer) -> Answer:
    """A copy of the answer whose `freshness` says what it does not include yet."""
    return answer.model_copy(update={"freshness": freshness_of(context)})


def used_datasets(store: Store, fresh: Freshness | None) -> tuple[str, ...]:
    """Datasets that the answers use: those with at least one file that was resolved and propagated."""
    unused = {source.file_id for source in fresh.not_used} if fresh else set()
    return tuple(sorted({file["dataset"] for file in store.read("sources/files") if file["id"] not in unused}))


def unused_sources_text(sources: Iterable[UnusedSource], say: Words) -> str:
    """The first few sources, named by dataset and file, as text."""
    names = list(dict.fromkeys(f"{source.dataset} ({source.file})" for source in sources))
    more_count = len(names) - NAMED_MAX
    first_names = [*names[:NAMED_MAX], *([say("fresh.more", count=more_count)] if more_count > 0 else [])]
    return say("fresh.joint").join(first_names)


def _unused(state: StoreFreshness) -> Iterable[UnusedSource]:
    stages: tuple[tuple[Stage, tuple[WaitingSource, ...]], ...] = (
        ("resolve", state.unresolved),
        ("propagate", state.unpropagated),
        ("cut_off", state.cut_off),
    )
    for stage, sources in stages:
        for source in sources:
            yield UnusedSource(
                file_id=source.file_id, file=source.name, dataset=source.dataset, waits_for=stage, may_list=source.may_list
            )


def _other_rules(state: StoreFreshness, content_hash: str) -> bool:
    return state.propagated_by is not None and state.propagated_by != content_hash


def _sentences(unused: tuple[UnusedSource, ...], unloaded: tuple[str, ...], waiting: list[str], say: Words) -> Iterable[str]:
    for stage in ("resolve", "propagate", "cut_off"):
        if sources := [source for source in unused if source.waits_for == stage]:
            yield say(f"fresh.{stage}", sources=unused_sources_text(sources, say))
    if unloaded:
        yield say("fresh.unloaded", files=say("fresh.joint").join(unloaded[:NAMED_MAX]))
    yield from dict.fromkeys(say(f"fresh.waits.{reason}") for reason in waiting)
    runs = any(source.waits_for != "cut_off" for source in unused) or unloaded or waiting
    if runs:
        yield say("fresh.remedy")
