"""Questions about schemes: what they say, how far applications are, who may review, what is shown."""
