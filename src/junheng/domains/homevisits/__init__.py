"""Visits of teachers to households, without any narrative about the family."""
