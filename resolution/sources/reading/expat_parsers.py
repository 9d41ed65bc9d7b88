"""XML parsers for what anybody sends: a document that declares entities is refused before one is read."""

from collections.abc import Callable
from xml.parsers import expat


def parser_without_entities(refusal: Callable[[], Exception], encoding: str | None = None) -> expat.XMLParserType:
    """A parser that raises `refusal()` at the first entity that is declared or fetched. encoding: else what the document says."""
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True

    def refuse(*_: object) -> int:
        raise refusal()

    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    return parser
