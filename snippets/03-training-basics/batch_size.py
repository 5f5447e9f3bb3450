# /// script
# dependencies = ["torch", "torchvision", "scikit-learn", "matplotlib"]
# ///
"""What the batch size decides: updates an epoch, and memory that a forward pass keeps for the backward."""

# %% imports
import math
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.autograd.graph import saved_tensors_hooks

from lenet import LeNet

for folder in ("figures", "snippets/shared"):
    sys.path.append(str(Path(__file__).resolve().parents[2] / folder))
import house
from data import load_split

samples = len(load_split()[0])
model = LeNet()
parameters = {p.data_ptr() for p in model.parameters()}


# %% kept
def kept_mib(batch):
    """Size of what autograd saves while the model sees one batch, parameters not counted."""
    saved = {}

    def note(tensor):
        saved[tensor.data_ptr()] = tensor.nbytes
        return tensor

    with saved_tensors_hooks(note, lambda tensor: tensor):
        logits = model(torch.zeros(batch, 1, 28, 28))
    assert logits.requires_grad
    return sum(size for at, size in saved.items() if at not in parameters) / 2**20


def updates(batch):
    """Updates in one epoch."""
    return math.ceil(samples / batch)


# %% table
sizes = [1, 4, 16, 32, 64, 256, samples]
for batch in sizes:
    print(f"{batch:5} {updates(batch):5} {kept_mib(batch):7.2f} MiB")

# %% values
small, large = 32, samples
small_updates, large_updates = updates(small), updates(large)
small_mib, large_mib = kept_mib(small), kept_mib(large)
assert math.isclose(large_mib / small_mib, large / small, rel_tol=1e-6)

# %% figure
#| label: batch_size
#| fig-alt: 批次越大，一轮的更新越少，前向留下的内存越多
fig, (left, right) = house.figure(11.4, 4.4, cols=2)
left.loglog(sizes, [updates(batch) for batch in sizes], "o-", color=house.BLUE)
right.loglog(sizes, [kept_mib(batch) for batch in sizes], "s-", color=house.ORANGE)
left.set(title="一轮更新几次", xlabel="批次大小")
right.set(title="前向留下多少，等反向用 (MiB)", xlabel="批次大小")
for ax in (left, right):
    ax.set_xscale("log", base=2)
    ax.set(xticks=sizes, xticklabels=sizes)
    ax.yaxis.set_major_formatter("{x:g}")
    ax.minorticks_off()
    ax.axvline(small, color=house.MUTED, linestyle=":", linewidth=house.EDGE)
plt.show()
