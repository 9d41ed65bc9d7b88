"""The logic-v2 matcher of nomenklatura, in an environment of its own: it is large, and no dependency of ours."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "nomenklatura>=4,<5"
SCRIPT = Path(__file__).with_name("logic_v2_scores.py")
INSTALL_S, SCORE_S = 1200, 1200


@dataclass(frozen=True)
class PairScores:
    """Scores 0..1 in the order asked, microseconds a pair, and the version that gave them; or why there are none."""

    scores: list[float]
    us: float = 0.0
    version: str = ""
    problem: str = ""


def score_pairs(file: Path) -> PairScores:
    """Scores of every pair of name_pairs.csv; a plain word where the tool cannot be had here."""
    try:
        python = _environment()
        completed = subprocess.run([python, SCRIPT, file], check=True, capture_output=True, text=True, timeout=SCORE_S)
    except (subprocess.SubprocessError, OSError) as cause:
        return PairScores([], problem=f"not measured here: {type(cause).__name__}{_last_line(cause)}")
    report = json.loads(completed.stdout)
    return PairScores(report["scores"], report["us"], report["version"])


def _environment() -> Path:
    """Its Python; made once in the cache folder."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kith" / "bench" / "logic_v2"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True, timeout=INSTALL_S)
    if subprocess.run([python, "-c", "import nomenklatura"], check=False, capture_output=True).returncode:
        install: Sequence[str | Path] = [python, "-m", "pip", "install", "--quiet", PACKAGE]
        subprocess.run(install, check=True, capture_output=True, timeout=INSTALL_S)
    return python


def _last_line(cause: Exception) -> str:
    stderr = getattr(cause, "stderr", None) or b""
    text = stderr if isinstance(stderr, str) else stderr.decode(errors="replace")
    return f", {text.strip().splitlines()[-1]}" if text.strip() else ""
