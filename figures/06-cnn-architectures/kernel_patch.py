"""一个输出的来历：输入的一小块与核对应相乘，再相加。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

patch = torch.tensor([[1, 2, 0], [0, 1, 3], [2, 1, 1]])
kernel = torch.tensor([[0, 1, 0], [1, 2, 1], [0, 1, 0]])
fig, ax = house.canvas(5.0, 3.65)
big = house.matrix(ax, (1.3, 2.05), rows=5, cols=5, cell=0.46, marked=[(1 + m,
    1 + n) for m in range(3) for n in range(3)])
for m in range(3):
    for n in range(3):
        house.label(ax, big.cells[1 + m, 1 + n], str(patch[m, n].item()), mono=True, size=house.SMALL)
core = house.matrix(ax, (4.0, 2.05), values=kernel, cell=0.5, color=house.ORANGE, name="核 $K$")
house.label(ax, (1.3, 3.43), "输入 $I$", color=house.BLUE, bold=True)
house.label(ax, (2.85, 2.05), "⋆", size=32)
value = (patch * kernel).sum().item()
terms = " + ".join(f"{a}·{b}" for a, b in zip(patch.flatten().tolist(), kernel.flatten().tolist()) if b)
house.label(ax, (2.5, 0.62), terms, mono=True, size=house.SMALL)
house.label(ax, (2.5, 0.22), f"= {value}", color=house.TEAL, mono=True, bold=True)
plt.show()
