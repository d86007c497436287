"""分配生: the places that quality senior schools keep for every junior school, and who came in by them."""
