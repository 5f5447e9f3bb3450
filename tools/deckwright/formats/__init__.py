"""One module per format of a built deck."""
