"""The pipeline of a build, and the steps that only it takes.

Empty, so that a build with nothing to do imports `entry` and `replay` alone.
"""
