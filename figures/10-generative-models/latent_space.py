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
quiet = {"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.75}
loud = {"boxstyle": "circle,pad=0.18", "facecolor": house.INK, "edgecolor": house.PAPER}
fig = plt.figure(figsize=(11.6, 5.1), layout="constrained")
columns = fig.subfigures(1, 2, wspace=0.03)
for part, codes, drawn, decoded, title in (
    (columns[0], "plain", "anywhere", "from_plain", "自编码器"),
    (columns[1], "mu", "normal", "from_vae", "VAE"),
):
    left, right = part.subfigures(1, 2, width_ratios=(1.45, 1))
    ax = left.subplots()
    z, at = np.reshape(data[codes], (-1, 2)), np.reshape(data[drawn], (-1, 2))
    for digit in range(10):
        ax.scatter(*z[labels == digit].T, s=6, alpha=0.45, color=plt.get_cmap("tab10")(digit))
    for digit in range(10):
        ax.text(*np.median(z[labels == digit], 0), str(digit), fontsize=house.SMALL, color=house.MUTED,
                ha="center", va="center", bbox=quiet)
    for letter, point in zip("ABCDEF", at):
        ax.text(*point, letter, fontsize=house.SMALL, weight="bold", color=house.PAPER, ha="center",
                va="center", zorder=5, bbox=loud)
    ax.set(title=title, xlabel="$z_1$", ylabel="$z_2$")
    for ax, k in zip(right.subplots(3, 2).flat, range(6)):
        picture(ax, data[decoded][64 * k : 64 * k + 64])
        ax.set_title("ABCDEF"[k], fontsize=house.SMALL, pad=3)
plt.show()
