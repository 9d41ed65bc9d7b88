"""A business tie that a source states between two records."""

from datetime import date

from pydantic import Field

from ontology.base import Identity, Share, Statement


class Link(Statement):
    """One tie, source -> target, true from `began_on` up to `ended_on`.

    `kind` is a tie kind of the rulebook (OWNS, DIRECTS, REPRESENTS, GUARANTEES, SUPPLIES …), read in its direction:
    owner OWNS owned, person DIRECTS firm, guarantor GUARANTEES debtor, seller SUPPLIES buyer, agency AWARDS supplier,
    branch BRANCH_OF head office, new firm SUCCEEDS old firm. TRADES_WITH, FAMILY_OF and ASSOCIATED_WITH have no direction.
    """

    kind: str = Field(pattern="^[A-Z][A-Z_]*$")
    source_id: Identity
    target_id: Identity
    share: Share | None = Field(None, description="Stake held, 0..1; only for OWNS.")
    amount: float | None = Field(None, description="Money that the tie is about, in `currency`; negative for a reversal.")
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    role: str | None = Field(None, max_length=200, description="The source's own word: chairman, supervisor, co-guarantor …")
    indirect: bool = Field(False, description="Held through others: it adds nothing where the chain itself is told.")
    verified: bool = Field(False, description="Confirmed by a body other than the two parties (tax, customs, court).")
    began_on: date | None = None
    ended_on: date | None = Field(None, description="First day it no longer holds.")
    fact_key: str | None = Field(None, max_length=200, description="Invoice, contract or declaration number: one fact a key.")
