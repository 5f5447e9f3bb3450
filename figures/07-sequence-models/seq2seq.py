"""Encoder and decoder for writing a sequence backwards; everything passes through one vector."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

source, target = ["3", "1", "4", "1"], ["1", "4", "1", "3"]

fig, ax = house.canvas(11.6, 4.5)
encoder, decoder = [], []
for t, digit in enumerate(source):
    x = 0.95 + 1.15 * t
    cell = house.box(ax, (x, 2.3), width=0.74, height=0.74, color=house.BLUE)
    token = house.box(ax, (x, 0.95), digit, width=0.74, height=0.62, color=house.GREY)
    house.arrow(ax, token.top, cell.bottom, gap=2)
    if encoder:
        house.arrow(ax, encoder[-1].right, cell.left, gap=2)
    encoder.append(cell)
vector = house.box(ax, (5.75, 2.3), r"$h$", width=0.7, height=1.7, color=house.RED, filled=True)
house.arrow(ax, encoder[-1].right, vector.left, gap=2)
for t, digit in enumerate(target):
    x = 7.2 + 1.15 * t
    cell = house.box(ax, (x, 2.3), width=0.74, height=0.74, color=house.ORANGE)
    token = house.box(
        ax, (x, 0.95), "始" if t == 0 else target[t - 1], width=0.74, height=0.62, color=house.GREY
    )
    out = house.box(ax, (x, 3.65), digit, width=0.74, height=0.62, color=house.TEAL)
    house.arrow(ax, token.top, cell.bottom, gap=2)
    house.arrow(ax, cell.top, out.bottom, gap=2)
    if t:
        house.arrow(ax, decoder[-1].right, cell.left, gap=2)
    decoder.append(cell)
house.arrow(ax, vector.right, decoder[0].left, gap=2)
house.label(ax, (2.7, 3.3), "编码器 (encoder)：读", color=house.BLUE)
house.label(ax, (8.9, 0.3), "解码器 (decoder)：写，上一个字喂给下一步", color=house.ORANGE)
house.label(ax, (5.75, 3.5), "唯一的通路", color=house.RED)
plt.show()
