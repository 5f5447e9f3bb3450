"""Five functions with their derivatives."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

pairs = [
    (r"$C=1.5$", r"$0$", lambda x: 0 * x + 1.5, lambda x: 0 * x, (-2, 2)),
    (r"$x^3$", r"$3x^2$", lambda x: x**3, lambda x: 3 * x**2, (-1.3, 1.3)),
    (r"$e^x$", r"$e^x$", np.exp, np.exp, (-2, 1.3)),
    (r"$\ln x$", r"$1/x$", np.log, lambda x: 1 / x, (0.22, 4)),
    (r"$\sin x$", r"$\cos x$", np.sin, np.cos, (-np.pi, np.pi)),
]
fig, axes = house.figure(12, 4.7, cols=5)
for ax, (name, derived, f, df, (a, b)) in zip(axes, pairs):
    x = np.linspace(a, b, 200)
    ax.plot(x, f(x), color=house.BLUE, linewidth=3.2)
    ax.plot(x, df(x), color=house.ORANGE, linestyle="--", linewidth=2.6)
    h = 1e-5
    assert np.abs((f(x + h) - f(x - h)) / (2 * h) - df(x)).max() < 1e-4
    ax.set_title(f"{name}\n" + r"$\downarrow$" + f"\n{derived}", fontsize=24)
    ax.axhline(0, color=house.MUTED, linewidth=1.2)
    ax.set(xlabel="$x$")
axes[0].set_ylim(-0.6, 2.4)
axes[0].plot([], [], color=house.BLUE, linewidth=3.2, label="函数")
axes[0].plot([], [], color=house.ORANGE, linestyle="--", label="导数")
fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, fontsize=house.TEXT)
plt.show()
