"""Inception：(a) 四路直接拼，通道太多；(b) 先用 1×1 压缩。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets" / "06-cnn-architectures"))
from inception import Inception, Naive
from counting import count

with torch.device("meta"):
    naive, block = Naive(192, 64, 128, 32), Inception(192, 64, (96, 128), (16, 32), 32)
NOTE = 17  # 页面上会缩小一些
fig, ax = house.canvas(11.6, 5.3)


def draw(left, title, first, second, outs, total, parameters):
    """四路从下往上：可选的第一层、第二层、拼接。"""
    house.label(ax, (left + 2.75, 5.05), title, bold=True)
    house.box(ax, (left + 2.75, 0.35), "输入 192", width=5.3, height=0.5, size=NOTE)
    house.box(ax, (left + 2.75, 4.42), f"拼接 {total}", width=5.3, height=0.5,
        color=house.TEAL, size=NOTE)
    for path, (low, high, out) in enumerate(zip(first, second, outs)):
        x = left + 0.74 + 1.34 * path
        start = (x, 0.62)
        if low:
            color = house.PURPLE if low.startswith("1×1") else house.GREY
            a = house.box(ax, (x, 1.55), low, width=1.2, height=0.86, color=color, size=NOTE)
            house.arrow(ax, start, a.bottom, gap=1)
            start = a.top
        if high:
            squeezing = low and high.startswith("1×1")
            color = house.GREY if high == "池化" else house.PURPLE if squeezing else house.ORANGE
            b = house.box(ax, (x, 2.95), high, width=1.2, height=0.62, color=color, size=NOTE)
            house.arrow(ax, start, b.bottom, gap=1)
            start = b.top
        house.arrow(ax, start, (x, 4.15), gap=1)
        house.label(ax, (x + 0.1, 3.72), str(out), ha="left", size=NOTE, color=house.MUTED, mono=True)


draw(0.1, f"(a) 直接拼：{count(naive):,} 个参数", ["", "", "", ""], ["1×1", "3×3", "5×5", "池化"], [64,
    128, 32, 192], 416, 0)
draw(6.0, f"(b) 先压缩：{count(block):,} 个参数", ["", "1×1\n96", "1×1\n16", "池化"], ["1×1", "3×3",
    "5×5", "1×1"], [64, 128, 32, 32], 256, 0)
plt.show()
