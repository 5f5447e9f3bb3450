"""What depends on this machine: devices, processes, installed packages, and the installed Deckwright."""
