"""Changes made to a right input at random: of its bytes, its pieces and its numbers, and pieces that programs stumble over."""

from random import Random

# fmt: off
PIECES = (
    b"", b"\0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\r", b"\n", b"\r\n",
    b"\x1a", b'"', b"'", b",", b";", b"\t", b"|", b"{", b"}", b"[", b"]", b"[" * 2000, b'{"a":' * 500, b"<", b">", b"&",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"<a>" * 300, b"NaN", b"Infinity", b"-Infinity", b"1e400", b"-1e400",
    b"9" * 5000, b"0x" + b"f" * 3000, b"1" + b"0" * 400, b"-0", b"0001-01-01", b"9999-12-31", b"2024-02-31", b"31/31/31",
    b"&a [*a]", b"*a", b"<<: *a", b"!!python/name:os.system", b"!!int x", b"!!timestamp x", b"? ", b"- " * 200, b"{code",
    b"{}", b"{@supplier}", b"null", b"true", b"=1+1", b"@", b"\\u0000", b"\\ud800", "公司".encode(), "有限公司".encode("gb18030"),
    b"a" * 5000, b"XFD1048576", b'r="A1"', b"PK\x03\x04", b"PAR1", b" " * 3000, b"(" * 1000, b"1," * 1000, b"utf-16",
    b"base64", b"encoding: undefined",
)
# fmt: on


def mutated(content: bytes, others: list[bytes], dice: Random) -> bytes:
    """The input after one to eight changes; `others` lend pieces."""
    held = bytearray(content)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 5, 8))):
        dice.choice(CHANGES)(held, others, dice)
    return bytes(held[:LONGEST])


LONGEST = 1 << 20


def _place(held: bytearray, dice: Random) -> int:
    return dice.randrange(len(held) + 1)


def _span(held: bytearray, dice: Random) -> slice:
    start = _place(held, dice)
    return slice(start, min(len(held), start + dice.choice((1, 2, 4, 16, 64, 1024))))


def _flip(held: bytearray, _: list[bytes], dice: Random) -> None:
    if held:
        held[dice.randrange(len(held))] ^= 1 << dice.randrange(8)


def _set(held: bytearray, _: list[bytes], dice: Random) -> None:
    if held:
        held[dice.randrange(len(held))] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))


def _put(held: bytearray, _: list[bytes], dice: Random) -> None:
    at = _place(held, dice)
    held[at:at] = dice.choice(PIECES)


def _replace(held: bytearray, _: list[bytes], dice: Random) -> None:
    held[_span(held, dice)] = dice.choice(PIECES)


def _drop(held: bytearray, _: list[bytes], dice: Random) -> None:
    del held[_span(held, dice)]


def _cut(held: bytearray, _: list[bytes], dice: Random) -> None:
    del held[_place(held, dice) :]


def _repeat(held: bytearray, _: list[bytes], dice: Random) -> None:
    span = _span(held, dice)
    held[span.start : span.start] = bytes(held[span]) * dice.choice((1, 2, 8, 64))


def _borrow(held: bytearray, others: list[bytes], dice: Random) -> None:
    other = bytearray(dice.choice(others))
    at = _place(held, dice)
    held[at:at] = other[_span(other, dice)]


def _number(held: bytearray, _: list[bytes], dice: Random) -> None:
    """Four bytes as a length or an offset of a binary format."""
    if len(held) >= 4:
        at = dice.randrange(len(held) - 3)
        value = dice.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000, len(held), dice.getrandbits(32)))
        held[at : at + 4] = value.to_bytes(4, dice.choice(("little", "big")))


def _lines(held: bytearray, _: list[bytes], dice: Random) -> None:
    lines = bytes(held).split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    held[:] = b"\n".join(lines)


CHANGES = (_flip, _set, _put, _put, _replace, _replace, _drop, _cut, _repeat, _borrow, _number, _lines)
