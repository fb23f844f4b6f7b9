"""No cell under five leaves the room, and none that would give such a cell away.

Works on a table of counts with a total for each row and each column and one for all. A cell
under five is withheld; where a row or column would then have exactly one withheld cell, its
total would give it away, so another one is withheld too, until none can be worked out.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST = 5


def suppressed(counts: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """``counts`` is the table with totals as its last row and last column.

    Returns the same table with None for what may not be shown.
    """
    hidden = [[value < SMALLEST for value in row] for row in counts]
    changed = True
    while changed:
        changed = False
        for line in (*_rows(hidden), *_columns(hidden)):
            withheld = [at for at in line if hidden[at[0]][at[1]]]
            if len(withheld) == 1 and len(line) > 1:
                row, column = min(
                    (at for at in line if at not in withheld),
                    key=lambda at: (counts[at[0]][at[1]], at),
                )
                hidden[row][column] = changed = True
    return [
        [None if hidden[r][c] else value for c, value in enumerate(row)]
        for r, row in enumerate(counts)
    ]


def _rows(table: Sequence[Sequence[bool]]) -> list[list[tuple[int, int]]]:
    return [[(r, c) for c in range(len(row))] for r, row in enumerate(table)]


def _columns(table: Sequence[Sequence[bool]]) -> list[list[tuple[int, int]]]:
    return [[(r, c) for r in range(len(table))] for c in range(len(table[0]) if table else 0)]
