"""What this machine has: devices, and installed packages."""
