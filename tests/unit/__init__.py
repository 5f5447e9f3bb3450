"""One module of the tool each, without processes or browsers as far as can be."""
