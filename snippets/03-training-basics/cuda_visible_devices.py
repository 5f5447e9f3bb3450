# /// script
# dependencies = ["torch", "numpy"]
# ///
"""CUDA_VISIBLE_DEVICES decides which GPUs a process may see."""

import os
import subprocess
import sys

# region hide
count = "import torch; print(torch.cuda.device_count())"

def gpus_seen(visible):
    env = os.environ | {"CUDA_VISIBLE_DEVICES": visible}
    run = subprocess.run([sys.executable, "-c", count],
                         env=env, capture_output=True, text=True)
    return int(run.stdout)

hidden = gpus_seen("")
print("GPUs seen:", hidden)
# endregion hide


def shell(command):
    """What the command prints in a shell where the variable is not set."""
    env = {name: value for name, value in os.environ.items() if name != "CUDA_VISIBLE_DEVICES"}
    run = subprocess.run(["sh", "-c", command], env=env, capture_output=True, text=True)
    return run.stdout.strip() or "看不见"


# region shell
look = "printenv CUDA_VISIBLE_DEVICES"    # 程序看得见什么？
print("同一行", shell(f"CUDA_VISIBLE_DEVICES=0,1 {look}"))
print("分两行", shell(f"CUDA_VISIBLE_DEVICES=0,1\n{look}"))
# endregion shell

assert hidden == 0
assert shell(f"CUDA_VISIBLE_DEVICES=0,1 {look}") == "0,1"
assert shell(f"CUDA_VISIBLE_DEVICES=0,1\n{look}") == "看不见"
assert shell(f"export CUDA_VISIBLE_DEVICES=0,1\n{look}") == "0,1"
