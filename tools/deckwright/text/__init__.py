"""Pure functions on authors' texts: lines, paths, fences, steps, sizes, syntax, suggestions."""
