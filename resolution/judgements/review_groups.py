"""The review queue in groups, one a party with its possible partners, and page by page."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pydantic import TypeAdapter

from ontology.errors import CursorInvalid
from resolution.judgements.review_queue import Rank, ReviewPair
from resolution.judgements.waiting_kinds import FOLDED, WaitingKind

Place = tuple[Rank, Rank]
"""The place of a pair among groups: the rank of its group's first pair, and its own."""
_PLACE: TypeAdapter[Place] = TypeAdapter(Place)


@dataclass(frozen=True)
class ReviewGroup:
    """A party and the pairs that lead to its possible partners, by rank. Each pair is in one group.

    size: pairs of the whole group, where a page holds only some of them.
    """

    party_id: str
    pairs: tuple[ReviewPair, ...]
    size: int


@dataclass(frozen=True)
class ReviewPage:
    """Some groups in the order of the queue. after: names the page that follows; None where none does."""

    groups: tuple[ReviewGroup, ...]
    after: str | None


def count_kinds(pairs: Sequence[ReviewPair]) -> dict[WaitingKind, int]:
    """How many pairs of each kind wait; kinds without any are left out."""
    counts = {kind: sum(pair.waiting_kind is kind for pair in pairs) for kind in WaitingKind}
    return {kind: count for kind, count in counts.items() if count}


def filter_pairs(pairs: Sequence[ReviewPair], kinds: Collection[WaitingKind], *, with_folded: bool) -> list[ReviewPair]:
    """The pairs of these kinds; without kinds all, those that are folded away only where they are wanted."""
    if kinds:
        return [pair for pair in pairs if pair.waiting_kind in kinds]
    return [pair for pair in pairs if with_folded or pair.waiting_kind is not FOLDED]


def group_pairs(pairs: Sequence[ReviewPair]) -> list[ReviewGroup]:
    """Pairs by rank, as groups. Each next pair goes with all open pairs of that of its two parties which has more of them.

    Pairs that come first, those that come then and those that come last are grouped apart, so that no group mixes them.
    """
    return [group for _, alike in groupby(pairs, key=lambda pair: pair.rank[0]) for group in _group_alike(list(alike))]


def _group_alike(pairs: Sequence[ReviewPair]) -> Iterator[ReviewGroup]:
    open_pairs: dict[str, dict[ReviewPair, None]] = defaultdict(dict)
    for pair in pairs:
        open_pairs[pair.left_entity][pair] = open_pairs[pair.right_entity][pair] = None
    for pair in pairs:
        if pair not in open_pairs[pair.left_entity]:
            continue
        party_id = max((pair.left_entity, pair.right_entity), key=lambda party: (len(open_pairs[party]), party))
        group = ReviewGroup(party_id, tuple(open_pairs[party_id]), len(open_pairs[party_id]))
        for grouped_pair in group.pairs:
            del open_pairs[grouped_pair.left_entity][grouped_pair], open_pairs[grouped_pair.right_entity][grouped_pair]
        yield group


def page_of(groups: Sequence[ReviewGroup], *, limit: int, after: str | None = None) -> ReviewPage:
    """Up to `limit` pairs behind the place that `after` names. A pair that was judged since leaves its place to the next.

    Raises CursorInvalid where `after` is nothing that a page gave.
    """
    place = _read_place(after) if after else None
    page: list[ReviewGroup] = []
    left = limit
    last_place: Place | None = None
    for group in groups:
        pairs = [pair for pair in group.pairs if place is None or _place(group, pair) > place]
        if pairs and not left:
            assert last_place is not None  # noqa: S101  # A limit is at least one.
            return ReviewPage(tuple(page), _write_place(last_place))
        if pairs:
            page.append(replace(group, pairs=tuple(pairs[:left])))
            last_place = _place(group, pairs[:left][-1])
            if len(pairs) > left:
                return ReviewPage(tuple(page), _write_place(last_place))
            left -= len(pairs)
    return ReviewPage(tuple(page), None)


def _place(group: ReviewGroup, pair: ReviewPair) -> Place:
    return group.pairs[0].rank, pair.rank


def _write_place(place: Place) -> str:
    return urlsafe_b64encode(_PLACE.dump_json(place)).decode().rstrip("=")


def _read_place(text: str) -> Place:
    try:
        return _PLACE.validate_json(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        raise CursorInvalid from None
