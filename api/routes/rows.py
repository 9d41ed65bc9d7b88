"""Source rows."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.http.dependencies import InContext
from api.parties.source_rows import source_row
from api.schemas.parties import ShownRow

router = APIRouter(tags=["rows"])


@router.get("/rows/{row_id:path}", summary="What exactly did the source say?")
def read_row(
    row_id: Annotated[str, Path(description="Id of the row: `<file id>#<row>`, `#` as %23.", examples=["5f3a9c0e#17"])],
    context: InContext,
) -> ShownRow:
    """The row as it was loaded, with file and row number; personal ids are masked. Encode `#` as %23."""
    return source_row(context.store, row_id)
