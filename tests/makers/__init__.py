"""Makers: rows that are in order, made from what the models themselves say, with whatever a test says otherwise."""

from tests.makers.rows import areas, make, make_many

__all__ = ["areas", "make", "make_many"]
