# /// script
# dependencies = ["torch"]
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

assert hidden == 0
