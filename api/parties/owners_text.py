"""Owners of a party, line by line."""

from collections.abc import Iterator

from api.words import Words
from graph.explanations.owners import ExplainedOwner, Owners, Shareholding


def owner_lines(found: Owners, say: Words) -> Iterator[str]:
    """Beneficial owners and others behind the party, then direct stakes on which sources differ."""
    if not found.owners and not found.no_ultimate_owner:
        yield say("owners.none")
    for owner in found.owners:
        yield f"{owner.party.id}  {owner.party.name}  {_owner(owner, say)}"
        if owner.differs:
            yield "    " + say("owners.differ", told=_by_source(owner))
    for holding in found.holdings:
        if holding.differs:
            yield "    " + say("owners.holding", name=holding.owner.name, told=_told(holding))
    if found.no_ultimate_owner:
        yield say("owners.closed", names=", ".join(one.name for one in found.no_ultimate_owner))
    if found.above_one:
        yield say("owners.above_one")
    if found.owners and found.untold > 0.0005:
        yield say("owners.untold", share=f"{found.untold:.1%}")


def _owner(owner: ExplainedOwner, say: Words) -> str:
    parts = [say("owners.stake", share=f"{owner.stake:.1%}")] if owner.stake else []
    if owner.direct is not None:
        parts.append(say("owners.direct", share=f"{owner.direct:.1%}"))
    if owner.controls:
        parts.append(say("owners.controls"))
    if owner.beneficial:
        parts.append(say("owners.beneficial"))
    return ", ".join(parts)


def _by_source(owner: ExplainedOwner) -> str:
    return ", ".join(f"{source} {stake:.1%}" for source, stake in owner.by_source.items())


def _told(holding: Shareholding) -> str:
    return ", ".join(f"{one.dataset} {one.share:.1%}" for one in holding.told if one.share is not None)
