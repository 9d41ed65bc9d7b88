"""A supplier directory in English: trading names, phones and half addresses, no codes."""

from collections.abc import Iterator
from random import Random

from samples.facts import Firm
from samples.files.source_writer import SourceWriter
from samples.formats import write_csv

LISTED_SHARE = 0.25


def write(desk: SourceWriter) -> None:
    """Profiles of a part of the firms, in English only."""
    header = ("profile_id", "company_name", "city", "address", "phone", "website", "main_products", "year_established")
    path = desk.file("supplier_directory.csv", "supplier_directory", "supplier directory in English")
    write_csv(path, header, _rows(desk))


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


def _rows(desk: SourceWriter) -> Iterator[tuple[object, ...]]:
    rng, storied = desk.hand.rng, {story.party.cluster for story in desk.world.stories}
    place = 0
    for firm in desk.world.firms:
        if firm.cluster in storied or rng.random() < LISTED_SHARE:
            place += 1
            yield _profile(desk, firm, f"SD{place:06d}")


def _profile(desk: SourceWriter, firm: Firm, profile_id: str) -> tuple[object, ...]:
    rng = desk.hand.rng
    desk.truth.note("supplier_directory", profile_id, firm)
    site = f"www.{firm.name_en.removeprefix(firm.region.en).split()[0].lower()}{firm.cluster[1:].lstrip('0')}.example"
    return (
        profile_id,
        english_name(firm, rng),
        firm.region.en,
        firm.address.en if rng.random() < 0.6 else f"{firm.address.street.en}, {firm.region.en}",
        desk.hand.phone(firm.phone) if rng.random() < 0.85 else "",
        site if rng.random() < 0.5 else "",
        firm.industry.en,
        firm.founded.year if rng.random() < 0.7 else "",
    )
