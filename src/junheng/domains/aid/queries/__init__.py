"""What is asked of aid: rules of a term, who is found, what is owed, what does not agree."""
