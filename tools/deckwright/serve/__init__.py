"""The live server: builds on every save, and shows the browser what changed.

It holds no state of a build: it calls `build` like any command, compares the pages that were made, and
tells the open ones.
"""
