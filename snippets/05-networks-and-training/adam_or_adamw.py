# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""同样的 weight_decay：Adam 把它混进梯度再归一化，AdamW 直接缩小权重。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.optim import Adam, AdamW

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)

# %% by_hand
def adam_l2(lr=0.01, wd=0.1, eps=1e-8):
    w = torch.tensor([1., 1.])
    m, v = torch.zeros(2), torch.zeros(2)
    for t in range(1, 201):
        # region l2
        g = gradient(t)
        g = g + wd * w           # Adam + L2
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g ** 2
        mh = m / (1 - 0.9 ** t)
        vh = v / (1 - 0.999 ** t)
        w = w - lr * mh / (vh.sqrt() + eps)
        # endregion l2
    return w

def adam_w(lr=0.01, wd=0.1, eps=1e-8):
    w = torch.tensor([1., 1.])
    m, v = torch.zeros(2), torch.zeros(2)
    for t in range(1, 201):
        # region step
        g = gradient(t)
        w = w - lr * wd * w      # AdamW
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g ** 2
        mh = m / (1 - 0.9 ** t)
        vh = v / (1 - 0.999 ** t)
        w = w - lr * mh / (vh.sqrt() + eps)
        # endregion step
    return w

# %% noise
def gradient(t):
    """梯度只是正负交替的噪声：一个大，一个小。"""
    sign = 1. if t % 2 else -1.
    return torch.tensor([10 * sign, 0.1 * sign])

# %% compare
def by_torch(kind):
    w = torch.tensor([1., 1.], requires_grad=True)
    optimizer = kind([w], lr=0.01, weight_decay=0.1)
    path = [w.tolist()]
    for t in range(1, 201):
        w.grad = gradient(t)
        optimizer.step()
        path.append(w.tolist())
    return torch.tensor(path)

l2, adamw = by_torch(Adam), by_torch(AdamW)
print("Adam + L2", *[f"{x:.3f}" for x in l2[-1]])
print("AdamW    ", *[f"{x:.3f}" for x in adamw[-1]])
print(torch.allclose(adam_l2(), l2[-1]),
      torch.allclose(adam_w(), adamw[-1]))

# %% drawing
#| label: adam_or_adamw
#| fig-alt: 左图 Adam 加 L2：梯度大的权重几乎不缩，梯度小的缩得很快；右图 AdamW：两个权重缩得一样快
fig, axes = house.figure(11.4, 4.5, cols=2, sharey=True)
for ax, path, title in zip(axes, (l2, adamw), ("Adam + L2", "AdamW")):
    ax.plot(path[:, 0], color=house.BLUE, linewidth=4.5, alpha=0.75, label="梯度大的权重 (±10)")
    ax.plot(path[:, 1], color=house.ORANGE, linestyle=(0, (5, 2)), label="梯度小的权重 (±0.1)")
    ax.set(title=title, xlabel="步数", ylim=(-0.05, 1.15), xlim=(0, 200))
axes[0].set_ylabel("权重")
axes[1].legend(loc="lower left")
plt.show()

# %% claims
l2_large, l2_small = l2[-1].tolist()
w_large, w_small = adamw[-1].tolist()
assert torch.allclose(adam_l2(), l2[-1]) and torch.allclose(adam_w(), adamw[-1])
assert l2_large - l2_small > 0.3 and abs(w_large - w_small) < 0.03
