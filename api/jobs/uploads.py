"""What was sent for a job beside its options."""

from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True)
class Uploads:
    """Files by their names, open to be read, and the text of a mapping."""

    files: tuple[tuple[str, IO[bytes]], ...] = ()
    mapping: bytes | None = None
