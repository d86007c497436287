"""Places: the city, its county-level units, and their townships; every row in the house lies in one of them."""
