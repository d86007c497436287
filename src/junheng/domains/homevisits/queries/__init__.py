"""What is asked about home visits: the households of a class, and how many of a school or a county are met."""
