"""Very many numbers at once, compiled by Numba: the same bytes as ``solve.numbers``, for whole provinces.

Sixteen children are hashed side by side, so that one instruction of the processor works for all of them. What all
strings have in common is hashed once. Numba is not needed to run the house; without it ``solve.numbers`` does the work.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.kernel.lottery.digests import Algorithm
from junheng.kernel.lottery.sm3 import CONSTANTS, START

njit: Any
try:
    from numba import njit
except ImportError:
    njit = None

Letters = npt.NDArray[np.uint8]
LANES = 16
ROOTS = (
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
    0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
    0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
    0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
    0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
    0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
)  # fmt: skip
"""The constants of SHA-256 (FIPS 180-4, section 4.2.2)."""
BEGIN = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)


def digests(algorithm: Algorithm, prefix: bytes, texts: Letters) -> npt.NDArray[np.uint32]:
    """The hash of ``prefix`` and each text, as eight words, shape ``(n, 8)``; ``texts`` has shape ``(n, width)``."""
    count, width = texts.shape
    length = len(prefix) + width
    blocks = (length + 9 + 63) // 64
    padded = np.zeros(blocks * 64, dtype=np.uint8)
    padded[: len(prefix)] = np.frombuffer(prefix, dtype=np.uint8)
    padded[length] = 0x80
    padded[-8:] = np.frombuffer((length * 8).to_bytes(8, "big"), dtype=np.uint8)
    template = padded.view(">u4").astype(np.uint32).reshape(blocks, 16)
    sm3 = algorithm is Algorithm.SM3
    found = np.empty((count, 8), dtype=np.uint32)
    hash_all(
        sm3, np.array(START if sm3 else BEGIN, dtype=np.uint32),
        np.array(CONSTANTS if sm3 else ROOTS, dtype=np.uint32), template, len(prefix),
        np.ascontiguousarray(texts), found,
    )  # fmt: skip
    return found


def hash_all(sm3, begin, constants, template, offset, texts, found):
    """Sixteen texts at a time: the blocks that all have in common once, then the others."""
    count, width = texts.shape
    blocks, common = len(template), offset // 64
    words = np.empty((68, LANES), np.uint32)
    work = np.empty((8, LANES), np.uint32)
    shared = np.empty((8, LANES), np.uint32)
    state = np.empty((8, LANES), np.uint32)
    for part in range(8):
        for lane in range(LANES):
            shared[part, lane] = begin[part]
    for block in range(common):
        fill(words, template[block])
        compress_sm3(shared, words, work, constants) if sm3 else compress_sha(shared, words, work, constants)
    for first in range(0, count, LANES):
        lanes = min(LANES, count - first)
        for part in range(8):
            for lane in range(LANES):
                state[part, lane] = shared[part, lane]
        for block in range(common, blocks):
            fill(words, template[block])
            low, high = max(offset, block * 64), min(offset + width, block * 64 + 64)
            for at in range(low, high):
                word, shift = (at - block * 64) >> 2, np.uint32(24 - 8 * (at & 3))
                for lane in range(lanes):
                    words[word, lane] |= np.uint32(texts[first + lane, at - offset]) << shift
            if sm3:
                compress_sm3(state, words, work, constants)
            else:
                compress_sha(state, words, work, constants)
        for lane in range(lanes):
            for part in range(8):
                found[first + lane, part] = state[part, lane]


def fill(words, template):
    """One block for all lanes."""
    for place in range(16):
        for lane in range(LANES):
            words[place, lane] = template[place]


def turn(word, by):
    """A 32-bit word turned left, by 1 to 31. Sums of words are of 64 bits here, hence the casts."""
    return np.uint32((word << np.uint32(by)) | (word >> np.uint32(32 - by)))


def compress_sha(state, words, work, constants):
    """One block of SHA-256 (FIPS 180-4, section 6.2.2) into the state of every lane."""
    for step in range(16, 64):
        for lane in range(LANES):
            old, new = words[step - 15, lane], words[step - 2, lane]
            one = turn(old, 25) ^ turn(old, 14) ^ (old >> np.uint32(3))
            two = turn(new, 15) ^ turn(new, 13) ^ (new >> np.uint32(10))
            words[step, lane] = words[step - 16, lane] + one + words[step - 7, lane] + two
    for part in range(8):
        for lane in range(LANES):
            work[part, lane] = state[part, lane]
    for step in range(64):
        a, b, c, d = work[-step & 7], work[1 - step & 7], work[2 - step & 7], work[3 - step & 7]
        e, f, g, h = work[4 - step & 7], work[5 - step & 7], work[6 - step & 7], work[7 - step & 7]
        constant = constants[step]
        for lane in range(LANES):
            one = turn(e[lane], 26) ^ turn(e[lane], 21) ^ turn(e[lane], 7)
            choice = g[lane] ^ (e[lane] & (f[lane] ^ g[lane]))
            first = h[lane] + one + choice + constant + words[step, lane]
            two = turn(a[lane], 30) ^ turn(a[lane], 19) ^ turn(a[lane], 10)
            majority = (a[lane] & b[lane]) | (c[lane] & (a[lane] | b[lane]))
            d[lane] += first
            h[lane] = first + two + majority
    for part in range(8):
        for lane in range(LANES):
            state[part, lane] += work[part, lane]


def compress_sm3(state, words, work, constants):
    """One block of SM3 (GB/T 32905-2016, section 5.3) into the state of every lane."""
    for step in range(16, 68):
        for lane in range(LANES):
            mixed = words[step - 16, lane] ^ words[step - 9, lane] ^ turn(words[step - 3, lane], 15)
            mixed ^= turn(mixed, 15) ^ turn(mixed, 23)
            words[step, lane] = mixed ^ turn(words[step - 13, lane], 7) ^ words[step - 6, lane]
    for part in range(8):
        for lane in range(LANES):
            work[part, lane] = state[part, lane]
    # in each step the state moves on by one place within each half: a b c d and e f g h
    for step in range(64):
        a, b, c, d = work[-step & 3], work[1 - step & 3], work[2 - step & 3], work[3 - step & 3]
        e, f, g, h = work[4 + (-step & 3)], work[4 + (1 - step & 3)], work[4 + (2 - step & 3)], work[4 + (3 - step & 3)]  # fmt: skip
        constant = constants[step]
        early = np.uint32(0xFFFFFFFF if step < 16 else 0)
        for lane in range(LANES):
            turned = turn(a[lane], 12)
            first = turn(np.uint32(turned + e[lane] + constant), 7)
            even, odd = a[lane] ^ b[lane] ^ c[lane], e[lane] ^ f[lane] ^ g[lane]
            most = (a[lane] & b[lane]) | (c[lane] & (a[lane] | b[lane]))
            choice = g[lane] ^ (e[lane] & (f[lane] ^ g[lane]))
            left = (even & early) | (most & ~early)
            right = (odd & early) | (choice & ~early)
            d[lane] += left + (first ^ turned) + (words[step, lane] ^ words[step + 4, lane])
            mixed = np.uint32(h[lane] + right + first + words[step, lane])
            b[lane] = turn(b[lane], 9)
            f[lane] = turn(f[lane], 19)
            h[lane] = mixed ^ turn(mixed, 9) ^ turn(mixed, 17)
    for part in range(8):
        for lane in range(LANES):
            state[part, lane] ^= work[part, lane]


if njit is not None:
    turn, fill = njit(inline="always")(turn), njit(cache=True)(fill)
    compress_sha, compress_sm3 = njit(cache=True)(compress_sha), njit(cache=True)(compress_sm3)
    hash_all = njit(cache=True)(hash_all)
