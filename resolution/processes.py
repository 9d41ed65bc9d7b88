"""Processes of kith beside this one: what they import from, and how they end.

A helper imports the same installed packages as the process that starts it, wherever those lie, and nothing from the folder the
command is run in: a `yaml.py` beside a data file is data. It ends with its parent, however that ends. docs/decisions/0050
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[__name__.count(".")]
"""Where kith itself is imported from: site-packages, a checkout or an archive."""
NEUTRAL = os.path.abspath(os.sep)
"""The folder helpers run in: none of their libraries finds settings of its own there (numba, OpenCC and Maven look)."""


def import_path() -> list[str]:
    """What this process imports from, absolute, without the working folder, unless kith itself lies there."""
    try:
        working = os.path.realpath(os.getcwd())
    except OSError:  # The folder is gone, and with it every place named from it.
        return [path for path in sys.path if os.path.isabs(path)]
    paths = [os.path.join(working, path) for path in sys.path if path]
    return [path for path in paths if os.path.realpath(path) != working or working == str(HOME)]


def leave_working_folder_out() -> None:
    """Have this process import nothing from the working folder from here on."""
    sys.path[:] = import_path()
    # A `.numba_config.yaml` in the working folder could name a cache of its own, which numba loads as code.
    os.environ.setdefault("NUMBA_CACHE_DIR", "")
    os.environ.setdefault("NUMBA_CACHE_LOCATOR_CLASSES", "")


def start_helper(module: str, call: str, **popen_options: Any) -> "subprocess.Popen[bytes]":
    """Start another interpreter that runs one call of a module of ours. `popen_options` is what `Popen` takes.

    Isolated (-I) it reads no PYTHON… variable and puts no folder of its own first; then it gets this one's path. In a session of
    its own, Ctrl-C ends this process alone, and this process ends that one. Raises OSError where none can be started.
    """
    if not sys.executable:
        raise FileNotFoundError("this process knows no interpreter")
    program = f"import sys; sys.path[:] = {import_path()!a}; from {module} import {call.partition('(')[0]}; {call}"
    command = [sys.executable, "-I", "-c", program]
    return subprocess.Popen(command, cwd=NEUTRAL, start_new_session=True, **popen_options)  # noqa: S603  # This program itself.


def end_with_parent(wait: Callable[[], object]) -> None:
    """End this process once `wait` returns: it returns when the parent's end of a pipe or a socket is closed.

    That happens on every system and whatever ends the parent, kill -9 too; no work in hand holds it up.
    """

    def watch() -> None:
        wait()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
