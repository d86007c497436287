"""Who may plan, see and go; and who must stay away."""
