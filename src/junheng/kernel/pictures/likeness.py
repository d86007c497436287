"""How alike two photos are: 64 signs of a small grey picture, and in how many of them two pictures differ.

Each sign says whether a field is brighter than its right neighbour, on a grid of nine by eight fields (a difference
hash). A photo that is sent again, saved again, made smaller or lighter keeps nearly all of its signs; another photo of
another moment differs in about half of them.
"""

import numpy as np
import numpy.typing as npt

ACROSS, DOWN = 9, 8
DIGITS = 16


def fingerprint(grey: "npt.NDArray[np.int64]") -> str:
    """The 64 signs of a grey picture as 16 hex digits; the first field is the one at the top left.

    >>> fingerprint(np.arange(9 * 8).reshape(8, 9)), fingerprint(np.arange(9 * 8)[::-1].reshape(8, 9))
    ('0000000000000000', 'ffffffffffffffff')
    """
    fields = averaged(grey)
    signs = (fields[:, :-1] > fields[:, 1:]).ravel()
    return np.packbits(signs).tobytes().hex()


def averaged(grey: "npt.NDArray[np.int64]") -> "npt.NDArray[np.int64]":
    """The means of nine by eight fields that cover the picture, in 256ths so that whole numbers are enough."""
    rows, columns = edges(grey.shape[0], DOWN), edges(grey.shape[1], ACROSS)
    total = np.zeros((grey.shape[0] + 1, grey.shape[1] + 1), dtype=np.int64)
    total[1:, 1:] = grey.cumsum(0).cumsum(1)
    top, bottom, left, right = rows[0][:, None], rows[1][:, None], columns[0][None], columns[1][None]
    sums = total[bottom, right] - total[top, right] - total[bottom, left] + total[top, left]
    means: npt.NDArray[np.int64] = sums * 256 // ((bottom - top) * (right - left))
    return means


def edges(length: int, parts: int) -> "tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]":
    """Where so many parts of a line begin and end; each has at least one place, also where there are fewer places."""
    begins = np.arange(parts) * length // parts
    ends = np.maximum(begins + 1, np.arange(1, parts + 1) * length // parts)
    return begins, ends


def apart(one: str, other: str) -> int:
    """In how many of their 64 signs two pictures differ.

    >>> apart("00000000000000ff", "000000000000000f")
    4
    """
    return (int(one, 16) ^ int(other, 16)).bit_count()
