"""How long everything takes that is promised to be fast, and how much memory; measured, never asserted."""
