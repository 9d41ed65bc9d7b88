r"""Text of the data as it may be shown on a terminal: nothing in it moves the cursor, turns the line round or forges another.

What could is shown as an escape (`\x1b`, `\u202e`), so that it is seen and does nothing; all else stays as it is written.
docs/decisions/0063 says why.
"""

import re
import unicodedata

JOINERS = "\u200c\u200d"
JOINING_SCRIPTS = (  # Persian, Syriac, the scripts of India, Tibet, Burma, Cambodia, Mongolia: there a joiner is spelling.
    (0x0620, 0x08FF),
    (0x0900, 0x0DFF),
    (0x0F00, 0x109F),
    (0x1780, 0x18AF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFC),
)
EMPTY_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # Letters and marks to Unicode, nothing to the eye.
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    f"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\U00013430-\U0001343f{EMPTY_LETTERS}]"
)


def legible(text: str) -> str:
    r"""One line of text, with all that could deceive shown as an escape.

    >>> legible("Acme\x1b[2J\nFine \u202eknab\u202c")
    'Acme\\x1b[2J\\nFine \\u202eknab\\u202c'
    >>> legible("می\u200cخواهم")
    'می\u200cخواهم'
    """
    return HIDDEN.sub(_escape, text) if HIDDEN.search(text) else text


def one_line(text: str) -> str:
    """The same of a text that may be of several lines, such as what another library says: they become one."""
    return legible(re.sub(r"\s*[\r\n]\s*", " ", text.strip("\r\n")))


def escaped_json(document: str) -> str:
    r"""A JSON document that says the same, and in which nothing hides: such characters stand as `\uXXXX` (RFC 8259, 7).

    >>> escaped_json('{"name": "a\u202eb"}')
    '{"name": "a\\u202eb"}'
    """
    return HIDDEN.sub(lambda match: match[0] if match[0] == "\n" else _as_utf16(match[0]), document)


def _escape(match: re.Match[str]) -> str:
    if match[0] in JOINERS and _is_spelling(match.string, match.start()):
        return match[0]
    return match[0].encode("unicode_escape", "surrogatepass").decode("ascii")


def _is_spelling(text: str, at: int) -> bool:
    """Whether the joiner there stands after a letter of a script that is spelled with them."""
    before = text[at - 1 : at]
    return bool(before) and any(low <= ord(before) <= high for low, high in JOINING_SCRIPTS) and _is_letter(before)


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"


def _as_utf16(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
