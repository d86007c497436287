"""Deeds of schemes, in the order in which they are done."""
