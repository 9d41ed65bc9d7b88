"""Packs from their folders: those of the product by name, a person's own by path."""

from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import ValidationError

from ontology.documents import read_yaml_page
from ontology.errors import MappingInvalid, SourceUnreadable
from ontology.files import lies_within, read_whole
from ontology.limits import YAML_BYTES_MAX
from resolution.sources.graphs.formats import GRAPHS
from resolution.sources.mappings.language import Mapping
from resolution.sources.mappings.library import MappingPageLoader, invalid_page, library, mapping_at
from resolution.sources.packs.pack import Pack

PAGE = "pack.yaml"
REMEDY = "See docs/sources/packs.md for what a pack may say."


@cache
def packs() -> dict[str, Pack]:
    """Every pack of the product by name."""
    root = Path(str(files("resolution.sources.packs")))
    found_packs = [pack_at(folder) for folder in sorted(root.iterdir()) if (folder / PAGE).is_file()]
    return {pack.pack: pack for pack in found_packs}


@cache
def known_mappings() -> dict[str, Mapping]:
    """Every mapping of the product by name: the built-in kinds and the pages of the packs."""
    return library() | {mapping.mapping: mapping for pack in packs().values() for mapping in pack.mappings.values()}


@cache
def _packs_by_kind() -> dict[str, Pack]:
    return {mapping.mapping: pack for pack in packs().values() for mapping in pack.mappings.values()}


def pack_of_kind(kind: str) -> Pack | None:
    """The pack that a mapping of the product belongs to; None for a built-in kind or a mapping of one's own."""
    return _packs_by_kind().get(kind)


def find_pack(name: str) -> Pack:
    """A pack of the product by its name, or one of a person's own by its folder. Raises MappingInvalid."""
    if name in packs():
        return packs()[name]
    if (Path(name) / PAGE).is_file():
        return pack_at(Path(name))
    nearest = get_close_matches(name[:100], packs(), n=1, cutoff=0.0)
    raise MappingInvalid(
        pack=name[:100],
        problem="no pack of this name, and no folder with a pack.yaml",
        remedy=f"The nearest is {nearest[0]}; `kith packs list` names them all." if nearest else REMEDY,
    )


def pack_at(folder: Path) -> Pack:
    """The pack of a folder with all its pages. Raises MappingInvalid."""
    place = f"{folder.name}/{PAGE}"
    if not lies_within(folder / PAGE, folder):
        raise _leads_out(place)
    try:
        content = read_yaml_page(read_whole(folder / PAGE, YAML_BYTES_MAX).decode("utf-8-sig"), MappingPageLoader)
        pack = Pack.model_validate(content)
    except SourceUnreadable as cause:
        raise MappingInvalid(pack=place, problem=cause.facts.get("problem"), remedy=cause.remedy) from cause
    except (yaml.YAMLError, UnicodeDecodeError) as cause:
        raise MappingInvalid(pack=place, problem=f"not YAML: {cause}".replace("\n", " "), remedy=REMEDY) from cause
    except ValidationError as cause:
        raise invalid_page(cause, Pack, "pack", place, REMEDY) from cause
    return pack.settle(
        folder, {file.mapping: mapping_at(_page(folder, file.mapping)) for file in pack.files if _is_page(file.mapping)}
    )


def _is_page(mapping: str) -> bool:
    return mapping not in GRAPHS and mapping not in library()


def _page(folder: Path, name: str) -> Path:
    """The page in the pack's own folder: a pack of somebody else reads nothing beyond it."""
    if Path(name).name != name or not name.endswith(".yaml"):
        raise MappingInvalid(
            pack=folder.name,
            mapping=name[:100],
            problem="no page of this pack, and no known kind",
            remedy="Name a .yaml beside pack.yaml.",
        )
    if not lies_within(folder / name, folder):
        raise _leads_out(f"{folder.name}/{name}")
    return folder / name


def _leads_out(place: str) -> MappingInvalid:
    return MappingInvalid(pack=place, problem="a link that leads out of the pack's folder", remedy="Put the page itself there.")
