# /// script
# dependencies = ["torch"]
# ///
"""Two GANs learn eight clusters: one collapses, one finds all; their samples over time."""

# %% imports
import json
from pathlib import Path

import torch

from gan import Adam, Z, modes, network, ring, train_D, train_G

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% settings
batch = 128


# region train
def train(penalty, steps, every):
    torch.manual_seed(0)
    data = torch.Generator().manual_seed(1)
    G, D = network(Z, 2), network(2, 1)
    for_G = Adam(G.parameters(), lr=2e-3, betas=(0.0, 0.9))
    for_D = Adam(D.parameters(), lr=2e-3, betas=(0.0, 0.9))
    z_shown = torch.randn(400, Z)
    frames = []
    for step in range(steps + 1):
        if step % every == 0:
            points = G(z_shown).detach()
            frames.append((step, points, *modes(points)))
        train_D(G, D, ring(batch, data), torch.randn(batch, Z), for_D, penalty)
        train_G(G, D, torch.randn(batch, Z), for_G)
    return frames
# endregion train


# %% run
steps, every = 1500, 50
runs = {name: train(penalty, steps, every)
        for name, penalty in (("plain", 0.0), ("penalty", 1.0))}

# region count
for name, frames in runs.items():
    found = [modes for _, _, modes, _ in frames[-5:]]
    print(f"{name:8}{found}")
# endregion count

# %% save
def shares(frames):
    """How many of the last points lie at each cluster."""
    angle = torch.arange(8) * torch.pi / 4
    centres = 2 * torch.stack([angle.cos(), angle.sin()], 1)
    distance, nearest = torch.cdist(frames[-1][1], centres).min(1)
    return (torch.bincount(nearest[distance < 0.6], minlength=8) / len(nearest)).tolist()


def rounded(tensor):
    return [round(v, 3) for v in tensor.flatten().tolist()]


learnt = {
    "real": rounded(ring(600, torch.Generator().manual_seed(9))),
    "frames": {name: [(step, rounded(points), found) for step, points, found, _ in frames]
               for name, frames in runs.items()},
    "shares": {name: [round(v, 3) for v in shares(frames)] for name, frames in runs.items()},
}
path = Path(__file__).resolve().parent / "learnt" / "gan.json"
path.write_text(json.dumps(learnt))

# %% claims
plain_modes, penalty_modes = runs["plain"][-1][2], runs["penalty"][-1][2]
near = runs["penalty"][-1][3]
print("near", near)
