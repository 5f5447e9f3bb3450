"""The live server: builds on every save, and shows the changes in the browser.

It calls `build` like any command, compares the new pages with the ones before, and sends the differences
to the open pages.
"""
