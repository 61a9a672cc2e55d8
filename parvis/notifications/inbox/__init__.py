"""What everybody of the team must look at, each their own list ("À trier", DESIGN 4, screen 13)."""
