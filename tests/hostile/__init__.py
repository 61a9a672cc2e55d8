"""Files made to do harm, and the proof that they do none (RELIABILITY E1 to E8, S9)."""
