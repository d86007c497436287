"""Retention: how long sealed values are kept, and their provable end: two people, one entry, no way back."""
