"""Deeds: keeping what phones bring, taking photos in, choosing a version, answering."""
