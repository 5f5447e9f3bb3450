"""Files on the disk: tracked reads, atomic writes, locks, scratch folders, digests, values as JSON."""
