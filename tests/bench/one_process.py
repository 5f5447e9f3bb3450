"""The floor: every script named, run in one process that imports torch once. Nothing is isolated."""

import runpy
import sys

for path in sys.argv[1:]:
    runpy.run_path(path, run_name="__main__")
