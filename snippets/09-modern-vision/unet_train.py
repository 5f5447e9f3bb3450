# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 5
# tests = 10
# ///
"""A small U-Net learns to segment shapes, with and without its skip connections."""

# %% imports
import json
from pathlib import Path

import torch
from torch.nn import functional as F

from shapes import scenes
from unet import UNet

torch.set_default_dtype(torch.float64)  # the same numbers on every computer
torch.set_num_threads(1)

# %% settings
steps = 140
tests = 100
batch, widths = 8, (6, 12, 24, 48)
test_x, test_y = scenes(tests, torch.Generator().manual_seed(2))


@torch.no_grad()
def score(guess):
    """Mean intersection over union of the test pictures."""
    truth = test_y > 0.5
    both, either = (guess & truth).sum((1, 2, 3)), (guess | truth).sum((1, 2, 3))
    return (both / either).mean().item()


# region train
def train(skip):
    torch.manual_seed(0)
    data = torch.Generator().manual_seed(1)
    net = UNet(skip=skip, widths=widths)
    optimizer = torch.optim.Adam(net.parameters(), 2e-3)
    curve = []
    for step in range(steps):
        x, y = scenes(batch, data)       # 每步都是新图
        loss = F.binary_cross_entropy_with_logits(
            net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        curve.append(loss.item())
    return net, curve
# endregion train


# %% compare
scores, curves, guesses = {}, {}, {}
scores["threshold"] = max(score(test_x > t) for t in torch.arange(-0.5, 1.5, 0.1))
for name, skip in (("skip", True), ("plain", False)):
    net, curves[name] = train(skip)
    with torch.no_grad():
        guesses[name] = net(test_x) > 0
    scores[name] = score(guesses[name])
for name, value in scores.items():
    print(f"{name:10}{value:.2f}")

# %% edges
# How many of the wrong pixels touch a boundary of the truth?
near = F.max_pool2d(test_y, 3, 1, 1) - -F.max_pool2d(-test_y, 3, 1, 1) > 0
wrong = {name: (guess != (test_y > 0.5)) for name, guess in guesses.items()}
wrong_edges = {name: (w & near).double().sum().item() / len(w) for name, w in wrong.items()}
wrong_all = {name: w.double().sum().item() / len(w) for name, w in wrong.items()}
wrong_skip, wrong_plain = wrong_all["skip"], wrong_all["plain"]
edge_share = wrong_edges["plain"] / wrong_plain
print({k: round(v, 1) for k, v in wrong_all.items()}, round(edge_share, 2))

# %% save
#| smoke: false
shown = (0, 1, 2, 3)


def pack(m):
    return ["".join("#" if v else "." for v in row) for row in m.tolist()]


learnt = {
    "curves": {name: [round(v, 4) for v in curve] for name, curve in curves.items()},
    "images": [(test_x[i, 0] * 100).round().int().tolist() for i in shown],
    "truth": [pack(test_y[i, 0] > 0.5) for i in shown],
    **{name: [pack(guess[i, 0]) for i in shown] for name, guess in guesses.items()},
}
(Path(__file__).resolve().parent / "learnt" / "unet.json").write_text(json.dumps(learnt))

# %% claims
#| smoke: false
with_skip, without, threshold = scores["skip"], scores["plain"], scores["threshold"]
assert with_skip > 0.8 and with_skip - without > 0.05 and with_skip - threshold > 0.1
