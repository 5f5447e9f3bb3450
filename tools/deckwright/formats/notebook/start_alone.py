"""Let a script find its files and modules, and draw the random numbers that it drew when it was built."""


def _use_script(script, seed=0, imports=(), modules=()):
    """Begin a script: `imports` has the libraries that draw at random, `modules` its folders of modules."""
    import importlib
    import os
    import random
    import sys
    from pathlib import Path

    home = Path.cwd()
    root = next((each for each in (home, *home.parents) if (each / script).is_file()), None)
    if root:
        os.chdir((root / script).parent)
        sys.path[:0] = [os.getcwd(), *(str(root / each) for each in modules)]
    sys.argv[:] = [Path(script).name]
    globals()["__file__"] = os.path.join(os.getcwd(), sys.argv[0])
    random.seed(seed)
    for name in imports:
        importlib.import_module(name)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed % 2**32)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)
