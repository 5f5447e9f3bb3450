"""Real processes, Node and browser."""
