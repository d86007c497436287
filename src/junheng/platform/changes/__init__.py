"""What changed in the registers of one person's scope since he or she last looked."""
