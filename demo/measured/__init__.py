"""What the benchmark measures beside proposals: an open vote."""
