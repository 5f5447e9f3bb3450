"""Texts of authors as lines, paths, fences, steps, sizes and syntax; and suggestions for what is misspelt."""
