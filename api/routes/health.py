"""Is it alive, and can it answer?"""

from fastapi import APIRouter, Request

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Is the process alive?")
def healthz() -> dict[str, str]:
    """Always `ok` while the process answers at all."""
    return {"status": "ok"}


@router.get("/readyz", summary="Can questions be answered now?")
def readyz(request: Request) -> dict[str, str]:
    """`ok` where the store answers; 503 where it does not."""
    request.app.state.kith.store.read("meta/get", key="ready")
    return {"status": "ok"}
