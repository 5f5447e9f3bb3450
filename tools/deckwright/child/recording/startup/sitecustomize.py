"""The first module that every Python process of a job imports: it logs what the process reads from then on.

It leaves neither a folder on the path nor a module of ours. At its end it imports the next
`sitecustomize`, or raises the error that there is none, which Python expects.
"""

import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))
_tools = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(_here))))
sys.path[:] = [folder for folder in sys.path if folder != _here]
sys.path_importer_cache.pop(_here, None)

if any(argument.startswith("from multiprocessing.") for argument in getattr(sys, "orig_argv", ())):
    # One of several processes: its siblings use the other threads.
    os.environ.update({name: "1" for name in os.environ if name.endswith("_THREADS")})

sys.path.insert(0, _tools)
try:
    from deckwright.child.recording.audit_log import install_in_job

    install_in_job()
except Exception:
    pass  # a Python that cannot read our code runs without a log
sys.path.remove(_tools)
for _name in [name for name in sys.modules if name.partition(".")[0] == "deckwright"]:
    del sys.modules[_name]

del sys.modules["sitecustomize"]
import sitecustomize  # type: ignore[import-not-found]  # noqa: E402, F401
