"""Runs jobs on the workers of a Dask cluster. Planner, store and records stay on this machine."""
