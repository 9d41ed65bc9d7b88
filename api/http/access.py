"""The one check of every route: whether the table lets this caller call it."""

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from api.context.callers import Caller
from api.http.access_rules import access_rules, route_template
from api.parties.search import party_of_record, surviving_id
from ontology.api_key import Role
from ontology.errors import NotForRole, NotOwnParty, OutOfScope
from store.port import Store

PARTY_PARAMETERS = ("entity_id", "id")
PARTY_PATH = "/entities/{"


async def authorize(request: Request) -> None:
    """Let a caller through to the route it reached. Raises NotForRole (also where no rule is), OutOfScope, NotOwnParty."""
    template = route_template(request.scope)
    rules = access_rules()
    name = rules.group_name(template, request.method)
    if name is None:
        raise NotForRole(route=template, reason="no rule says who may call it")
    group, caller = rules.groups[name], request.state.caller
    if group.public:
        return
    if caller is None or caller.role not in group.roles:
        raise NotForRole(role=caller.role if caller else None, group=name)
    refuse_beyond_scope(caller, name, request.path_params.get("dataset"))
    if caller.role is Role.SUBJECT and group.own:
        store: Store = request.app.state.kith.store
        await run_in_threadpool(refuse_other_party, store, caller, party_parameter(template, request.path_params))


def refuse_beyond_scope(caller: Caller, group: str, dataset: str | None) -> None:
    """Raise OutOfScope where the key is confined to other groups of routes, or to data sets the route does not name."""
    if caller.groups and group not in caller.groups:
        raise OutOfScope(group=group, groups=", ".join(caller.groups))
    if caller.datasets and dataset not in caller.datasets:
        raise OutOfScope(dataset=dataset, datasets=", ".join(caller.datasets))


def refuse_other_party(store: Store, caller: Caller, entity_id: str | None) -> None:
    """Raise NotOwnParty where the party is not the one that the caller's own record is of today."""
    own = party_of_record(store, caller.record_id) if caller.record_id else None
    if own is None or entity_id is None or surviving_id(store, entity_id) != own:
        raise NotOwnParty


def party_parameter(template: str, path_parameters: dict[str, str]) -> str | None:
    """The party that a path names, None where it names none."""
    if PARTY_PATH not in template:
        return None
    return next((path_parameters[name] for name in PARTY_PARAMETERS if name in path_parameters), None)


AUTHORIZED = Depends(authorize)
