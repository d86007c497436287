"""Kindergartens, who runs them and since when, their recognition as inclusive, and their yearly census."""
