"""Source rows."""

from fastapi import APIRouter

from api.answers import ShownRow
from api.requests import InAsked
from api.source_rows import source_row

router = APIRouter(tags=["rows"])


@router.get("/rows/{row_id:path}", summary="What exactly did the source say?")
def read_row(row_id: str, asked: InAsked) -> ShownRow:
    """The row as it was loaded, with file and row number; personal ids are masked. Encode `#` as %23."""
    return source_row(asked.store, row_id)
