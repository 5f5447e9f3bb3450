"""Heron's idea: a rectangle of area 2 becomes a square. The slide shows the figure that is left open."""

import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(10, 4))
left, x = 0, 2
for color in ("#c7d0da", "#8fb0cc", "#1f6299"):
    y = 2 / x
    ax.add_patch(plt.Rectangle((left, 0), x, y, facecolor=color))
    ax.text(left + x / 2, -0.08, f"{x:.3f} × {y:.3f}", fontsize=18, ha="center", va="top")
    left, x = left + x + 0.4, (x + y) / 2
ax.set(xlim=(0, left - 0.4), ylim=(-0.4, 1.45), aspect="equal")
ax.axis("off")
