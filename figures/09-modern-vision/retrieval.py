"""For each of three captions the four most similar pictures."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import torch
from pairs import captions, draw

from parts import learnt, picture

torch.set_default_dtype(torch.float64)
data = learnt("clip")
pictures = draw([c for c in captions for _ in range(20)], torch.Generator().manual_seed(2))
asked = ("红色的圆", "蓝色的十字", "黄色的三角")
fig, axes = house.figure(5.8, 4.6, rows=3, cols=4)
for row, word in zip(axes, asked):
    for ax, k in zip(row, data["found"][captions.index(word)]):
        picture(ax, pictures[k].permute(1, 2, 0).clamp(0, 1))
    row[0].set_ylabel(word, rotation=0, ha="right", va="center", fontsize=house.TEXT)
plt.show()
