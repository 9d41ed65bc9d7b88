"""How the wheel is built: the folders of the repository, all of them under `kith/`, with their imports following.

In the repository a module says `from ontology.errors import KithError`; in the wheel the same line says
`from kith.ontology.errors import KithError`. Nothing but `kith.` is put in, and only in front of a name of ours that Python reads
as a module: in an import, or as the first argument of a call that takes a module's name. docs/decisions/0065
"""

import ast
import re
import shutil
import tempfile
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HOUSE = ("ontology", "store", "resolution", "graph", "samples", "api", "sql", "cypher")
"""The folders that go in whole; of `web` only what is built."""
FACADE = "kith"
PAGES = "web/dist"
TAKES_MODULE = ("files", "import_module", "start_helper")
"""Calls whose first argument is a module's name."""
OURS = re.compile(rf"({'|'.join(HOUSE)})(\.\w+)*")
PREFIX = b"kith."


class CannotMove(Exception):
    """A line that would not mean the same under `kith.`; it says where and what to write in its place."""


class WheelHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts every file of the house under `kith/` and rewrites the imports of the Python files."""

    PLUGIN_NAME = "custom"
    _drafts: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Say what goes where. An editable install is the repository itself and is left alone. Raises CannotMove."""
        if version != "standard":
            return
        root = Path(self.root)
        self._drafts = Path(tempfile.mkdtemp(prefix="kith-wheel-"))
        for source, place in placed(root):
            build_data["force_include"][str(self._draft(source, place) if source.suffix == ".py" else source)] = place
        if not (root / PAGES / "index.html").is_file():
            self.app.display_warning("The pages are not built (make pages): this wheel answers without them.")

    def _draft(self, source: Path, place: str) -> Path:
        """The rewritten copy of a Python file."""
        assert self._drafts is not None
        root = Path(self.root)
        draft = self._drafts / place
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(moved(source.read_bytes(), str(source.relative_to(root)), root))
        return draft

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the rewritten copies."""
        if self._drafts:
            shutil.rmtree(self._drafts, ignore_errors=True)


def placed(root: Path) -> Iterator[tuple[Path, str]]:
    """Each file of the wheel and its place there."""
    for file in files_in(root / FACADE):
        yield file, file.relative_to(root).as_posix()
    for file in chain.from_iterable(files_in(root / folder) for folder in (*HOUSE, PAGES)):
        yield file, f"{FACADE}/{file.relative_to(root).as_posix()}"


def files_in(folder: Path) -> Iterator[Path]:
    """What lies in a folder, in a fixed order, without caches and hidden files."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        inside = path.relative_to(folder).parts
        if path.is_file() and path.suffix != ".pyc" and not any(part.startswith(".") or part == "__pycache__" for part in inside):
            yield path


def moved(source: bytes, name: str, root: Path) -> bytes:
    """The Python file as it stands under `kith/`. Raises CannotMove."""
    starts = [0, *(found.end() for found in re.finditer(rb"\n", source))]
    tree = ast.parse(source, name)
    places, named = set[int](), set[ast.AST]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            places.update(starts[alias.lineno - 1] + alias.col_offset for alias in ours_of(node, name))
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and OURS.fullmatch(node.module or ""):
            places.add(module_of(node, source, name, starts[node.lineno - 1]))
        elif isinstance(node, ast.Call) and (told := module_told(node)):
            places.add(start_of(told, source, name, starts[told.lineno - 1]))
            named.add(told)
    refuse_other_names(tree, name, root, named)
    edges = [0, *sorted(places), len(source)]
    return PREFIX.join(source[begin:end] for begin, end in pairwise(edges))


def ours_of(node: ast.Import, name: str) -> Iterator[ast.alias]:
    """`import ontology.errors as errors`. Raises CannotMove where it would bind the name of a package of ours."""
    for alias in node.names:
        if OURS.fullmatch(alias.name):
            if not alias.asname:
                raise CannotMove(f"{name}:{alias.lineno}: `import {alias.name}` binds a top-level name; write `from … import …`")
            yield alias


def module_of(node: ast.ImportFrom, source: bytes, name: str, line_start: int) -> int:
    """Where the module's name begins in `from ontology.errors import …`. Raises CannotMove."""
    word = re.compile(rb"from[ \t]+(?=\w)").match(source, line_start + node.col_offset)
    if not word:
        raise CannotMove(f"{name}:{node.lineno}: write the module in the line of `from`")
    return word.end()


def module_told(node: ast.Call) -> ast.Constant | None:
    """The name of a module of ours that is handed to `files("ontology")` and the like."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    first = node.args[0] if node.args and called in TAKES_MODULE else None
    return first if isinstance(first, ast.Constant) and OURS.fullmatch(str(first.value)) else None


def start_of(told: ast.Constant, source: bytes, name: str, line_start: int) -> int:
    """Where the text within the quotes begins. Raises CannotMove."""
    place = line_start + told.col_offset + 1
    if not source.startswith(str(told.value).encode(), place):
        raise CannotMove(f"{name}:{told.lineno}: write the module's name as one plain string")
    return place


def refuse_other_names(tree: ast.AST, name: str, root: Path, named: set[ast.AST]) -> None:
    """A module of ours named in any other string would not be found in the wheel. Raises CannotMove."""
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and node not in named else None
        if isinstance(text, str) and "." in text and OURS.fullmatch(text):
            path = root.joinpath(*text.split("."))
            if path.is_dir() or path.with_suffix(".py").is_file():
                raise CannotMove(f"{name}:{getattr(node, 'lineno', 0)}: {text!r} names a module; derive it from __name__")
