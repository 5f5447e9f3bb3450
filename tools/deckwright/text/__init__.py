"""Pure functions on authors' texts: lines, paths, fences, sizes, syntax, suggestions."""
