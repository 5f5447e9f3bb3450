# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 4
# ///
"""A small DPT learns the depth of made scenes."""

# %% imports
import json
from pathlib import Path

import torch

from depth_scenes import scenes
from dpt import DPT
from vit import ViT

torch.set_default_dtype(torch.float64)  # the same numbers on every computer
torch.set_num_threads(1)

# %% data
data = torch.Generator().manual_seed(1)
train_x, train_z = scenes(320, data)
test_x, test_z = scenes(60, data)
mean = train_x.mean()
train_x, test_x = train_x - mean, test_x - mean

# %% train
torch.manual_seed(0)
steps = 150
batch = 16
vit = ViT(32, 4, dim=32, depth=4, heads=2, classes=1, channels=1)
net = DPT(vit, layers=(1, 2, 3, 4), scales=(4, 2, 1, 0.5), c=8)
optimizer = torch.optim.AdamW(net.parameters(), lr=5e-3)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=steps, pct_start=0.2)
losses = []
# region loop
for step in range(steps):
    i = torch.randint(len(train_x), (batch,))
    loss = (net(train_x[i]) - 1 / train_z[i]).abs().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    schedule.step()
    losses.append(loss.item())
# endregion loop

# %% result
with torch.no_grad():
    guess = 1 / net(test_x).clamp(min=0.05)


def relative(z):
    """Mean relative error of a depth."""
    return ((z - test_z).abs() / test_z).mean().item()


# The simplest rival knows only how deep each pixel is on average.
rival = (1 / (1 / train_z).mean(0, keepdim=True)).expand_as(test_z)
balls = test_z < rival - 0.05
error, error_rival = relative(guess), relative(rival)
on_balls = ((guess - test_z).abs() / test_z)[balls].mean().item()
on_balls_rival = ((rival - test_z).abs() / test_z)[balls].mean().item()
print(f"{error:.1%} {error_rival:.1%} {on_balls:.1%} {on_balls_rival:.1%}")

# %% save
#| smoke: false


def plain(x, k):
    return [[round(v, k) for v in row] for row in x.tolist()]


learnt = {
    "images": [plain(test_x[i, 0], 2) for i in range(4)],
    "truth": [plain(test_z[i, 0], 2) for i in range(4)],
    "guess": [plain(guess[i, 0], 2) for i in range(4)],
    "losses": [round(v, 4) for v in losses],
}
(Path(__file__).resolve().parent / "learnt" / "depth.json").write_text(json.dumps(learnt))

# %% claims
#| smoke: false
parameters = sum(p.numel() for p in net.parameters())
train_size = len(train_x)
assert error < 0.6 * error_rival and on_balls < 0.65 * on_balls_rival
