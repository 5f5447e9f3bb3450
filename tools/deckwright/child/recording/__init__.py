"""Recording what a job reads: from the kernel (`recorder`), and from Python's audit events (`audit_log`)."""
