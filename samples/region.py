"""Writes a whole sample region into a folder: sources, truth, the list to check, and what it all is."""

import json
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import WrongCall
from samples.clerk import Clerk
from samples.facts import TODAY, Firm, World
from samples.files import WRITERS, SourceWriter
from samples.formats import write_csv
from samples.generation import generate_world
from samples.rng import seeded_rng
from samples.suppliers import supplier_firms, write_suppliers
from samples.truth import Truth
from samples.variant import AS_REGISTERED, Variant
from store.private_files import write_private

FIRMS_MIN = 120  # Below this the stories leave no room for ordinary firms.


@dataclass(frozen=True)
class Sample:
    """What was written where. `our_firm` is the name of the SME whose suppliers `suppliers` lists.

    `kinds` says for each source file by its name which mapping reads it.
    """

    folder: Path
    sources: tuple[Path, ...]
    suppliers: Path
    truth_records: Path
    truth_stories: Path
    our_firm: str
    our_firm_record: str
    as_of: str
    records: int
    kinds: dict[str, str]


def write_sample(
    folder: Path, *, seed: int, firms: int = 400, relations: int = 4, times: int = 3, variant: Variant = AS_REGISTERED
) -> Sample:
    """Writes the region of a seed: the source files, `check/suppliers.csv`, `truth/`, `README.md`.

    firms:     how many firms in all, at least 120.
    relations: how many suppliers an ordinary firm has on average; times: invoices between two firms on average.
    variant:   what the region's sources leave out or tell otherwise; by default nothing.
    The same arguments give the same bytes. Raises WrongCall where there are too few firms.
    """
    if firms < FIRMS_MIN:
        raise WrongCall(firms=firms, least=FIRMS_MIN, remedy=f"Ask for {FIRMS_MIN} firms or more.")
    world, our_firm = generate_world(seed=seed, firms=firms, relations=relations, times=times, variant=variant)
    truth, sources = _write_sources(folder, world, our_firm, seed, variant)
    (folder / "check").mkdir(exist_ok=True)
    write_suppliers(
        folder / "check" / "suppliers.csv", supplier_firms(world, our_firm), Clerk(seeded_rng(seed, "suppliers"), care=0.5)
    )
    _write_truth(folder / "truth", world, truth)
    sample = Sample(
        folder=folder,
        sources=tuple(folder / name for name, _, _ in sources),
        suppliers=folder / "check" / "suppliers.csv",
        truth_records=folder / "truth" / "records.csv",
        truth_stories=folder / "truth" / "stories.csv",
        our_firm=our_firm.name,
        our_firm_record=f"business_registry:{our_firm.uscc}",
        as_of=TODAY.isoformat(),
        records=len(truth.clusters),
        kinds={name: mapping for name, mapping, _ in sources},
    )
    _write_descriptions(sample, sources, seed)
    return sample


def _write_sources(
    folder: Path, world: World, our_firm: Firm, seed: int, variant: Variant
) -> tuple[Truth, list[tuple[str, str, str]]]:
    folder.mkdir(parents=True, exist_ok=True)
    truth, sources = Truth(), list[tuple[str, str, str]]()
    for write in WRITERS:
        place = write.__module__.partition("samples.")[2]
        purpose = f"api.samples.{place}.{write.__name__}"  # As first written: a seed's region stays, wherever its writers lie.
        clerk = Clerk(seeded_rng(seed, purpose), care=0.85)
        write(SourceWriter(world, folder, clerk, truth, our_firm, sources, variant))
    return truth, sources


def _write_truth(folder: Path, world: World, truth: Truth) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / "records.csv", ("record_id", "cluster"), truth.clusters.items())
    record_of = {cluster: record for record, cluster in reversed(truth.clusters.items())}
    rows = (
        (story.story, story.role, story.party.cluster, record_of[story.party.cluster], story.party.name, story.expect, story.note)
        for story in world.stories
    )
    write_csv(folder / "stories.csv", ("story", "role", "cluster", "record_id", "name", "expect", "note"), rows)


def _write_descriptions(sample: Sample, sources: list[tuple[str, str, str]], seed: int) -> None:
    manifest = {
        "seed": seed,
        "as_of": sample.as_of,
        "our_firm": {"name": sample.our_firm, "record_id": sample.our_firm_record},
        "records": sample.records,
        "sources": [{"file": name, "mapping": mapping} for name, mapping, _ in sources],
    }
    write_private(sample.folder / "truth" / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    files = "\n".join(f"| {name} | {description} |" for name, _, description in sources)
    write_private(sample.folder / "README.md", README.format(sample=sample, seed=seed, files=files))


README = """# A sample region (seed {seed})
Everything here is invented: the towns 岚汀市 (Lanting) and 淙州市 (Congzhou), their division codes, every firm, person, agency,
address and number. Likeness with anybody is chance. Today is **{sample.as_of}** in this sample; all days are counted from it.

The firm that asks is **{sample.our_firm}**; `check/suppliers.csv` is its list of suppliers, as its clerk typed them.

| file | what |
|---|---|
{files}
| check/suppliers.csv | the list to check |
| truth/records.csv | record_id, cluster: which records are one party |
| truth/stories.csv | the planted stories: who should be found and why, and who should be left in peace |

    kith ingest .
    kith resolve
    kith propagate --as-of {sample.as_of}
    kith check check/suppliers.csv --as-of {sample.as_of}
"""
