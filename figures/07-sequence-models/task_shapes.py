"""Four ways of using a recurrent network, by what goes in and what comes out."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(11.6, 4.7)
kinds = [
    ("多到一", "一句话 → 好评还是差评", [1, 1, 1], [0, 0, 1]),
    ("一到多", "一张图 → 一句话", [1, 0, 0], [1, 1, 1]),
    ("多到多，对齐", "每个词 → 它的词性", [1, 1, 1], [1, 1, 1]),
    ("多到多，先读后写", "一句中文 → 一句英文", [1, 1, 0, 0], [0, 0, 1, 1]),
]
left = 0.2
for title, example, ins, outs in kinds:
    width = 0.74 * len(ins)
    xs = [left + 0.1 + 0.74 * (k + 0.5) for k in range(len(ins))]
    for k, x in enumerate(xs):
        cell = house.box(ax, (x, 2.5), width=0.56, height=0.62, color=house.TEAL)
        if k:
            house.arrow(ax, (xs[k - 1] + 0.28, 2.5), cell.left, gap=1)
        if ins[k]:
            source = house.box(ax, (x, 1.35), width=0.56, height=0.5, color=house.BLUE)
            house.arrow(ax, source.top, cell.bottom, gap=2)
        if outs[k]:
            target = house.box(ax, (x, 3.65), width=0.56, height=0.5, color=house.ORANGE)
            house.arrow(ax, cell.top, target.bottom, gap=2)
    middle = left + 0.1 + width / 2
    house.label(ax, (middle, 4.35), title, bold=True, color=house.INK)
    house.label(ax, (middle, 0.6), example.replace(" → ", "\n→ "), size=house.SMALL, color=house.MUTED)
    left += width + 0.5
plt.show()
