"""Public pages: sending a tip, and following it by the code."""
