"""Deeds about letters to parents."""
