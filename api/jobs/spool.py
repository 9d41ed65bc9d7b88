"""The files sent for a job: in a private folder of its own, until the job is forgotten."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from api.settings import Settings
from ontology.errors import StoreFull, WrongCall
from ontology.files import lies_within, stat_regular_file
from ontology.limits import unstorable
from ontology.personal_ids import mask
from store.port import Store
from store.private_files import make_private_folder, private_file
from store.user_cache import user_cache

PIECE_BYTES = 1 << 20
NAME_LENGTH_MAX = 120
FILES, MAPPING, REJECTS = "files", "mapping.yaml", "rejects"


@dataclass(frozen=True)
class Spool:
    """Where the files of jobs lie on this machine."""

    folder: Path

    def of_job(self, id_: str) -> Path:
        """The folder of one job, made where it is not there."""
        place = self.folder / id_
        make_private_folder(place / FILES)
        return place

    def remove(self, ids: Iterable[str]) -> None:
        """Forget the files of these jobs."""
        for id_ in ids:
            shutil.rmtree(self.folder / id_, ignore_errors=True)


def spool_of(store: Store, settings: Settings) -> Spool:
    """The folder that the settings name, else one of this store in the user's cache."""
    folder = settings.jobs_folder or user_cache("jobs", store.kept_folders[-1].name)
    return Spool(folder.expanduser().absolute())


def keep_upload(place: Path, name: str, content: IO[bytes]) -> Path:
    """Write an upload to the folder of a job, piece by piece. Raises WrongCall for a name twice, StoreFull."""
    target = place / FILES / plain_name(name)
    if target.exists():
        raise WrongCall(file=target.name, problem="two files have this name", remedy="Send it under another name.")
    try:
        with private_file(target) as out:
            shutil.copyfileobj(content, out, PIECE_BYTES)
    except OSError as cause:
        raise StoreFull(file=target.name, remedy="The folder of uploads cannot be written to: look at its disk.") from cause
    return target


def plain_name(name: str) -> str:
    """The last part of a file's name, personal ids masked, without what a path is made of.

    >>> plain_name("../../etc/passwd"), plain_name("C:\\\\lists\\\\a.csv"), plain_name("..")
    ('passwd', 'a.csv', 'file')
    """
    last = mask(PurePath(name.replace("\\", "/")).name).strip().lstrip(".")
    visible = "".join(letter for letter in last if letter.isprintable() and not unstorable(letter))
    stem, dot, ending = visible.rpartition(".")
    return (f"{stem[: NAME_LENGTH_MAX - len(ending[:20])]}{dot}{ending[:20]}" if dot else visible[:NAME_LENGTH_MAX]) or "file"


def files_of(place: Path) -> list[Path]:
    """The uploaded files of a job, by name."""
    return sorted((place / FILES).iterdir()) if (place / FILES).is_dir() else []


def inbox_files(settings: Settings, names: Iterable[str]) -> Iterator[Path]:
    """Files of the inbox by their paths in it. Raises WrongCall without one, or for a path that leads out of it."""
    for name in names:
        inbox = settings.inbox.expanduser().absolute() if settings.inbox else None
        if inbox is None:
            raise WrongCall(
                field="paths", problem="this kith has no inbox", remedy="Upload the file, or ask the operator for KITH_INBOX."
            )
        path = inbox / name
        with suppress(OSError, ValueError):  # A name with a NUL, or one that no disk holds.
            if lies_within(path, inbox) and not path.is_symlink():
                stat_regular_file(path)
                yield path
                continue
        raise WrongCall(field="paths", file=mask(name), problem="no file of the inbox", remedy="Name it from the inbox on.")
