"""Questions about award money: what the rule makes, and what became of every grant."""
