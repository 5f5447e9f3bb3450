"""Files on the disk: tracked reads, atomic writes, scratch folders, digests, values as JSON."""
