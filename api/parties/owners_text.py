"""Owners of a party as lines of text."""

from collections.abc import Iterator

from api.words import Words
from graph.explanations.owners import ExplainedOwner, Owners, Shareholding


def owner_lines(owners: Owners, say: Words) -> Iterator[str]:
    """Beneficial owners and other owners, then direct stakes on which sources differ."""
    if not owners.owners and not owners.no_ultimate_owner:
        yield say("owners.none")
    for owner in owners.owners:
        yield f"{owner.party.id}  {owner.party.name}  {_owner(owner, say)}"
        if owner.differs:
            yield "    " + say("owners.differ", told=_by_source(owner))
    for holding in owners.holdings:
        if holding.differs:
            yield "    " + say("owners.holding", name=holding.owner.name, told=_stakes_by_source(holding))
    if owners.no_ultimate_owner:
        yield say("owners.closed", names=", ".join(party.name for party in owners.no_ultimate_owner))
    if owners.above_one:
        yield say("owners.above_one")
    if owners.owners and owners.untold > 0.0005:
        yield say("owners.untold", share=f"{owners.untold:.1%}")


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


def _stakes_by_source(holding: Shareholding) -> str:
    return ", ".join(f"{statement.dataset} {statement.share:.1%}" for statement in holding.told if statement.share is not None)
