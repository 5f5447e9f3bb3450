"""Which jobs are stale, and for which reason: pure functions from jobs and records to a `Plan`."""
