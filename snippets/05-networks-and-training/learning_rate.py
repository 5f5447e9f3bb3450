# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""学习率太小、合适、太大：在二次函数上可以算出界限 2/L。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)

# %% descend
A = torch.tensor([[4., 1.], [1., 1.]])     # J = w A w / 2
L = torch.linalg.eigvalsh(A).max()         # 最大的曲率
print(f"L = {L:.2f}, 2/L = {2 / L:.3f}")

def descend(lr, steps=30):
    w, losses = torch.tensor([1., 2.]), []
    for _ in range(steps + 1):
        losses.append((w @ A @ w / 2).item())
        w = w - lr * (A @ w)
    return losses

for lr in (0.01, 0.3, 0.44, 0.48):
    losses = descend(lr)
    print(f"lr = {lr:<4} {losses[0]:.1f} -> {losses[-1]:.2g}")

# %% drawing
#| label: learning_rate_curves
#| fig-alt: 学习率太小时损失慢慢下降，合适时很快到零，接近界限时振荡着下降，超过 2/L 时越来越大
fig, (left, right) = house.figure(11.6, 4.8, cols=2, width_ratios=[1.25, 1])
styles = ((0, (5, 2)), "-", (0, (1.5, 1.5)), (0, (5, 2, 1, 2)))
rates = ((0.01, "太小"), (0.3, "合适"), (0.44, "贴着界限"), (0.48, "太大"))
for (lr, word), color, style in zip(rates, (house.BLUE, house.TEAL, house.PURPLE, house.RED), styles):
    left.semilogy(descend(lr), color=color, linestyle=style, label=f"{lr}　{word}")
left.set(xlabel="步数", ylabel="损失 $J$（对数）", ylim=(1e-9, 300), xlim=(0, 30))
left.legend(title="学习率", title_fontsize=house.SMALL, loc="lower left")
a, b = torch.meshgrid(torch.linspace(-3, 3, 121), torch.linspace(-3, 3, 121), indexing="xy")
height = (4 * a**2 + 2 * a * b + b**2) / 2
right.contour(a, b, height, levels=[0.1, 0.5, 1.5, 4, 8, 14], colors=house.GREY, linewidths=house.THIN)
for lr, color, marker in ((0.3, house.TEAL, "o"), (0.48, house.RED, "s")):
    w, path = torch.tensor([1., 2.]), []
    for _ in range(11):
        path.append(w)
        w = w - lr * (A @ w)
    right.plot(*torch.stack(path).T, color=color, marker=marker, markersize=6, linewidth=1.8)
right.set(xlabel="$w_1$", ylabel="$w_2$", xlim=(-3, 3), ylim=(-3, 3), aspect="equal", title="谷里来回跳")
right.grid(False)
plt.show()

# %% claims
bound = (2 / L).item()
small, good, large = descend(0.01)[-1], descend(0.3)[-1], descend(0.48)[-1]
assert 0.44 < bound < 0.48
assert good < 1e-3 < small < descend(0.01)[0] < large
