"""A supplier directory in English: trading names, phones and half addresses, no codes."""

from collections.abc import Iterator
from random import Random

from samples.facts import Firm
from samples.files.source_writer import SourceWriter
from samples.formats import write_csv

LISTED_SHARE = 0.25


def write(writer: SourceWriter) -> None:
    """Profiles of a part of the firms, in English only."""
    header = ("profile_id", "company_name", "city", "address", "phone", "website", "main_products", "year_established")
    path = writer.file("supplier_directory.csv", "supplier_directory", "supplier directory in English")
    write_csv(path, header, _rows(writer))


def english_name(firm: Firm, rng: Random) -> str:
    """The English name as firms spell it on their own pages: registered in no register, so never twice the same."""
    full = firm.name_en
    return rng.choice(
        (
            full,
            full.upper(),
            full.replace("Co., Ltd.", "Co.,Ltd"),
            full.replace("Co., Ltd.", "Company Limited"),
            full.replace(firm.industry.en, firm.industry.short_en),
            full.replace("Joint Stock Co., Ltd.", "Inc.").replace(" Co., Ltd.", ""),
        )
    )


def _rows(writer: SourceWriter) -> Iterator[tuple[object, ...]]:
    rng, storied = writer.clerk.rng, {story.party.cluster for story in writer.world.stories}
    number = 0
    for firm in writer.world.firms:
        if firm.cluster in storied or rng.random() < LISTED_SHARE:
            number += 1
            yield _profile(writer, firm, f"SD{number:06d}")


def _profile(writer: SourceWriter, firm: Firm, profile_id: str) -> tuple[object, ...]:
    rng = writer.clerk.rng
    writer.truth.note("supplier_directory", profile_id, firm)
    site = f"www.{firm.name_en.removeprefix(firm.region.en).split()[0].lower()}{firm.cluster[1:].lstrip('0')}.example"
    return (
        profile_id,
        english_name(firm, rng),
        firm.region.en,
        firm.address.en if rng.random() < 0.6 else f"{firm.address.street.en}, {firm.region.en}",
        writer.clerk.phone(firm.phone) if rng.random() < 0.85 else "",
        site if rng.random() < 0.5 else "",
        firm.industry.en,
        firm.founded_on.year if rng.random() < 0.7 else "",
    )
