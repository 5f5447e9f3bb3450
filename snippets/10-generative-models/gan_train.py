# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 25
# ///
"""Two GANs learn eight clusters; only the steps of G per step of D differ: one collapses, one finds all."""

# %% imports
import json
from pathlib import Path

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR

from gan import Adam, Z, centres, network, ring, train_D, train_G

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
steps = 400

# region train
def train(moves, penalty=0.1, batch=128, rate=5e-3):
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
            frames.append((step, points))
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
runs = {"10:1": train(moves=faster), "1:1": train(moves=1)}

# region count
def shares(points):             # 八个团各占多少
    far = torch.cdist(points, centres)
    distance, nearest = far.min(1)
    hits = nearest[distance < 0.5]
    return hits.bincount(minlength=8) / 400

def modes(points):              # 占 2% 才算
    return (shares(points) >= 0.02).sum().item()

for name, frames in runs.items():
    last = [modes(p) for _, p in frames[-5:]]
    print(f"{name:4} ", *last)
# endregion count

# %% save
#| smoke: false
def rounded(tensor):
    return [round(v, 3) for v in tensor.flatten().tolist()]


learnt = {
    "real": rounded(ring(600, torch.Generator().manual_seed(9))),
    "frames": {name: [(step, rounded(points), modes(points)) for step, points in frames]
               for name, frames in runs.items()},
    "shares": {name: rounded(shares(frames[-1][1])) for name, frames in runs.items()},
}
path = Path(__file__).resolve().parent / "learnt" / "gan.json"
path.write_text(json.dumps(learnt))

# %% claims
#| smoke: false
few = max(modes(points) for _, points in runs["10:1"])
last = runs["1:1"][-1][1]
all_modes, near = modes(last), shares(last).sum()
assert few <= 4 and all_modes == 8 and near > 0.5
