"""The pages are typed by the API's own contract."""

from tests.browser.conftest import absent
from tests.browser.region import PROJECT
from tests.browser.schema import KEPT, generated


def test_the_pages_types_are_those_of_the_api() -> None:
    if not (PROJECT / "web" / "node_modules" / "openapi-typescript").is_dir():
        absent("the pages' packages are not installed: run `make pages`")
    assert generated() == KEPT.read_text("utf-8"), "run `python -m tests.browser.schema`, then look what it means for the pages"
