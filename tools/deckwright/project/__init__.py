"""The author's folder: where things are, its settings, and its settings for Marp."""
