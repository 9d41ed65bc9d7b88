"""What every source file is written with: the world, the folder, the clerk who types it, and the truth to note."""

from dataclasses import dataclass
from pathlib import Path

from samples.clerk import Clerk
from samples.facts import Agency, Firm, Listing, Person, World
from samples.truth import Truth
from samples.variant import AS_REGISTERED, Variant, mask_birth


def release_of(firm: Firm) -> str:
    """The number under which a firm released its own data."""
    return f"R-2026-{firm.cluster[1:]}"


@dataclass
class SourceWriter:
    """`sources` collects (file name, mapping, what it is) for the manifest."""

    world: World
    folder: Path
    clerk: Clerk
    truth: Truth
    our_firm: Firm
    sources: list[tuple[str, str, str]]
    variant: Variant = AS_REGISTERED

    def file(self, name: str, mapping: str, description: str) -> Path:
        """The path of a new source file, entered in the manifest."""
        self.sources.append((name, mapping, description))
        return self.folder / name

    def firm(
        self, dataset: str, firm: Firm, *, missing_chance: float = 0.0, wrong_chance: float = 0.0, is_noted: bool = True
    ) -> tuple[str, str]:
        """Name and code of a firm as this source writes them; the record they make is noted.

        A record is known by its code, else by its name as written. A spelling that would be somebody else's is not used.
        is_noted: False for a row that states nothing and so makes no record.
        """
        name, code = self.clerk.name(firm), self.clerk.code(firm, missing_chance=missing_chance, wrong_chance=wrong_chance)
        if not code and not self.truth.free(dataset, name, firm):
            name = firm.name
        if is_noted:
            self.truth.note(dataset, code or name, firm)
        return name, code

    def resident_id(self, person: Person) -> str:
        """The number of a person as a register shows it."""
        return mask_birth(person.resident_id) if self.variant.masked_ids else person.resident_id

    def agency(self, dataset: str, agency: Agency, *, with_code: bool = True) -> tuple[str, str]:
        """Name and code of an agency; the record is noted."""
        code = agency.uscc if with_code else ""
        self.truth.note(dataset, code or agency.name, agency)
        return agency.name, code

    def first_of(self, industry: str) -> Firm:
        """The first firm of an industry: its bank, waterworks or platform."""
        return next(firm for firm in self.world.firms if firm.industry.zh == industry)

    def firm_listings(self, source: str) -> list[tuple[Listing, Firm]]:
        """The entries of a list of firms, each with its firm."""
        return [(entry, entry.party) for entry in self.listings(source) if isinstance(entry.party, Firm)]

    def listings(self, source: str) -> list[Listing]:
        """The entries of one list, by day and case."""
        entries = [entry for entry in self.world.listings if entry.source == source]
        return sorted(entries, key=lambda entry: (entry.listed_on, entry.case_no))
