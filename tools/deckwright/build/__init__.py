"""The pipeline of a build, and its own steps.

Empty, so that a build with nothing to do imports `replay` alone.
"""
