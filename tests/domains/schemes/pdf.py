"""Reading a PDF of the house: what its letters say, by the tables that it carries for readers and searchers."""

import re
import zlib


def streams(file: bytes) -> list[bytes]:
    """Every stream, unpacked."""
    found = []
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file, re.DOTALL):
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:
            found.append(raw)
    return found


def text_of(file: bytes) -> list[str]:
    """The words of every page, in the order in which they are drawn."""
    letters: dict[int, str] = {}
    every = streams(file)
    for table in every:
        if b"beginbfchar" not in table:
            continue
        for glyph, said in re.findall(
            rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", table.split(b"beginbfchar", 1)[1]
        ):
            letters[int(glyph, 16)] = bytes.fromhex(said.decode()).decode("utf-16-be")
    pages = [one for one in every if b" Tf" in one and b"BT" in one]
    told = []
    for page in pages:
        drawn = [unescaped(one) for one in re.findall(rb"\(((?:\\.|[^\\()])*)\)\s*Tj", page, re.DOTALL)]
        told.append("\n".join("".join(letters[code] for code in codes) for codes in drawn))
    return told


def unescaped(raw: bytes) -> list[int]:
    """The glyphs of one string of a page, two bytes each."""
    plain = re.sub(
        rb"\\(.)", lambda found: {b"n": b"\n", b"r": b"\r"}.get(found[1], found[1]), raw, flags=re.DOTALL
    )
    return [int.from_bytes(plain[place : place + 2], "big") for place in range(0, len(plain), 2)]
