"""Which role may call which route: one table, read from access_rules.yaml; and the template of the route a request reached."""

import re
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from pydantic import Field
from starlette.types import Scope

from ontology.api_key import Role
from ontology.base import ImmutableModel
from ontology.documents import read_yaml

PARAMETER = re.compile(r"\{[^}]*\}")
PAGES_TEMPLATE = "/{}"
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


class RouteGroup(ImmutableModel):
    """Routes that belong together, and who may call them."""

    roles: tuple[Role | Literal["anyone"], ...] = Field(min_length=1)
    own: bool = Field(False, description="A subject may ask about its own party alone.")
    what: str = Field(min_length=1, description="What they are for.")

    @property
    def public(self) -> bool:
        """Whether no key is needed."""
        return "anyone" in self.roles


class AccessRules(ImmutableModel):
    """The table: groups by name, and for every route template the group of each method."""

    version: str
    source: str
    groups: dict[str, RouteGroup]
    routes: dict[str, dict[Method, str]]

    def group_name(self, template: str, method: str) -> str | None:
        """The group of a route; None where the table has no rule for it. HEAD and OPTIONS go with GET."""
        verb = "GET" if method in ("HEAD", "OPTIONS") else method
        return self._groups.get((_unnamed(template), verb))

    def is_api(self, path: str) -> bool:
        """Whether a path is that of a route of the table, or of one that would stand beside it; else it is a page's."""
        return _first_segment(path) in self._first_segments

    def needs_key(self, path: str) -> bool:
        """Whether nothing is answered at a path without a key."""
        return self.is_api(path) and not self._public_paths.fullmatch(path)

    @cached_property
    def _groups(self) -> dict[tuple[str, str], str]:
        """The group's name by template, without the names of parameters, and method."""
        return {(_unnamed(path), method): group for path, groups in self.routes.items() for method, group in groups.items()}

    @cached_property
    def _first_segments(self) -> frozenset[str]:
        return frozenset(_first_segment(path) for path in map(_unnamed, self.routes) if path != PAGES_TEMPLATE)

    @cached_property
    def _public_paths(self) -> re.Pattern[str]:
        """Paths of routes of which every method is public, the pages' own left out."""
        public = [
            template
            for template, groups in ((_unnamed(path), groups) for path, groups in self.routes.items())
            if template != PAGES_TEMPLATE and all(self.groups[group].public for group in groups.values())
        ]
        return re.compile("|".join("[^/]+".join(map(re.escape, template.split("{}"))) for template in public))


def route_template(scope: Scope) -> str:
    """`/v1/entities/{entity_id}`: the whole template of the route that a request reached, `(no route)` where it reached none."""
    route = scope.get("fastapi", {}).get("effective_route_context") or scope.get("route")
    return getattr(route, "path", "(no route)")


@cache
def access_rules() -> AccessRules:
    """The table that comes with kith. Raises pydantic.ValidationError, KeyError where a route names a group that is none."""
    rules = AccessRules.model_validate(read_yaml(files("api.http").joinpath("access_rules.yaml").read_text("utf-8")))
    for groups in rules.routes.values():
        for group in groups.values():
            rules.groups[group]
    return rules


def _unnamed(template: str) -> str:
    """A template without the names of its parameters: what they are called is no matter of access."""
    return PARAMETER.sub("{}", template)


def _first_segment(path: str) -> str:
    return path.split("/", 2)[1] if path.startswith("/") else ""
