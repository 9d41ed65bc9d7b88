"""YAML and JSON documents, read within limits."""

import json
import math
from typing import Any

import yaml

from ontology.limits import DEPTH_MAX, NUMBER_LENGTH_MAX, YAML_BYTES_MAX, YAML_NODES_MAX

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same safe subset, ten times as fast where libyaml is there."""


def read_yaml(text: str) -> Any:
    """What a YAML text of our own holds. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 (both loaders are the safe ones)


def read_yaml_page(text: str, loader: Any = LOADER) -> Any:
    """What a YAML text of anybody holds. Raises yaml.YAMLError, also where it would cost more than `ontology.limits` allows.

    loader: a safe one. Aliases and merges are counted as if they were written out, before anything is built of them.
    """
    if len(text) > YAML_BYTES_MAX:
        raise yaml.YAMLError(f"longer than {YAML_BYTES_MAX} characters")
    try:
        _check_depth(text, loader)  # First: libyaml's own composer overflows the stack, which nothing can catch.
        reader = loader(text)
    except (RecursionError, ValueError) as cause:
        raise yaml.YAMLError(f"not readable: {str(cause)[:200]}") from cause
    try:
        root = reader.get_single_node()
        if root is None:
            return None
        _count_nodes(root)
        return reader.construct_document(root)
    # The 31st of February; and a tag that its text does not fit, for which the constructors are not made.
    except (ValueError, OverflowError, RecursionError, AttributeError, KeyError, TypeError) as cause:
        raise yaml.YAMLError(f"a value that is none: {str(cause)[:200]}") from cause
    finally:
        reader.dispose()


def _check_depth(text: str, loader: Any) -> None:
    """Raises YAMLError where a document is nested too deep."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH_MAX:
            raise yaml.YAMLError(f"nested deeper than {DEPTH_MAX} levels")


def _count_nodes(root: Any) -> None:
    """Raises YAMLError where a document has too many nodes with aliases written out, holds itself, or is nested too deep."""
    counts: dict[int, int] = {}
    open_ids: set[int] = set()

    def count(node: Any, depth: int) -> int:
        if not isinstance(node, yaml.CollectionNode):
            if node.tag.endswith(":int") and len(node.value) > NUMBER_LENGTH_MAX:
                raise yaml.YAMLError(f"a number of {len(node.value)} digits")
            return 1
        if depth > DEPTH_MAX:
            raise yaml.YAMLError(f"nested deeper than {DEPTH_MAX} levels")
        if id(node) in open_ids:
            raise yaml.YAMLError("an alias within what it stands for")
        if id(node) not in counts:
            open_ids.add(id(node))
            children = [child for pair in node.value for child in pair] if isinstance(node, yaml.MappingNode) else node.value
            counts[id(node)] = 1 + sum(count(child, depth + 1) for child in children)
            open_ids.discard(id(node))
        if counts[id(node)] > YAML_NODES_MAX:
            raise yaml.YAMLError(f"more than {YAML_NODES_MAX} values with all aliases written out")
        return counts[id(node)]

    count(root, 0)


def read_json(text: str | bytes) -> Any:
    """What a JSON text holds, as numbers that can be counted with. Raises json.JSONDecodeError (a ValueError).

    Also for what is nested too deep, a number without end, and NaN, which is not JSON.
    """
    try:
        return json.loads(text, parse_float=_finite, parse_int=_whole, parse_constant=_finite)
    except json.JSONDecodeError:
        raise
    except RecursionError as cause:
        raise json.JSONDecodeError("nested too deep", "", 0) from cause
    except ValueError as cause:  # Also bytes that are no text.
        raise json.JSONDecodeError(str(cause)[:200], "", 0) from cause


def _finite(text: str) -> float:
    number = float(text) if len(text) <= NUMBER_LENGTH_MAX else math.inf
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is no number that can be counted with")
    return number


def _whole(text: str) -> int:
    if len(text) > NUMBER_LENGTH_MAX:
        raise ValueError(f"a number of {len(text)} digits")
    return int(text)
