"""Questions about posts: which hours of which place are blank or double, and what a school's year still lacks."""

from junheng.domains.posts.queries.matrix import Cell, Line, Piece, Tally, lines_of, matrix, tally
from junheng.domains.posts.queries.year import (
    BY_CATEGORY,
    Item,
    year_of_kindergarten,
    year_of_school,
)

__all__ = [
    "BY_CATEGORY",
    "Cell",
    "Item",
    "Line",
    "Piece",
    "Tally",
    "lines_of",
    "matrix",
    "tally",
    "year_of_kindergarten",
    "year_of_school",
]
