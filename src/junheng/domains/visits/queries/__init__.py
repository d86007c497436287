"""What the room knows: risk, plans as the draw reads them, proofs, days, hours, and who could see."""
