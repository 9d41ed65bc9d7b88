"""The one check of every route: whether the table lets this caller call it, and for the purpose it states."""

import logging
from urllib.parse import unquote

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Scope

from api.context.callers import LOCAL, Caller
from api.http.access_rules import access_rules, route_template
from api.parties.search import party_of_record, surviving_id
from ontology.api_key import Role
from ontology.consent import equal_when_folded
from ontology.errors import NotForRole, NotOwnParty, OutOfScope, PurposeDiffers
from ontology.personal_ids import mask
from store.port import Store

PARTY_PARAMETERS = ("entity_id", "id")
PARTY_PATH = "/entities/{"
PURPOSE_HEADER = "kith-purpose"
LOG = logging.getLogger("kith.api")


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
    refuse_other_purpose(caller, purpose_in(request.headers))
    if caller.key_id != LOCAL.key_id:
        request.app.state.readers_log.refuse_when_full()
    if caller.role is Role.SUBJECT and group.own:
        store: Store = request.app.state.kith.store
        await run_in_threadpool(refuse_other_party, store, caller, party_parameter(template, request.path_params))


def refuse_beyond_scope(caller: Caller, group: str, dataset: str | None) -> None:
    """Raise OutOfScope where the key is confined to other groups of routes, or to data sets the route does not name."""
    if caller.groups and group not in caller.groups:
        raise OutOfScope(group=group, groups=", ".join(caller.groups))
    if caller.datasets and dataset not in caller.datasets:
        raise OutOfScope(dataset=dataset, datasets=", ".join(caller.datasets))


def refuse_beyond_group(caller: Caller, group: str) -> None:
    """Raise NotForRole, OutOfScope where this caller may not do what a group of routes does: of routes that do several things."""
    if caller.role not in access_rules().groups[group].roles:
        raise NotForRole(role=caller.role, group=group)
    refuse_beyond_scope(caller, group, None)


def refuse_other_party(store: Store, caller: Caller, entity_id: str | None) -> None:
    """Raise NotOwnParty where the party is not the one that the caller's own record is of today."""
    own_id = party_of_record(store, caller.record_id) if caller.record_id else None
    if own_id is None or entity_id is None or surviving_id(store, entity_id) != own_id:
        raise NotOwnParty


def refuse_other_purpose(caller: Caller, purpose: str | None) -> None:
    """Raise PurposeDiffers, and log the key, where a partner's key is used for another purpose than its own."""
    if caller.purpose and purpose and not equal_when_folded(caller.purpose, purpose):
        LOG.warning("key %s was refused: it stated another purpose than its own", caller.key_id)
        raise PurposeDiffers(partner=caller.partner)


def purpose_in(headers: Headers) -> str | None:
    """The purpose that the header states, per cent escapes read as UTF-8; None without one."""
    return unquote(headers.get(PURPOSE_HEADER, "")).strip() or None


def stated_purpose(scope: Scope) -> str:
    """What a request was for, as a parameter, the header or the key says; empty where none does."""
    state = scope["state"]
    caller: Caller | None = state.get("caller")
    purpose = state.get("read_purpose") or purpose_in(Headers(scope=scope)) or (caller.purpose if caller else None)
    return mask(purpose or "")


def party_parameter(template: str, path_parameters: dict[str, str]) -> str | None:
    """The party that a path names, None where it names none."""
    if PARTY_PATH not in template:
        return None
    return next((path_parameters[name] for name in PARTY_PARAMETERS if name in path_parameters), None)


AUTHORIZED = Depends(authorize)
