"""Deeds: taking a list in, comparing it with the roll, deciding a pair, and letting old lines go."""
