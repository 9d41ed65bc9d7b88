"""The screening contract's routes: at the root, as its clients ask for them, with errors in its own form."""

from fastapi import APIRouter

from api.routes.contract import catalog, entities, matches, reconcile, search, statements

router = APIRouter()
for noun in (matches, reconcile, search, entities, statements, catalog):
    router.include_router(noun.router)
