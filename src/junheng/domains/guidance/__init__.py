"""Sealed cases, one plan each at any time; the person is an opaque code and the rows never leave the house."""
