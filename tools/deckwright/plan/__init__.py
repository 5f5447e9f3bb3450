"""Which jobs are stale, and why: pure functions from jobs and records to a `Plan`."""
