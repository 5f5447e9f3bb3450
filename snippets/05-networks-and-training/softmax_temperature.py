# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""softmax 的温度：分数先除以 T，再变成概率。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)

# %% temperature
z = torch.tensor([1., 2., 3.])
for T in (0.1, 0.5, 1, 2, 10):
    p = torch.softmax(z / T, dim=0)
    H = -(p * p.log()).sum()  # 熵：多犹豫
    row = " ".join(f"{v:.3f}" for v in p)
    print(f"{T:<4} {row}  {H:.2f}")

# %% shift
p = torch.softmax(z, dim=0)
print(torch.allclose(torch.softmax(z + 7, 0), p))
print(torch.allclose(torch.softmax(z * 7, 0), p))

# %% drawing
#| label: softmax_temperature
#| fig-alt: 同一组分数 1、2、3 在温度 0.5、1、5 下的概率，温度越高越平均
fig, ax = house.figure(4.8, 2.8)
for k, (T, color, hatch) in enumerate(zip((0.5, 1, 5), house.COLORS, ("", "//", ".."))):
    bars = torch.softmax(z / T, dim=0)
    ax.bar(torch.arange(3) + (k - 1) * 0.27, bars, 0.25, color=house.tint(color, 0.25), edgecolor=color,
           hatch=hatch, label=f"$T={T}$")
ax.set(ylabel="概率", xticks=range(3), yticks=[0, 0.5, 1], ylim=(0, 1.05))
ax.set_xticklabels(["$z=1$", "$z=2$", "$z=3$"], fontsize=house.TEXT)
ax.legend(loc="upper left", borderpad=0)
ax.grid(axis="x", visible=False)
plt.show()

# %% claims
cold, hot = torch.softmax(z / 0.1, 0), torch.softmax(z / 10, 0)
top_cold, top_hot = cold.max().item(), hot.max().item()
assert torch.allclose(p, torch.tensor([0.0900, 0.2447, 0.6652]), atol=1e-4)
assert top_cold > 0.999 and top_hot < 0.37
assert not torch.allclose(torch.softmax(z * 7, 0), p)
