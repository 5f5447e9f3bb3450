# /// script
# dependencies = ["torch"]
# ///
"""Two GANs learn eight clusters: one collapses, one finds all; their samples over time."""

# %% imports
import json
from pathlib import Path

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR

from gan import Adam, Z, modes, network, ring, train_D, train_G

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# region train
def train(penalty, moves, batch, rate, steps):
    torch.manual_seed(0)
    data = torch.Generator().manual_seed(1)
    G, D = network(Z, 2), network(2, 1)
    for_G = Adam(G.parameters(), lr=rate, betas=(0.0, 0.9))
    for_D = Adam(D.parameters(), lr=rate, betas=(0.0, 0.9))
    slower = [CosineAnnealingLR(o, steps, eta_min=rate / 4) for o in (for_G, for_D)]
    z_shown = torch.randn(400, Z)
    frames = []
    for step in range(steps + 1):
        if step % (steps // 25) == 0:
            points = G(z_shown).detach()
            frames.append((step, points, *modes(points)))
        if step < steps:
            train_D(G, D, ring(batch, data), torch.randn(batch, Z), for_D, penalty)
            for _ in range(moves):       # G 的步数
                train_G(G, D, torch.randn(batch, Z), for_G)
            for schedule in slower:
                schedule.step()
    return frames
# endregion train


# %% run
faster = 10
runs = {"fast G": train(0.0, faster, 64, 2e-3, 300), "R1": train(0.1, 1, 128, 5e-3, 1000)}

# region count
for name, frames in runs.items():
    last = [frame[2] for frame in frames[-5:]]
    print(f"{name:7}", *last)
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
few = max(found for _, _, found, _ in runs["fast G"])
all_modes, near = runs["R1"][-1][2:]
faster = 5
assert few <= 2 and all_modes == 8 and near > 0.5
