"""What the phone speaks with: JSON and bytes."""
