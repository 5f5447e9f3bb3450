# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# steps = 20
# ///
"""A small ViT learns which way the stripes run; where does its class token look?"""

# %% imports
import json
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy

from shapes import patterns, striped
from vit import ViT

torch.set_default_dtype(torch.float64)  # the same numbers on every computer
torch.set_num_threads(1)

# %% train
steps = 120
batch = 24
torch.manual_seed(0)
data = torch.Generator().manual_seed(1)
test_x, test_y, inside = striped(200, torch.Generator().manual_seed(2))
net = ViT(32, 4, dim=32, depth=2, heads=2, classes=4, channels=1)
optimizer = torch.optim.AdamW(net.parameters(), lr=4e-3)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps, pct_start=0.2)
losses, accuracies = [], []
for step in range(steps):
    x, y, _ = striped(batch, data)
    loss = cross_entropy(net(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    schedule.step()
    losses.append(loss.item())
    if step % 20 == 19:
        with torch.no_grad():
            accuracies.append((net(test_x).argmax(1) == test_y).double().mean().item())
        print(f"{step + 1:4} {sum(losses[-20:]) / 20:.2f} {accuracies[-1]:.0%}")

# %% maps
# region look
with torch.no_grad():
    net(test_x)
weights = net.blocks[0].attention.weights    # (B, 头, 65, 65)
look = weights[:, :, 0, 1:].mean(1)          # [CLS] 看 64 块
look = look.view(-1, 8, 8)
# endregion look
covered = torch.nn.functional.avg_pool2d(inside[:, None].double(), 4)[:, 0] > 0
on_shape = (look * covered).sum((1, 2)).mean().item() / look.sum((1, 2)).mean().item()
area = covered.double().mean().item()
print(f"{on_shape:.0%} {area:.0%}")

# %% save
#| smoke: false
shown = [int((test_y == k).nonzero()[1]) for k in range(4)]
learnt = {
    "losses": [round(v, 4) for v in losses],
    "images": [(test_x[i, 0] * 100).round().int().tolist() for i in shown],
    "maps": [[[round(v, 4) for v in row] for row in look[i].tolist()] for i in shown],
    "names": patterns,
}
(Path(__file__).resolve().parent / "learnt" / "vit.json").write_text(json.dumps(learnt, ensure_ascii=False))

# %% claims
#| smoke: false
accuracy, parameters = accuracies[-1], sum(p.numel() for p in net.parameters())
assert accuracy > 0.9 and on_shape > 1.5 * area
