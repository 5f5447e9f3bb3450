"""U-Net: down on the left, up on the right, across in between."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

levels = [(64, 8), (32, 16), (16, 32), (8, 64)]
fig, ax = house.canvas(11.6, 4.9)
heights = [4.2, 3.05, 1.95, 0.85]
sizes = [0.8, 0.62, 0.46, 0.34]
down, up = [], []
for k, ((side, channels), y, s) in enumerate(zip(levels, heights, sizes)):
    if k < 3:
        x = 2.2 + 0.95 * k
        down.append(house.cuboid(ax, (x, y), width=0.32, height=s, depth=0.22 + 0.16 * k, color=house.BLUE))
        up.append(house.cuboid(ax, (11.6 - x, y), width=0.32, height=s, depth=0.22 + 0.16 * k,
            color=house.TEAL))
        house.label(ax, (x - 0.6, y), f"{channels}×{side}×{side}", size=house.SMALL, mono=True,
            color=house.MUTED, ha="right")
        house.label(ax, (11.6 - x + 0.6, y), f"{channels}×{side}×{side}", size=house.SMALL,
            mono=True, color=house.MUTED, ha="left")
        house.arrow(ax, (down[-1].right[0] + 0.05, y), (up[-1].left[0] - 0.05, y),
            color=house.ORANGE, width=2.4)
    else:
        bottom = house.cuboid(ax, (5.8, y), width=0.32, height=s, depth=0.7, color=house.PURPLE)
        house.label(ax, (5.8, 0.28), f"{channels}×{side}×{side}", size=house.SMALL, mono=True,
            color=house.MUTED)
for a, b in zip(down, down[1:]):
    house.arrow(ax, (a.bottom[0] + 0.15, a.bottom[1]), (b.top[0] - 0.1, b.top[1]))
house.arrow(ax, (down[-1].right[0] - 0.1, down[-1].bottom[1]), (bottom.left[0], bottom.left[1] + 0.1))
house.arrow(ax, (bottom.right[0], bottom.right[1] + 0.1), (up[-1].left[0] + 0.1, up[-1].bottom[1]))
for a, b in zip(up[::-1], up[::-1][1:]):
    house.arrow(ax, (a.top[0] + 0.15, a.top[1]), (b.bottom[0] - 0.1, b.bottom[1]))
house.label(ax, (5.8, 4.45), "跳跃连接：原样送过去，拼接", color=house.ORANGE)
house.label(ax, (1.25, 1.0), "编码器：池化变小，\n通道变多", color=house.BLUE)
house.label(ax, (10.35, 1.0), "解码器：转置卷积\n变大", color=house.TEAL)
plt.show()
