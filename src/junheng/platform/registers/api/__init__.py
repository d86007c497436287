"""Rows for programs: what one reads and writes of a register by JSON, from the same declaration as the pages.

No request and no address is known here; ``surfaces.api`` is the door.
"""
