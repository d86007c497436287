"""What is true in any city and without a database. Nothing here imports Django, a clock or an environment."""
