"""What of the data may reach a terminal."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.text.legible import escaped_json, legible, one_line

OBEYED = {
    "clears the screen": "\x1b[2J",
    "sets the title": "\x1b]0;kith\x07",
    "links elsewhere": "\x1b]8;;http://x\x1b\\",
    "8-bit CSI": "\x9b31m",
    "8-bit OSC": "\x9d0;x\x9c",
    "goes back": "\rFine",
    "rubs out": "Stop\b\b\b\bFine",
    "forges a line": "\n2. Fine",
    "forges a line with NEL": "\x85Fine",
    "line separator": "\u2028Fine",
    "paragraph separator": "\u2029Fine",
    "vertical tab": "\vFine",
    "override": "\u202egnp.exe",
    "embedding": "\u202aA\u202c",
    "isolate": "\u2067A\u2069",
    "marks": "\u200e\u200f\u061c",
    "zero width": "Ac\u200bme",
    "joiner between Latin letters": "Ac\u200dme",
    "non-joiner at the start": "\u200cAcme",
    "joiner after an Arabic comma": "،\u200d",
    "byte order mark": "\ufeffAcme",
    "soft hyphen": "Ac\xadme",
    "invisible operators": "a\u2062b\u2064",
    "tags": "a\U000e0041\U000e007f",
    "filler": "\u3164\uffa0\u115f",
    "lone surrogate": "a\ud800",
    "delete": "\x7f",
    "NUL": "a\x00b",
}
AS_WRITTEN = (
    "鹏程贸易有限公司（岚汀）",
    "Société Générale – “Zürich” №7",
    "می\u200cخواهم",
    "क्\u200dष श्री\u200cमान्",
    "ശ്രീ\u200d",
    "葛\U000e0100城",
    "שלום ושות׳",
    "٣؀",
    "Ⅷ ½ 𠮷野家",
    "[red]Ltd[/red] [link=http://x]y[/link] :smile:",
    "a\\x1b b",
)


@pytest.mark.parametrize("text", OBEYED.values(), ids=OBEYED)
def test_what_a_terminal_would_obey_is_shown_and_does_nothing(text: str) -> None:
    shown = legible(text)
    assert shown != text
    assert "\\" in shown
    shown.encode("utf-8")
    assert not [sign for sign in shown if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_names_stay_as_they_are_written(text: str) -> None:
    assert legible(text) == text


@given(st.text(st.characters()))
def test_nothing_that_moves_or_hides_is_left_of_any_text(text: str) -> None:
    shown = legible(text)
    left = {
        sign
        for sign in shown
        if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(sign) in BIDI
    }
    assert not left
    assert legible(shown) == shown


BIDI = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


@given(st.dictionaries(st.text(st.characters()), st.text(st.characters())))
def test_json_reads_back_exactly_and_holds_nothing_hidden(body: dict[str, str]) -> None:
    document = escaped_json(json.dumps(body, ensure_ascii=False, indent=2))
    assert json.loads(document) == body
    document.encode("utf-8")
    assert legible(document.replace("\n", "").replace("\u200c", "").replace("\u200d", "")) == document.replace("\n", "")


def test_what_a_library_says_over_several_lines_becomes_one() -> None:
    assert (
        one_line("mapping values are not allowed\n  in line 2\r\n\x1b[2J") == "mapping values are not allowed in line 2 \\x1b[2J"
    )
