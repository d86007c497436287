"""Deeds about files and works."""
