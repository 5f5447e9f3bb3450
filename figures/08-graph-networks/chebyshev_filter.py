# /// script
# dependencies = ["matplotlib", "numpy"]
# [tool.deckwright.vary]
# most = [8, 16, 32, 64]
# ///
"""Two filters and their Chebyshev approximations: a smooth one needs few terms, a step many."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import parts  # noqa: F401
from numpy.polynomial import chebyshev

from cheb_fit import fit, lam, smooth, step

most = 16
fig, axes = house.figure(11.4, 4.5, cols=2, sharey=True)
for ax, g, terms, title in (
    (axes[0], smooth, (1, 2, 4), "平缓的滤波器"), (axes[1], step, (4, most), "陡峭的滤波器"),
):
    ax.plot(lam, g(lam), color=house.INK, linewidth=4, alpha=0.35, label="想要的")
    for K, color, style in zip(
        terms,
        (house.ORANGE, house.TEAL, house.BLUE) if len(terms) == 3 else (house.TEAL, house.BLUE),
        (":", "--", "-") if len(terms) == 3 else ("--", "-"),
    ):
        ax.plot(lam, chebyshev.chebval(lam - 1, fit(g, K)), color=color, linestyle=style, label=f"K = {K}")
    ax.set(title=title, xlabel="$\\lambda$ (频率)", xlim=(0, 2))
    ax.legend(loc="upper right")
axes[0].set(ylabel="$g(\\lambda)$：留下几成")
plt.show()
