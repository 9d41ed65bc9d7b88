"""The closed grammar of a rulebook's formulas: parsed, checked and walked, never evaluated as code.

    expression = numbers, names, + - * /, one comparison (<= >= < >, gives 1 or 0), min(…), max(…), abs(x), clip(x, low, high)

Names are those the context allows. The same expression works on numbers and, with other functions, on whole columns.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

LENGTH_MAX = 200  # the longest formula of the default rulebook has 46 characters
OPERATORS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.LtE: operator.le,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.Gt: operator.gt,
}
ARGUMENTS = {"min": (2, 9), "max": (2, 9), "abs": (1, 1), "clip": (3, 3)}
Functions = Mapping[str, Callable[..., Any]]
SCALAR: Functions = {"min": min, "max": max, "abs": abs, "clip": lambda x, low, high: min(max(x, low), high)}


class NotInGrammar(ValueError):
    """A formula says something the grammar does not have."""


@dataclass(frozen=True)
class Expression:
    """A parsed formula. `names` are the quantities it needs."""

    text: str
    tree: ast.expr
    names: frozenset[str]

    def value(self, quantities: Mapping[str, Any], *, functions: Functions = SCALAR) -> Any:
        """The value for these quantities: arrays give arrays when `functions` work on arrays. KeyError where one is missing."""
        return _value(self.tree, quantities, functions)


@lru_cache(maxsize=512)
def parse(text: str) -> Expression:
    """Parse one formula. Raises NotInGrammar with the part that is not in the grammar.

    >>> sorted(parse("leg1*leg2/(n-1)").names)
    ['leg1', 'leg2', 'n']
    """
    if len(text) > LENGTH_MAX:
        raise NotInGrammar(f"longer than {LENGTH_MAX} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as cause:
        raise NotInGrammar(f"not a formula: {text!r}") from cause
    names: set[str] = set()
    _check(tree, names)
    return Expression(text, tree, frozenset(names))


def _check(node: ast.expr, names: set[str]) -> None:
    for part in _parts(node, names):
        _check(part, names)


def _parts(node: ast.expr, names: set[str]) -> list[ast.expr]:
    """The sub-formulas of one node the grammar has; `names` collects what it refers to."""
    match node:
        case ast.Constant(value=value) if type(value) in (int, float):
            return []
        case ast.Name(id=name):
            names.add(name)
            return []
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return [operand]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return [left, right]
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in OPERATORS:
            return [left, right]
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if _is_function(name, len(arguments)):
            return list(arguments)
    raise NotInGrammar(f"not in the grammar: {ast.unparse(node)!r}")


def _is_function(name: str, count: int) -> bool:
    count_min, count_max = ARGUMENTS.get(name, (1, 0))
    return count_min <= count <= count_max


def _value(node: ast.expr, quantities: Mapping[str, Any], functions: Functions) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return quantities[name]
        case ast.UnaryOp(operand=operand):
            return -_value(operand, quantities, functions)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left, quantities, functions), _value(right, quantities, functions))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return OPERATORS[type(op)](_value(left, quantities, functions), _value(right, quantities, functions)) * 1.0
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _call(name, [_value(part, quantities, functions) for part in arguments], functions)
    raise NotInGrammar(ast.unparse(node))


def _call(name: str, arguments: list[Any], functions: Functions) -> Any:
    if name in ("min", "max"):  # Two at a time, so that a column and a number may meet.
        return reduce(functions[name], arguments)
    return functions[name](*arguments)
