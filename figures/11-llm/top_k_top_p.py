# /// script
# dependencies = ["matplotlib", "torch"]
# [tool.deckwright.vary]
# k = [1, 3, 5]
# p = [0.5, 0.8, 0.95]
# ///
"""尖的和平的分布，top-k 与 top-p 各留下哪些。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
import torch
from decoding import top_k, top_p

from parts import bars

k = 3
p = 0.8
shapes = {
    "有把握": torch.tensor([0.86, 0.05, 0.03, 0.02, 0.015, 0.01, 0.008, 0.007]),
    "没把握": torch.tensor([0.17, 0.16, 0.145, 0.135, 0.12, 0.1, 0.09, 0.08]),
}
fig, axes = house.figure(11.8, 5.2, rows=2, cols=2, sharex=True)
for row, (name, shape) in zip(axes, shapes.items()):
    for ax, kept, title in zip(
        row, (top_k(shape, k) > 0, top_p(shape, p) > 0), (f"top-k，k = {k}", f"top-p，p = {p}")
    ):
        inside = [at for at in range(8) if kept[at]]
        color = house.BLUE if "k = " in title else house.ORANGE
        bars(ax, [(f"{at + 1}", v) for at, v in enumerate(shape.tolist())], color, inside)
        ax.set_title(f"{name} · {title}：留 {len(inside)} 个", fontsize=house.TEXT)
    row[0].set_ylabel("概率")
for ax in axes[1]:
    ax.set_xlabel("按概率排的第几个")
plt.show()
