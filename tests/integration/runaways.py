"""Scripts that run away, by the slug of what is found of them; the last have no fault, but leave something.

What ends by its time limit has a short one.
"""

from __future__ import annotations

import textwrap

IMPORTS = (
    "import atexit, ctypes, fcntl, faulthandler, mmap, multiprocessing, os, resource, signal, socket\n"
    "import subprocess, sys, threading, time\n"
)
TOKENS = "tokens = os.pipe()\nos.write(tokens[1], b'.' * 400)\n"
"""One for each process that a bomb starts: where nothing holds it, it must not take the machine down."""

LIMITS = '# /// script\n# [tool.deckwright]\n# {limits}\n# memory = "200 MiB"\n# processes = 12\n# ///\n'
SLOW, SHORT = "timeout = 100", "timeout = 0.5"

LATE = {
    "loop": "while True: pass",
    "loop in C": "sum(range(10**15))",
    "ignores signals": """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(number, signal.SIG_IGN)
        while True: time.sleep(60)
    """,
    "blocks signals": """
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        time.sleep(600)
    """,
    "catches interrupts": """
        while True:
            try: time.sleep(60)
            except BaseException: pass
    """,
    "stops itself": "os.kill(os.getpid(), signal.SIGSTOP)",
    "waits for a lock": """
        files = [open(__file__), open(__file__)]
        for file in files: fcntl.flock(file, fcntl.LOCK_EX)
    """,
    "fills a pipe": "os.write(os.pipe()[1], b'x' * 2**20)",
    "thread without end": "threading.Thread(target=time.sleep, args=(600,)).start()",
    "pool without end": "multiprocessing.Pool(2).map(time.sleep, [600, 600])",
    "end without end": "atexit.register(time.sleep, 600)",
    "child without end": "subprocess.run(['sleep', '600'])",
    "child in a session": """
        subprocess.run(["sh", "-c", "trap '' INT TERM HUP; sleep 600"], start_new_session=True)
    """,
    "outlives its parent": "ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)\ntime.sleep(600)",
    "adopts orphans": """
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
        subprocess.run("setsid sleep 600 & setsid sleep 600 &", shell=True)
        time.sleep(600)
    """,
    "leaves its session": """
        if os.fork(): time.sleep(600)
        os.setsid()
        while True: time.sleep(60)
    """,
}
GREEDY = {
    "forks without end": TOKENS + "while os.read(tokens[0], 1): os.fork()",
    "forks in sessions": TOKENS
    + "while os.read(tokens[0], 1) and os.fork() == 0: os.setsid()\ntime.sleep(600)",
    "bomb of a shell": """
        bomb = 'b() { [ $1 -gt 6 ] || { b $(($1 + 1)) | b $(($1 + 1)) & }; sleep 600; }; b 0'
        subprocess.run(['sh', '-c', bomb])
    """,
    "many children": """
        for _ in range(40): subprocess.Popen(['sleep', '600'], start_new_session=True)
        time.sleep(600)
    """,
    "many threads": """
        for _ in range(400): threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
        time.sleep(600)
    """,
}
HUNGRY = {
    "memory": "held = []\nwhile True: held.append(bytearray(b'x') * 2**22)",
    "memory at once": "held = bytearray(b'x') * 2**29\ntime.sleep(600)",
    "memory of a child": """
        run = [sys.executable, '-c', 'import time; held = bytearray(b"x") * 2**29; time.sleep(600)']
        subprocess.run(run, start_new_session=True)
    """,
    "memory of a daemon": """
        if os.fork() == 0:
            os.setsid()
            if os.fork(): os._exit(0)
            held = bytearray(b'x') * 2**29
            time.sleep(600)
        time.sleep(600)
    """,
    "shared memory": """
        held = mmap.mmap(-1, 2**29)
        for at in range(0, 2**29, 4096): held[at] = 1
        time.sleep(600)
    """,
}
FLOODS = {
    "prints": "while True: print('x' * 999)",
    "child prints": "subprocess.run('yes', start_new_session=True)",
    "writes past Python": "while True: os.write(2, b'x' * 999)",
}
DIES = {
    "crash": "ctypes.string_at(0)",
    "abort": "os.abort()",
    "recursion in C": "faulthandler._stack_overflow()",
    "kills itself": "os.kill(os.getpid(), signal.SIGKILL)",
    "kills its group": "os.killpg(0, signal.SIGTERM)",
    "alarm": "signal.alarm(1)\ntime.sleep(600)",
    "answers for what runs it": """
        folder = f'/proc/{os.getppid()}/fd'
        for name in os.listdir(folder):
            if os.readlink(f'{folder}/{name}').startswith('pipe:'):
                os.write(os.open(f'{folder}/{name}', os.O_WRONLY), b'hello\\n')
        time.sleep(600)
    """,
    "limits its time": "resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
}
EXITS = {
    "exit": "os._exit(3)",
    "other program": "os.execvp('true', ['true'])",
    "closes all": "os.closerange(0, 10000)",
}
WRITES = {
    "writes everywhere": """
        for number in range(3, 256):
            try: os.write(number, b'nothing of ours')
            except OSError: pass
    """,
}
RAISES = {
    "kills its parent": "os.kill(os.getppid(), signal.SIGKILL)",
    "stops its parent": "os.kill(os.getppid(), signal.SIGSTOP)",
    "kills the group": "os.killpg(os.getpgid(os.getppid()), signal.SIGTERM)",
    "stops all above": """
        pid = os.getppid()
        while pid:
            try: os.kill(pid, signal.SIGSTOP)
            except PermissionError as error: refused = error
            pid = int(open(f'/proc/{pid}/stat').read().rpartition(')')[2].split()[1])
        raise refused
    """,
    "limits what runs it": "resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))",
    "slows what runs it": "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
    "moves what runs it": "os.sched_setaffinity(os.getppid(), {0})",
    "limits its memory": "resource.setrlimit(resource.RLIMIT_AS, (2**20, 2**20))\nbytearray(2**24)",
    "limits its files": "resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))\nopen(__file__)",
    "recursion": "def f(): f()\nf()",
    "folder removed": """
        os.makedirs('gone', exist_ok=True)
        os.chdir('gone')
        os.rmdir('../gone')
        os.getcwd()
    """,
}
LEAVES = {
    "daemon": "subprocess.run(['setsid', '--fork', 'sleep', '600'])",
    "background": "subprocess.run('nohup sleep 600 > /dev/null 2>&1 &', shell=True)",
    "forked twice": """
        if os.fork() == 0:
            os.setsid()
            if os.fork(): os._exit(0)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            while True: time.sleep(60)
    """,
    "its successor": """
        end = time.monotonic() + 60
        if os.fork() == 0:
            while time.monotonic() < end and not os.fork(): time.sleep(0.001)
            os._exit(0)
    """,
    "stopped child": "os.kill(subprocess.Popen(['sleep', '600']).pid, signal.SIGSTOP)",
}
KINDS = {
    "timeout": (SHORT, LATE),
    "processes": (SLOW, GREEDY),
    "memory": (SLOW, HUNGRY),
    "output-limit": (SLOW, FLOODS),
    "killed": (SLOW, DIES),
    "exited": (SLOW, EXITS),
    "unreadable": (SLOW, WRITES),
    "snippet-failed": (SLOW, RAISES),
    "": (SLOW, LEAVES),
}
RUNAWAYS = {
    f"snippets/{name.replace(' ', '_')}.py": (
        slug,
        LIMITS.format(limits=limits) + IMPORTS + textwrap.dedent(code).strip("\n") + "\n",
    )
    for slug, (limits, group) in KINDS.items()
    for name, code in group.items()
}
