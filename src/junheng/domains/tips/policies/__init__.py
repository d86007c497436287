"""Who may see what of a tip."""
