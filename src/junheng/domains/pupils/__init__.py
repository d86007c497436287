"""Households, pupils and kindergarten children: personal data, masked where a role has no need of them."""
