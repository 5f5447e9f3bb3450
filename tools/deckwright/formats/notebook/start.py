"""Let the scripts of a notebook run one after the other as each of them runs alone."""
# What it needs is in one function: all other names of the notebook belong to its scripts.


def _scripts():
    """Return the function that begins a script, or goes on with one."""
    import importlib
    import os
    import random
    import re
    import sys
    from pathlib import Path

    home, path_of_modules, names = Path.cwd(), list(sys.path), globals()
    own = {name: value for name, value in names.items() if not name.startswith("_")}
    at_first, left, running = {}, {}, ""
    roots = {"": None}
    library = os.path.dirname(os.__file__)

    # What libraries remember and a script may change, and how to put it back.
    memories = {
        "os": (lambda os: dict(os.environ), lambda os, kept: (os.environ.clear(), os.environ.update(kept))),
        "sys": (lambda sys: sys.path[:], lambda sys, kept: sys.path.__setitem__(slice(None), kept)),
        "random": (lambda random: random.getstate(), lambda random, kept: random.setstate(kept)),
        "warnings": (
            lambda each: each.filters[:],
            lambda each, kept: each.filters.__setitem__(slice(None), kept),
        ),
        "numpy": (
            lambda np: (np.random.get_state(), np.get_printoptions()),
            lambda np, kept: (np.random.set_state(kept[0]), np.set_printoptions(**kept[1])),
        ),
        "torch": (
            lambda torch: (torch.get_rng_state(), torch.get_default_dtype(), torch.is_grad_enabled()),
            lambda torch, kept: (
                torch.set_rng_state(kept[0]),
                torch.set_default_dtype(kept[1]),
                torch.set_grad_enabled(kept[2]),
                torch.set_printoptions(profile="default"),
            ),
        ),
        "matplotlib": (
            lambda each: {key: value for key, value in dict.items(each.rcParams) if "backend" not in key},
            lambda each, kept: each.rcParams.update(kept),
        ),
        "matplotlib.pyplot": (lambda plt: None, lambda plt, kept: plt.close("all")),
    }

    def remembered():
        return {name: memories[name][0](sys.modules[name]) for name in memories if name in sys.modules}

    def names_of_script():
        no_name = re.compile(r"__\w+__|_i*|_i?\d+|__+|_[ido]h|_exit_code|_use_script|_scripts")
        mine = (name for name in names if not no_name.fullmatch(name))
        return {name: names[name] for name in mine if own.get(name, names) is not names[name]}

    def modules_of_script():
        # All of the project: a module may change a setting when it is imported.
        others = {name: each for name, each in sys.modules.items() if name != "__main__"}
        files = {name: str(getattr(each, "__file__", None) or "") for name, each in others.items()}
        root = roots[running]
        return {
            name: sys.modules[name]
            for name, file in files.items()
            if root and file.startswith(f"{root}{os.sep}")
            if not file.startswith(f"{library}{os.sep}") and "site-packages" not in file
        }

    def leave():
        left[running] = names_of_script(), modules_of_script(), remembered()
        for name in left[running][0]:
            del names[name]
        for name in left[running][1]:
            del sys.modules[name]
        names.update(own)

    def put_back(kept):
        for name, value in kept.items():
            memories[name][1](sys.modules[name], value)

    def use(script, seed=0, imports=(), modules=()):
        """Begin a script, or go on with it: `imports` has the libraries, `modules` its folders of modules."""
        nonlocal running
        leave()
        for name in imports:
            importlib.import_module(name)
        for name, value in remembered().items():
            at_first.setdefault(name, value)
        known = (root for root in (home, *home.parents) if (root / script).is_file())
        root = next(known, None)
        file = root / script if root else home / Path(script).name
        begun, running = script in left, script
        roots[script] = root
        put_back(at_first)
        if begun:
            variables, loaded, kept = left[script]
            names.update(variables)
            sys.modules.update(loaded)
            put_back(kept)
        else:
            folders = [str(file.parent), *(str(root / each) for each in modules)] if root else []
            sys.path[:] = [*folders, *path_of_modules]
            random.seed(seed)
            if "numpy" in sys.modules:
                sys.modules["numpy"].random.seed(seed % 2**32)
            if "torch" in sys.modules:
                sys.modules["torch"].manual_seed(seed)
        os.chdir(file.parent)
        sys.argv[:] = [file.name]
        names["__file__"] = str(file)

    return use


_use_script = _scripts()
