"""Two masks: the causal triangle, and the padded end of a short sentence."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import torch

causal = torch.ones(6, 6).tril().bool()
real = (torch.arange(6) < 4).expand(6, 6)

fig, ax = house.canvas(11.6, 5.2)
for middle, mask, title, words in (
    (3.6, causal, "因果掩码：不看后面", list("今天天气真好")),
    (9.0, real, "填充掩码：不看补的 0", [*"今天下雨", "0", "0"]),
):
    cell = 0.6
    allowed = {(i, j) for i in range(6) for j in range(6) if mask[i, j]}
    grid = [["✓" if (i, j) in allowed else "−∞" for j in range(6)] for i in range(6)]
    house.matrix(
        ax, (middle, 2.1), values=grid, cell=cell, color=house.GREY, marked=allowed, mark_color=house.TEAL
    )
    for k, word in enumerate(words):
        house.label(
            ax, (middle + (k - 2.5) * cell, 4.15), word, color=house.ORANGE if word != "0" else house.MUTED
        )
        house.label(
            ax,
            (middle - 3.5 * cell + 0.05, 2.1 + (2.5 - k) * cell),
            word,
            color=house.BLUE if word != "0" else house.MUTED,
        )
    house.label(ax, (middle, 4.85), title, bold=True)
house.label(ax, (0.95, 2.1), "谁在问", color=house.BLUE, rotation=90)
house.label(ax, (0.6, 4.15), "看谁 →", color=house.ORANGE, ha="left")
plt.show()
