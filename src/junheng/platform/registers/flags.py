"""The surfaces on which one field of a register appears."""

from enum import IntFlag


class Flag(IntFlag):
    """What one field is for. A field without a flag is on detail, edit, import, export and history."""

    NONE = 0
    KEY = 1
    """What people call a row by: imports find rows by it, other registers write it for a relation."""
    LIST = 2
    """A column of the list, and a field of the API for people with a role."""
    FILTER = 4
    """Rows can be narrowed down by it. Choices, booleans, areas and other relations only."""
    SEARCH = 8
    """The search box looks into it."""
    PUBLIC = 16
    """Anybody may read it, without a login."""
    FIXED = 32
    """Neither the edit form nor an import changes it: only an action of its room does."""
    SENSITIVE = 64
    """Masked until somebody who may see it asks for it; asking leaves an entry in the audit."""


KEY, LIST, FILTER, SEARCH = Flag.KEY, Flag.LIST, Flag.FILTER, Flag.SEARCH
PUBLIC, FIXED, SENSITIVE = Flag.PUBLIC, Flag.FIXED, Flag.SENSITIVE
