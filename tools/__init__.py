"""What only a developer of the house needs; ``./go`` runs it. Nothing under ``src`` knows it."""
