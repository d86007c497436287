"""The app's picture on a phone's screen: a life-ring over a wave, drawn by arithmetic and packed as PNG."""

import struct
import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

GROUND, RING, BAND, WAVE = (0x0E, 0x56, 0x60), (0xFF, 0xFF, 0xFF), (0xB5, 0x37, 0x2C), (0x76, 0xC7, 0xCB)
SIDES = (180, 192, 512)
"""What phones ask for: 180 for iPhones, 192 and 512 for the others."""

Plane = NDArray[np.float64]


@lru_cache(maxsize=len(SIDES))
def icon_png(side: int) -> bytes:
    """The picture with ``side`` pixels each way. Nothing of it lies in the outer tenth, which some phones cut away."""
    at = (np.arange(side) + 0.5) / side
    x, y = np.meshgrid(at, at)
    soft = 1.2 / side
    away = np.hypot(x - 0.5, y - 0.44)
    ring = edge(0.075 - np.abs(away - 0.19), soft)
    turned = np.abs(np.mod(np.arctan2(y - 0.44, x - 0.5) / (np.pi / 2), 1.0) - 0.5) * (np.pi / 2)
    band = edge(np.minimum(0.36 - turned, 1.0) * away, soft)
    waves = [edge(0.022 - np.abs(y - level - 0.02 * np.sin(x * 4 * np.pi)), soft) for level in (0.76, 0.84)]
    inside = edge(0.3 - np.abs(x - 0.5), soft)
    picture = np.empty((side, side, 3))
    picture[:] = GROUND
    for colour, cover in ((WAVE, np.maximum(*waves) * inside), (RING, ring), (BAND, ring * band)):
        picture += (np.array(colour) - picture) * cover[..., None]
    return packed(np.rint(picture).astype(np.uint8))


def edge(depth: Plane, soft: float) -> Plane:
    """1 within a shape, 0 outside, and between them over the width of one pixel."""
    return np.clip(depth / soft + 0.5, 0.0, 1.0)


def packed(pixels: NDArray[np.uint8]) -> bytes:
    """Pixels as a PNG file."""
    high, wide, _colours = pixels.shape
    lines = np.zeros(
        (high, 1 + 3 * wide), dtype=np.uint8
    )  # each line begins with the number of its filter: none
    lines[:, 1:] = pixels.reshape(high, 3 * wide)
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts)


def chunk(name: bytes, data: bytes) -> bytes:
    """One part of a PNG file: length, name, data, checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
