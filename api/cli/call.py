"""One call of the command: its options, its store, and where its answer goes."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from api.cli.output import confirm, console, print_error, print_json, progress

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console

    from api.context.request_context import RequestContext
    from api.schemas.freshness import Freshness
    from api.settings import Level, Settings
    from ontology.consent import Reader
    from ontology.rulebook import Rulebook
    from ontology.rulebook_parts import Language
    from store.port import Store


@dataclass(frozen=True)
class SharedOptions:
    """The options every command has, as given before or after the verb."""

    store: str | None = None
    as_json: bool = False
    lang: str | None = None
    as_of: date | None = None
    verbose: bool = False

    def over(self, defaults: "SharedOptions") -> "SharedOptions":
        """What was given here, else what was given in `defaults`."""
        return SharedOptions(
            defaults.store if self.store is None else self.store,
            self.as_json or defaults.as_json,
            self.lang or defaults.lang,
            self.as_of or defaults.as_of,
            self.verbose or defaults.verbose,
        )


class Call:
    """Hands a command its store, day and language, and takes its answer."""

    def __init__(self, options: SharedOptions) -> None:
        self.as_json = options.as_json
        self._options = options
        self._freshness: Freshness | None = None

    def with_log(self) -> "Call":
        """This call, with the log at its level: --verbose, else KITH_LOG. Without either nothing is loaded for it."""
        if self._options.verbose or "KITH_LOG" in os.environ:
            from api.text.log import set_up_log

            set_up_log(self.log_level, self.settings.log_format)
        return self

    @property
    def log_level(self) -> "Level":
        """From which level on the log is written: info with --verbose, where KITH_LOG does not ask for more."""
        level = self.settings.log
        return "info" if self._options.verbose and level != "debug" else level

    @cached_property
    def settings(self) -> "Settings":
        """Settings of this call. Loaded late: `--help` needs none."""
        from api.wiring import settings_of

        return settings_of(self._options.store, lang=self._options.lang, today=self._options.as_of)

    @property
    def rulebook(self) -> "Rulebook":
        """The rulebook of this call."""
        from api.wiring import rulebook

        return rulebook(self.settings)

    @property
    def lang(self) -> "Language":
        """Language of sentences, en or zh."""
        return self.settings.lang

    def say(self, key: str, /, **facts: object) -> str:
        """Words of ours in the language of this call."""
        from api.words import words

        return words(self.lang)(key, **facts)

    def context(self, store: "Store", reader: "Reader | None" = None) -> "RequestContext":
        """The circumstances under which this call, or the reader it is for, asks the store."""
        from api.context.change_marks import last_propagated
        from api.context.freshness import freshness_of
        from api.context.request_context import RequestContext
        from api.wiring import rulebook, today_of

        today = today_of(self.settings)
        day = self.settings.today or last_propagated(store) or today
        context = RequestContext(store, rulebook(self.settings), day, self.lang, reader=reader, today=today)
        self._freshness = freshness_of(context)
        return context

    @contextmanager
    def store(self, *, create: bool = False, any_key: bool = False) -> Iterator["Store"]:
        """The opened store, closed afterwards. StoreTrouble where it cannot be had; `create` makes one that is not there.

        any_key: also where it was made with another key of personal ids.
        """
        from api.wiring import open_store

        store = open_store(self.settings, create=create, any_key=any_key)
        try:
            yield store
        finally:
            store.close()

    def give(self, answer: "BaseModel | Mapping[str, object]", write_text: Callable[["Console"], None]) -> None:
        """Print the answer: as one JSON object, or as `write_text` writes it for a person; and what it does not rest on yet."""
        if self.as_json:
            body = answer if isinstance(answer, Mapping) else answer.model_dump(mode="json", by_alias=True)
            freshness = {"freshness": self._freshness.model_dump(mode="json")} if self._freshness else {}
            print_json({**body, **freshness})
        else:
            out = console()
            write_text(out)
            for sentence in self._freshness.sentences if self._freshness else ():
                out.print(sentence)

    def warn(self) -> None:
        """Say on stderr what an answer that is a table on stdout does not rest on yet."""
        for sentence in self._freshness.sentences if self._freshness else ():
            print_error(sentence)

    def confirm(self, question: str, *, yes: bool) -> None:
        """Go on only with a yes: said beforehand, or now by the person at the terminal. Raises WrongCall without one."""
        from ontology.errors import WrongCall

        if yes:
            return
        if self.as_json or not sys.stdin.isatty():
            raise WrongCall(reason=question, remedy="Add --yes to go on.")
        confirm(question)

    @contextmanager
    def working(self, doing: str) -> Iterator[Callable[[str], None]]:
        """Say on stderr what takes a while, with the time it has taken; silent where nobody watches a terminal.

        Yields a function that changes the words, for work that reports how far it is.
        """
        if self.as_json or not sys.stderr.isatty():
            yield lambda _: None
            return
        with progress(doing) as report:
            yield report
