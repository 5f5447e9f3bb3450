"""A batch of sentences: padded to a rectangle, and packed step by step."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

rows = ["今天天气好", "下雨", "多云了"]
CELL = 0.78

fig, ax = house.canvas(11.6, 4.7)
width = max(map(len, rows))
left, top = 1.0, 3.75
house.label(ax, (left + width * CELL / 2, 4.35), "填充：补成一样长", bold=True)
house.label(ax, (8.99, 4.35), "打包：一步一批", bold=True)
for r, text in enumerate(rows):
    for t in range(width):
        x, y = left + (t + 0.5) * CELL, top - (r + 0.5) * 0.86
        real = t < len(text)
        last = t == len(text) - 1
        house.box(
            ax,
            (x, y),
            text[t] if real else "0",
            width=0.68,
            height=0.68,
            color=house.TEAL if last else house.BLUE if real else house.HAIRLINE,
            filled=last,
        )
house.label(
    ax, (left + width * CELL / 2, 0.75), "绿色：每句真正的最后一步", size=house.SMALL, color=house.TEAL
)
house.label(
    ax, (left + width * CELL / 2, 0.3), "灰色的 0 也会被 RNN 读进去", size=house.SMALL, color=house.MUTED
)
house.arrow(ax, (5.3, 2.5), (6.3, 2.5), width=2.4)
order = sorted(rows, key=len, reverse=True)
for t in range(width):
    column = [text for text in order if len(text) > t]
    x = 6.95 + 1.02 * t
    for k, text in enumerate(column):
        last = t == len(text) - 1
        house.box(
            ax,
            (x, top - (k + 0.5) * 0.86),
            text[t],
            width=0.68,
            height=0.68,
            color=house.TEAL if last else house.BLUE,
            filled=last,
        )
    house.label(ax, (x, 0.75), f"第 {t + 1} 步", size=house.SMALL, color=house.MUTED)
    house.label(ax, (x, 0.3), f"{len(column)} 句", size=house.SMALL, color=house.INK)
plt.show()
