"""Tokens: what a person lends a program, so that it may read or write in her name, within her scope and until a day."""
