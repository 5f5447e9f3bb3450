# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 5
# ///
"""How many pictures does a small CNN need, and a small ViT?"""

# %% imports
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from shapes import striped
from vit import ViT

torch.set_default_dtype(torch.float64)  # the same numbers on every computer
torch.set_num_threads(1)
steps = 120

# %% nets
# region models
def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, 2, padding=1), nn.ReLU(),
        nn.Conv2d(8, 16, 3, 2, padding=1), nn.ReLU(),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(),
        nn.AdaptiveMaxPool2d(1), nn.Flatten(),
        nn.Linear(32, 4))

def vit():
    return ViT(16, 4, dim=24, depth=1, heads=2,
               classes=4, channels=1)
# endregion models


data = torch.Generator().manual_seed(1)
train_x, train_y, _ = striped(800, data, 16)
test_x, test_y, _ = striped(400, data, 16)


def accuracy(model, n):
    """Trained on the first n pictures."""
    torch.manual_seed(0)
    net = model()
    optimizer = torch.optim.Adam(net.parameters(), lr=5e-3)
    for _ in range(steps):
        i = torch.randint(n, (min(n, 32),))
        loss = cross_entropy(net(train_x[i]), train_y[i])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        return (net(test_x).argmax(1) == test_y).double().mean().item()


# %% curves
sizes = (25, 50, 100, 200, 400, 800)
curves = {"CNN": [accuracy(cnn, n) for n in sizes], "ViT": [accuracy(vit, n) for n in sizes]}
for n, a, b in zip(sizes, *curves.values()):
    print(f"{n:5} {a:5.0%} {b:5.0%}")

# %% save
#| smoke: false
learnt = {"sizes": sizes, "curves": curves}
(Path(__file__).resolve().parent / "learnt" / "hunger.json").write_text(json.dumps(learnt))

# %% claims
#| smoke: false
counts = [sum(p.numel() for p in model().parameters()) for model in (cnn, vit)]
cnn_parameters, vit_parameters = counts
at = sizes.index(50)
cnn_few, vit_few = curves["CNN"][at], curves["ViT"][at]
cnn_many, vit_many = curves["CNN"][-1], curves["ViT"][-1]
assert cnn_few - vit_few > 0.1
