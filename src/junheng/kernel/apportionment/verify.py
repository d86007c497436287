"""Whether a table is a controlled rounding, and the closest one: written without ``solve``."""

from itertools import product

from junheng.kernel.apportionment.problem import Shares, Table


def faults(shares: Shares, table: Table) -> list[str]:
    """Everything that is wrong with a table, in words; empty if it may be signed."""
    rows, columns, whole = range(len(shares.rows)), range(len(shares.columns)), shares.whole
    if len(table) != len(shares.rows) or any(len(row) != len(shares.columns) for row in table):
        return ["the table has not one cell for every pair of schools"]
    found = [
        f"{shares.rows[i]} gives {sum(table[i])} seats instead of {shares.seats[i]}"
        for i in rows
        if sum(table[i]) != shares.seats[i]
    ]
    for j in columns:
        given, exact = sum(table[i][j] for i in rows), sum(shares.seats) * shares.weights[j]
        if not exact // whole <= given <= -(-exact // whole):
            found.append(f"{shares.columns[j]} receives {given} seats, exactly it would be {exact}/{whole}")
    for i, j in product(rows, columns):
        exact = shares.seats[i] * shares.weights[j]
        if not exact // whole <= table[i][j] <= -(-exact // whole):
            found.append(
                f"{shares.rows[i]} → {shares.columns[j]}: {table[i][j]} seats, exactly {exact}/{whole}"
            )
    return found


def is_closest(shares: Shares, table: Table) -> bool:
    """Whether no other controlled rounding is closer: no round of exchanges between cells gains anything.

    Rows and columns are the places of a graph; a cell that is rounded down can be raised, one that is rounded up can be
    lowered, and a column may itself move between its two roundings. The table is closest exactly if no cycle of such
    moves has negative cost (Bellman and Ford).
    """
    rows, columns, whole = len(shares.rows), len(shares.columns), shares.whole
    moves: list[tuple[int, int, int]] = []
    up = rows + columns
    for i, j in product(range(rows), range(columns)):
        if rest := shares.rest(i, j):
            cost = whole - 2 * rest
            raised = table[i][j] > shares.floor(i, j)
            moves.append((rows + j, i, -cost) if raised else (i, rows + j, cost))
    for j in range(columns):
        if shares.column_rest(j):
            raised = sum(table[i][j] for i in range(rows)) > sum(shares.seats) * shares.weights[j] // whole
            moves.append((up, rows + j, 0) if raised else (rows + j, up, 0))
    distance = [0] * (up + 1)
    for _ in range(up + 1):
        changed = False
        for start, end, cost in moves:
            if distance[start] + cost < distance[end]:
                distance[end] = distance[start] + cost
                changed = True
        if not changed:
            return True
    return False
