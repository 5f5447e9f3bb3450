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

shapes = {
    "有把握": torch.tensor([0.86, 0.05, 0.03, 0.02, 0.015, 0.01, 0.008, 0.007]),
    "没把握": torch.tensor([0.17, 0.16, 0.145, 0.135, 0.12, 0.1, 0.09, 0.08]),
}
fig, axes = house.figure(11.8, 5.2, rows=2, cols=2, sharex=True)
for row, (name, p) in zip(axes, shapes.items()):
    for ax, kept, title in zip(
        row, (top_k(p, 3) > 0, top_p(p, 0.8) > 0), ("top-k，k = 3", "top-p，p = 0.8")
    ):
        inside = [k for k in range(8) if kept[k]]
        color = house.BLUE if "k = " in title else house.ORANGE
        bars(ax, [(f"{k + 1}", v) for k, v in enumerate(p.tolist())], color, inside)
        ax.set_title(f"{name} · {title}：留 {len(inside)} 个", fontsize=house.TEXT)
    row[0].set_ylabel("概率")
for ax in axes[1]:
    ax.set_xlabel("按概率排的第几个")
plt.show()
