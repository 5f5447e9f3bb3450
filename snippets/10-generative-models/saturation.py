# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""What the generator can learn from: the gradients of log(1 - D) and of -log D."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)

# region gradients
def slopes(d):
    a = torch.tensor(d).logit().requires_grad_()
    b = a.detach().clone().requires_grad_()
    torch.log(1 - a.sigmoid()).backward()
    (-torch.log(b.sigmoid())).backward()
    return -a.grad.item(), -b.grad.item()

for d in (0.01, 0.1, 0.5, 0.9):
    s, o = slopes(d)
    print(f"{d:4}  {s:.2f}  {o:.2f}")
# endregion gradients
original, remedy = slopes(0.01)
assert abs(original - 0.01) < 1e-9 and abs(remedy - 0.99) < 1e-9

# %% curves
#| label: saturation
d = torch.linspace(0.004, 0.996, 249)
fig, ax = house.figure(5.0, 3.15)
ax.plot(d, d, color=house.RED, linestyle="--")
ax.plot(d, 1 - d, color=house.TEAL)
ax.axvspan(0, 0.12, color=house.tint(house.GOLD, 0.75), zorder=0)
ax.text(0.22, 0.04, "左边：训练之初", color=house.GOLD, fontsize=house.SMALL)
ax.text(0.98, 0.6, r"$\log(1-D)$", color=house.RED, ha="right", fontsize=house.SMALL)
ax.text(0.97, 0.3, r"$-\log D$", color=house.TEAL, ha="right", fontsize=house.SMALL)
ax.set(xlabel="判假样本为真的概率 $D(G(z))$", ylabel="对 logit 的梯度（大小）", xlim=(0, 1), ylim=(0, 1.02))
plt.show()
