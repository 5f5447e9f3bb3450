"""What positions add to the scores: nothing, something for each place, something for each distance."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import torch
from vit_positions import K, Q, away, places, table

from parts import picture

with torch.no_grad():
    plain = Q(torch.zeros(8, 16)) @ K(torch.zeros(8, 16)).T / 4
    absolute = Q(places) @ K(places).T / 4 - plain
relative = table[away]
for matrix, same in ((absolute, False), (relative, True)):      # moved by one patch, is it the same?
    assert torch.allclose(matrix.roll((1, 1), (0, 1)), matrix) is same
fig, axes = house.figure(5.2, 2.3, cols=3)
for ax, title, matrix in zip(axes, ("没有", "绝对", "相对"), (0 * relative, absolute, relative)):
    limit = max(matrix.abs().max().item(), 1)
    picture(ax, matrix, title, cmap="house_diverging", vmin=-limit, vmax=limit)
axes[1].set_xlabel("8 块对 8 块，打分时加上多少", fontsize=house.SMALL)
plt.show()
