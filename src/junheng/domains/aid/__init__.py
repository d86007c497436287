"""Who is entitled to which aid, who waived it, what was paid, and the loan contracts."""
