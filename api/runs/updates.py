"""`kith update`: what publishers changed since the last time, fetched and loaded as the next state of their sources."""

import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from api.runs.journey import load_files
from api.settings import Settings
from api.text.progress import ReportProgress, no_progress
from api.wiring import now_of
from ontology.errors import KithError, WrongCall
from store.port import Store

if TYPE_CHECKING:
    from resolution.sources.fetching import Version
    from resolution.sources.ingest import Ingested
    from resolution.sources.packs.pack import Pack, PackFile

KEY = "update"


class NothingToUpdate(WrongCall):
    """No pack is loaded, or none that says where its files are."""

    title = "Nothing to update"


@dataclass(frozen=True)
class PackUpdate:
    """What came of one pack. fetched: addresses that gave something new; unchanged: those that did not."""

    pack: str
    fetched: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    files: tuple["Ingested", ...] = ()
    trouble: str | None = None
    remedy: str | None = None


@dataclass
class _Fetched:
    """What one pack's addresses gave: files, those that had not changed, and what their publishers say of them."""

    paths: list[Path] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    versions: dict[str, "Version"] = field(default_factory=dict)


@dataclass(frozen=True)
class UpdateOptions:
    """How packs are brought up to date.

    base:        where the files of the packs lie under their last names, in place of their publishers' own addresses.
    drop_max:    share of a list's statements that may be gone from its next state, 0 to 1; None for the usual one.
    rejects_dir: folder of the reject files; None for the working folder.
    """

    base: str | None = None
    drop_max: float | None = None
    rejects_dir: Path | None = None


def update_sources(
    store: Store,
    names: Iterable[str] = (),
    *,
    settings: Settings,
    options: UpdateOptions | None = None,
    report: ReportProgress = no_progress,
) -> tuple[PackUpdate, ...]:
    """Bring packs up to date; those that are loaded where none is named. Raises NothingToUpdate, MappingInvalid.

    A pack that fails is told in its `trouble`, and nothing of it is changed.
    """
    from resolution.sources.packs.pack_library import find_pack

    chosen = list(names) or _loaded_packs(store)
    packs = [find_pack(name) for name in chosen]
    if not any(file.address for pack in packs for file in pack.files):
        raise NothingToUpdate(packs=", ".join(chosen) or "none", remedy=_remedy(packs))
    updater = _Updater(store, settings, options or UpdateOptions(), report)
    return tuple(updater.try_update(pack, name) for pack, name in zip(packs, chosen, strict=True))


def _remedy(packs: list["Pack"]) -> str:
    if not packs:
        return "`kith packs list` names them all: kith update PACK."
    pages = dict.fromkeys(file.page for pack in packs for file in pack.files if file.page)
    where = f" ({', '.join(pages)})" if pages else ""
    return f"No address gives their files by itself: fetch them by hand{where}, then kith ingest FILE --pack."


def _loaded_packs(store: Store) -> list[str]:
    from resolution.sources.packs.pack_library import packs

    return sorted({file["pack"] for file in store.read("sources/files")} & packs().keys())


@dataclass(frozen=True)
class _Updater:
    store: Store
    settings: Settings
    options: UpdateOptions
    report: ReportProgress

    def try_update(self, pack: "Pack", name: str) -> PackUpdate:
        """What came of one pack, its trouble included."""
        try:
            return self._update(pack, name)
        except KithError as cause:
            return PackUpdate(pack.pack, trouble=str(cause), remedy=cause.remedy)

    def _update(self, pack: "Pack", name: str) -> PackUpdate:
        with tempfile.TemporaryDirectory(prefix="kith-update-") as folder:
            fetched = self._fetch_files(pack, Path(folder))
            if not fetched.paths:
                return PackUpdate(pack.pack, unchanged=tuple(fetched.unchanged))
            loaded = load_files(
                self.store,
                fetched.paths,
                settings=self.settings,
                pack=name,
                drop_max=self.options.drop_max,
                rejects_dir=self.options.rejects_dir or Path.cwd(),
                report=self.report,
            )
        failed = next((file for file in loaded if file.trouble), None)
        if failed is None:
            self._keep_versions(pack, fetched.versions)
        trouble, remedy = (failed.trouble, failed.remedy) if failed else (None, None)
        return PackUpdate(pack.pack, tuple(fetched.addresses), tuple(fetched.unchanged), tuple(loaded), trouble, remedy)

    def _fetch_files(self, pack: "Pack", folder: Path) -> _Fetched:
        """The files of a pack that changed. Where its pages join files of one folder, all of them or none."""
        from resolution.sources.fetching import Version

        joins = any(mapping.format.join for mapping in pack.mappings.values())
        earlier = {address: Version(**told) for address, told in self._kept_versions(pack).items()}
        fetched = self._fetch_once(pack, folder, earlier)
        if joins and fetched.paths and fetched.unchanged:
            fetched = self._fetch_once(pack, folder, {})
        return fetched

    def _fetch_once(self, pack: "Pack", folder: Path, earlier: dict[str, "Version"]) -> _Fetched:
        from resolution.sources.fetching import Limits, check_sum, fetch, file_name_of
        from resolution.sources.reading.archives import packed_ending

        limits = Limits(self.settings.fetch_bytes_max, self.settings.fetch_private)
        fetched = _Fetched()
        for file, address in self._addresses(pack):
            if address in (*fetched.addresses, *fetched.unchanged):  # Sheets of one workbook.
                continue
            target = folder / file_name_of(address, file.names)
            if target in fetched.paths:  # Another address with the same last name.
                target = folder / str(len(fetched.paths)) / target.name
                target.parent.mkdir()
            self.report(f"Fetching {target.name}")
            version = fetch(address, target, earlier=earlier.get(address), limits=limits)
            if version is None:
                fetched.unchanged.append(address)
                continue
            if file.checksum and not self.options.base:
                check_sum(target, file.checksum, limits=limits)
            if ending := packed_ending(target):
                target = target.rename(target.with_name(target.name + ending))
            fetched.paths.append(target)
            fetched.addresses.append(address)
            fetched.versions[address] = version
        return fetched

    def _addresses(self, pack: "Pack") -> list[tuple["PackFile", str]]:
        base = self.options.base
        named = [(file, file.address) for file in self._wanted_files(pack) if file.address]
        return named if base is None else [(file, f"{base.rstrip('/')}/{Path(address).name}") for file, address in named]

    def _wanted_files(self, pack: "Pack") -> list["PackFile"]:
        """Of files that hold the same in several forms those that are loaded; before any is, the first form."""
        names = [file["name"] for file in self.store.read("sources/files") if file["pack"] == pack.pack and file["complete"]]
        loaded = [file for file in pack.files if any(map(file.fits, names))]
        has_other_form = any(file.other_form for file in loaded)
        return [file for file in pack.files if file in loaded or not (file.other_form or has_other_form)]

    def _kept_versions(self, pack: "Pack") -> dict[str, dict[str, str]]:
        rows = self.store.read("meta/get", key=f"{KEY}.{pack.pack}")
        return dict(from_json(rows[0]["value"])["versions"]) if rows else {}

    def _keep_versions(self, pack: "Pack", versions: dict[str, "Version"]) -> None:
        kept = self._kept_versions(pack) | {address: asdict(version) for address, version in versions.items()}
        value = to_json({"versions": kept, "updated_at": now_of(self.settings).isoformat()}).decode()
        self.store.write("meta/put", rows=[{"key": f"{KEY}.{pack.pack}", "value": value}])
