"""Controlled rounding: every cell, row and column of the table is its exact value rounded up or down, all at once.

Cox (1987) shows that such a table exists; here it is the cheapest flow that carries the seats left over by rounding
down from the rows to the columns, at most one a cell. What remains open after that is decided by a published order.
"""

import hashlib
from itertools import product

from junheng.kernel.apportionment.problem import Shares

Cells = list[list[int]]
LOT = 64
"""Bits by which two tables that are equally close are told apart."""


def controlled_rounding(shares: Shares, *, order: str) -> Cells:
    """The table closest to the exact shares: the sum of what cells are rounded up by is as small as can be.

    Rows keep their seats exactly; columns and cells are within one of their exact value, and exact where that is
    whole. ``order`` is a published text (a seed, a document number): it alone decides between equally close tables.
    """
    import networkx as nx  # noqa: PLC0415 — slow import, needed by this deed alone and by no page

    cells = [[shares.floor(i, j) for j in range(len(shares.columns))] for i in range(len(shares.rows))]
    graph = nx.DiGraph()
    left = 0
    for i, row in enumerate(cells):
        more = shares.seats[i] - sum(row)
        left += more
        graph.add_node(("row", i), demand=-more)
    for j in range(len(shares.columns)):
        rests = sum(shares.rest(i, j) for i in range(len(shares.rows)))
        least, part = divmod(rests, shares.whole)
        left -= least
        graph.add_node(("column", j), demand=least)
        if part:
            graph.add_edge(("column", j), "up", capacity=1, weight=0)
    graph.add_node("up", demand=left)
    for i, j in product(range(len(shares.rows)), range(len(shares.columns))):
        if rest := shares.rest(i, j):
            cost = (shares.whole - 2 * rest << LOT) + lot(order, shares.rows[i], shares.columns[j])
            graph.add_edge(("row", i), ("column", j), capacity=1, weight=cost)
    _cost, flow = nx.network_simplex(graph)
    for i, j in product(range(len(shares.rows)), range(len(shares.columns))):
        cells[i][j] += flow[("row", i)].get(("column", j), 0)
    return cells


def lot(order: str, row: str, column: str) -> int:
    """A number for every cell that follows from the published order and that nobody chose.

    It is small beside any difference between shares, whatever the number of cells.
    """
    return int.from_bytes(hashlib.sha256(f"{order}|{row}|{column}".encode()).digest()[:5], "big")
