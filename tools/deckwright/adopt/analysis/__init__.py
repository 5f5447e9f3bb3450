"""A plain Marp deck -> the same deck made executable: edits at known offsets, and what they leave open."""
