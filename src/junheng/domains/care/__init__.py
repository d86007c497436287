"""Class committee members for mental health and counselling sessions; of individual talks only the fact is kept."""
