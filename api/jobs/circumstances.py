"""What a job is done under: who asked, in which language, for which day."""

from datetime import date

from api.context.callers import Caller
from ontology.base import ImmutableModel
from ontology.rulebook_parts import Language


class JobCircumstances(ImmutableModel):
    """As of the request that began the job. as_of: None for the day of the last run."""

    caller: Caller | None = None
    lang: Language = "en"
    as_of: date | None = None
