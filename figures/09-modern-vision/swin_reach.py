"""Which cells change when one cell changes: windows, windows twice, windows and shifted ones."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import swin
import torch
from swin import SwinBlock

from parts import picture

torch.manual_seed(0)
same, moved = SwinBlock(16, 2, w=4), SwinBlock(16, 2, w=4, shift=2)
fig, axes = house.figure(5.0, 4.0, rows=2, cols=2)
cases = (
    ("一层", (same,)),
    ("两层，不移", (same, same)),
    ("第二层移", (same, moved)),
    ("去掉掩码", (same, moved)),
)
counts, mask = [], swin.shift_mask
for ax, (title, blocks) in zip(axes.flat, cases):
    swin.shift_mask = mask if title != "去掉掩码" else lambda *sizes: mask(*sizes) | True
    x = torch.randn(1, 8, 8, 16)
    y = x.clone()
    y[0, 3, 3] = torch.randn(16)
    for block in blocks:
        x, y = block(x), block(y)
    changed = ((x - y).abs().amax(-1) > 1e-6)[0]
    counts.append(changed.sum().item())
    picture(ax, changed, f"{title}：{counts[-1]}", vmin=0, vmax=1.4)
    ax.plot(3, 3, "o", color=house.ORANGE)
    ax.plot([3.5, 3.5], [-0.5, 7.5], color=house.INK, linewidth=1.2)
    ax.plot([-0.5, 7.5], [3.5, 3.5], color=house.INK, linewidth=1.2)
assert counts == [16, 16, 36, 64]
plt.show()
