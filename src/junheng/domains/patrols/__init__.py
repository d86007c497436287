"""Unannounced checks of waters by the persons who have charge of them."""
