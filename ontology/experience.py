"""The outcome of one dealing, told by one of its parties."""

from datetime import date

from pydantic import Field

from ontology.base import Identity, Statement


class Experience(Statement):
    """`reporter_id` dealt with `subject_id`, and this is how the subject behaved.

    `outcome` is an outcome of the rulebook's evidence section (paid_on_time, paid_late, defaulted, delivered,
    not_delivered, rating) and gives the weight; a rating carries its own in `rating`.
    """

    reporter_id: Identity
    subject_id: Identity
    dealing: str = Field(pattern="^(invoice|order|contract|declaration|loan|bill|rating|guarantee)$")
    outcome: str = Field(min_length=1, max_length=40)
    rating: float | None = Field(None, ge=-1.0, le=1.0, description="Only for outcome `rating`.")
    amount: float | None = None
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    happened_on: date
    fact_key: str | None = Field(None, max_length=200, description="Invoice, order or contract number.")
    disputed: bool = Field(False, description="The dealing ended in a dispute on the platform.")
