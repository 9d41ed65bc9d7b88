"""The context of a request: the store, the rulebook, the day and the language."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from api.context.callers import Caller
from api.context.collections import NO_COLLECTIONS, Collections
from api.context.network_cache import NetworkCache
from graph.scores.scoring import Scoring
from ontology.consent import Reader
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import Language
from store.port import Store

if TYPE_CHECKING:
    from resolution.live import Live  # Its libraries take a second to load; most questions need none of them.


@dataclass(frozen=True)
class RequestContext:
    """The context of one request, from the command line or over HTTP.

    reader:  who looks at a person and for what purpose.
    today:   the day of asking, where it may differ from `as_of`.
    caller:  who asks over HTTP; None on the command line and in Python.
    collections: named collections of data sets.
    """

    store: Store
    rulebook: Rulebook
    as_of: date
    lang: Language
    networks: NetworkCache = field(default_factory=NetworkCache)
    live: "Live | None" = None
    reader: Reader | None = None
    today: date | None = None
    caller: Caller | None = None
    collections: Collections = NO_COLLECTIONS

    @property
    def partner(self) -> str | None:
        """The partner whose key was shown."""
        return self.caller.partner if self.caller else None

    def scoring(self, *parties: str) -> Scoring:
        """Scores over the network of the day asked for; see `NetworkCache.scoring`. Raises TooManyAtOnce, StoreTrouble."""
        return self.networks.scoring(self, parties)
