"""DPT: four layers of a ViT become four maps, fused from coarse to fine."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
fig, ax = house.canvas(11.6, 5.0)
house.label(ax, (1.2, 4.75), "ViT", color=house.PURPLE)
house.label(ax, (4.55, 4.75), "重组：词 → 图", color=house.ORANGE)
house.label(ax, (8.2, 4.75), "融合：由粗到细", color=house.TEAL)
fused = None
for k, (layer, scale, side) in enumerate(((12, "缩 2 倍", 7), (9, "不变", 14), (6, "放 2 倍", 28), (3,
    "放 4 倍", 56))):
    y = 4.1 - 1.1 * k
    block = house.box(ax, (1.2, y), f"第 {layer} 块", width=1.6, height=0.7, color=house.PURPLE)
    part = house.box(ax, (4.0, y), scale, width=1.6, height=0.7, color=house.ORANGE)
    house.arrow(ax, block.right, part.left, "197×768")
    house.label(ax, (5.85, y + 0.2), f"{side}×{side}", mono=True, size=house.SMALL, color=house.MUTED)
    now = house.box(ax, (8.2, y), "＋ 卷积" if k else "卷积", width=1.7, height=0.7, color=house.TEAL)
    house.arrow(ax, part.right, now.left)
    if fused:
        house.arrow(ax, fused.bottom, now.top)
        house.label(ax, (8.35, y + 0.55), "×2", size=house.SMALL, color=house.MUTED, ha="left")
    if k < 3:
        house.arrow(ax, (1.2, y - 0.75), (1.2, y - 0.35), gap=0)
    fused = now
out = house.box(ax, (10.6, 0.8), "每个像素", width=1.6, height=0.9, color=house.BLUE, note="224×224")
house.arrow(ax, fused.right, out.left)
house.label(ax, (1.2, 0.15), "图", color=house.MUTED)
house.arrow(ax, (1.2, 0.28), (1.2, 0.47), gap=0)
plt.show()
