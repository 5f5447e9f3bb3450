"""Where the digits are in the two latent spaces, and what random codes decode to."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np

from parts import learnt, picture

data = learnt("vae")
labels = np.array(data["labels"])
fig = plt.figure(figsize=(11.6, 5.3), layout="constrained")
columns = fig.subfigures(1, 2)
for part, codes, drawn, decoded, title in (
    (columns[0], "plain", "anywhere", "from_plain", "自编码器"),
    (columns[1], "mu", "normal", "from_vae", "VAE"),
):
    top, low = part.subfigures(2, 1, height_ratios=(2.1, 1))
    ax = top.subplots()
    z, at = np.reshape(data[codes], (-1, 2)), np.reshape(data[drawn], (-1, 2))
    for digit in range(10):
        ax.scatter(*z[labels == digit].T, s=6, alpha=0.45, color=plt.get_cmap("tab10")(digit))
    for digit in range(10):
        middle = np.median(z[labels == digit], 0)
        ax.text(*middle, str(digit), fontsize=house.TEXT, weight="bold", ha="center", va="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.75})
    ax.plot(*at[:6].T, "x", color=house.INK, markersize=10, markeredgewidth=2.4)
    ax.set(title=title, xlabel="$z_1$", ylabel="$z_2$")
    for ax, k in zip(low.subplots(1, 6), range(6)):
        picture(ax, data[decoded][64 * k : 64 * k + 64])
plt.show()
