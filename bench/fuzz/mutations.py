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


def mutate(content: bytes, seed_contents: list[bytes], rng: Random) -> bytes:
    """The input after one to eight changes; `seed_contents` lend pieces."""
    content_bytes = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5, 8))):
        rng.choice(CHANGES)(content_bytes, seed_contents, rng)
    return bytes(content_bytes[:LENGTH_MAX])


LENGTH_MAX = 1 << 20


def _position(content: bytearray, rng: Random) -> int:
    return rng.randrange(len(content) + 1)


def _span(content: bytearray, rng: Random) -> slice:
    start = _position(content, rng)
    return slice(start, min(len(content), start + rng.choice((1, 2, 4, 16, 64, 1024))))


def _flip_bit(content: bytearray, _: list[bytes], rng: Random) -> None:
    if content:
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def _set_byte(content: bytearray, _: list[bytes], rng: Random) -> None:
    if content:
        content[rng.randrange(len(content))] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))


def _insert_piece(content: bytearray, _: list[bytes], rng: Random) -> None:
    start = _position(content, rng)
    content[start:start] = rng.choice(PIECES)


def _replace_span(content: bytearray, _: list[bytes], rng: Random) -> None:
    content[_span(content, rng)] = rng.choice(PIECES)


def _drop_span(content: bytearray, _: list[bytes], rng: Random) -> None:
    del content[_span(content, rng)]


def _cut_end(content: bytearray, _: list[bytes], rng: Random) -> None:
    del content[_position(content, rng) :]


def _repeat_span(content: bytearray, _: list[bytes], rng: Random) -> None:
    span = _span(content, rng)
    content[span.start : span.start] = bytes(content[span]) * rng.choice((1, 2, 8, 64))


def _borrow_span(content: bytearray, seed_contents: list[bytes], rng: Random) -> None:
    lender = bytearray(rng.choice(seed_contents))
    start = _position(content, rng)
    content[start:start] = lender[_span(lender, rng)]


def _set_number(content: bytearray, _: list[bytes], rng: Random) -> None:
    """Four bytes as a length or an offset of a binary format."""
    if len(content) >= 4:
        start = rng.randrange(len(content) - 3)
        value = rng.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000, len(content), rng.getrandbits(32)))
        content[start : start + 4] = value.to_bytes(4, rng.choice(("little", "big")))


def _swap_lines(content: bytearray, _: list[bytes], rng: Random) -> None:
    lines = bytes(content).split(b"\n")
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    content[:] = b"\n".join(lines)


CHANGES = (
    _flip_bit,
    _set_byte,
    _insert_piece,
    _insert_piece,
    _replace_span,
    _replace_span,
    _drop_span,
    _cut_end,
    _repeat_span,
    _borrow_span,
    _set_number,
    _swap_lines,
)
