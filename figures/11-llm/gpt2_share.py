"""GPT-2 的参数在哪里。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
from gpt import GPT

import torch

with torch.device("meta"):
    gpt2 = GPT(kinds=50257, dim=768, heads=12, depth=12, context=1024)
block = gpt2.blocks[0]


def millions(*modules):
    return sum(p.numel() for module in modules for p in module.parameters()) / 1e6


parts = {
    "位置": millions(gpt2.place),
    "注意力 × 12": 12 * millions(block.attention),
    "词嵌入": millions(gpt2.token),
    "MLP × 12": 12 * millions(block.mlp),
}
fig, ax = house.figure(5.2, 3.3)
colors = (house.GREY, house.ORANGE, house.BLUE, house.PURPLE)
for k, ((name, count), color) in enumerate(zip(parts.items(), colors)):
    ax.barh(k, count, color=color, height=0.66)
    house.label(ax, (count + 1, k), f"{count:.1f}", ha="left", size=house.SMALL)
ax.set_yticks(range(4), parts, fontsize=house.SMALL)
ax.set(xlabel="参数（百万）", xlim=(0, 68))
ax.grid(axis="y", visible=False)
plt.show()
