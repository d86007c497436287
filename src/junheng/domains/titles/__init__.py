"""Titles held by schools, groups and counties, and the grants that come with them."""
