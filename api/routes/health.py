"""Is it alive, and can it answer?"""

from fastapi import APIRouter, Request

from ontology.errors import ServerStopping

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Is the process alive?")
def healthz() -> dict[str, str]:
    """Always `ok` while the process answers at all."""
    return {"status": "ok"}


@router.get("/readyz", summary="Can questions be answered now?")
def readyz(request: Request) -> dict[str, str]:
    """`ok` where the store answers; 503 where it does not, and once the server was told to stop."""
    if request.app.state.stopping.is_set():
        raise ServerStopping(remedy="Ask another server, or this one in some seconds.")
    request.app.state.kith.store.read("meta/get", key="ready")
    return {"status": "ok"}
