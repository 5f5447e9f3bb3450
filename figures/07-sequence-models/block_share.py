"""Where the parameters of a Transformer block are."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/07-sequence-models"))
from block import Block

block = Block(64, heads=8)
parts = {name: sum(p.numel() for p in part.parameters()) for name, part in block.named_children()}
total = sum(parts.values())
shares = (
    ("注意力", "$4d^2$", parts["attention"], house.ORANGE),
    ("MLP", "$8d^2$", parts["mlp"], house.PURPLE),
)
fig, ax = house.canvas(5.0, 2.2)
x = 0.1
for name, size, count, color in shares:
    width = 4.8 * count / total
    house.box(ax, (x + width / 2, 1.0), f"{count / total:.0%}", width=width, height=0.9, color=color)
    house.label(ax, (x + width / 2, 1.8), f"{name} {size}", color=color)
    x += width
house.label(ax, (2.5, 0.2), f"一共 {total} 个，其余是 LayerNorm", size=house.SMALL, color=house.MUTED)
plt.show()
