"""Run the tests that draw random input, with new seeds, until the time is over or a test fails.

python tests/fuzz.py SECONDS [FILE, FOLDER OR OPTION OF PYTEST]...
"""

from __future__ import annotations

import secrets
import subprocess
import sys
import time

ADVICE = """
To run a test with this seed again:
  {python} -m pytest --hypothesis-profile=fuzz --hypothesis-seed={seed} TEST
Keep what was found: `make test` draws other input. Add the falsifying example as @example(...) to its test,
or the text to a file in tests/cases/, in the commit that fixes the fault.
"""


def main(seconds: str, *arguments: str) -> int:
    end = time.time() + float(seconds)
    while time.time() < end:
        seed = secrets.randbelow(10**9)
        code = run(seed, end, arguments)
        if code:
            print(ADVICE.format(python=sys.executable, seed=seed) if code == 1 else "")
            return code
    return 0


def run(seed: int, end: float, arguments: tuple[str, ...]) -> int:
    """Run each test once, while there is time; return the exit code of pytest."""
    options = ["-m", "hypothesis or random", "--hypothesis-profile=fuzz", f"--hypothesis-seed={seed}"]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-n",
        "auto",
        f"--until={end}",
        *options,
        *arguments,
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    print(f"seed {seed}: {done.stdout.splitlines()[-1]}" if not done.returncode else done.stdout, flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
