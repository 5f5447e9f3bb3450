# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""常见激活函数：公式与 torch 一致，导数由 autograd 求，图由同一个循环画出。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% formulas
exp, where, sigmoid = torch.exp, torch.where, torch.sigmoid
s, a = 1.0507009873554805, 1.6732632423543772

formulas = {
    "sigmoid":    lambda z: 1 / (1 + exp(-z)),
    "tanh":       lambda z: (exp(z) - exp(-z)) / (exp(z) + exp(-z)),
    "relu":       lambda z: where(z > 0, z, 0 * z),
    "leaky_relu": lambda z: where(z > 0, z, 0.01 * z),
    "elu":        lambda z: where(z > 0, z, exp(z) - 1),
    "selu":       lambda z: s * where(z > 0, z, a * (exp(z) - 1)),
    "silu":       lambda z: z * sigmoid(z),
    "mish":       lambda z: z * torch.tanh(torch.log(1 + exp(z))),
}

# %% check
z = torch.linspace(-5, 5, 100_000, requires_grad=True)
lowest, highest = {}, {}
for name, by_hand in formulas.items():
    out = getattr(F, name)(z)
    assert torch.allclose(out, by_hand(z))
    (slope,) = torch.autograd.grad(out.sum(), z)
    lowest[name] = slope.min().item()
    highest[name] = slope.max().item()
    print(f"{name:11}{lowest[name]:6.2f}{highest[name]:6.2f}")

# %% prelu
prelu = nn.PReLU(init=0.25)
assert torch.allclose(prelu(z), z.clamp(min=0) + 0.25 * z.clamp(max=0))
out = prelu(torch.tensor([-2., 3.]))
out.sum().backward()
print(out.tolist(), prelu.weight.grad.item())

# %% panels
def panels(names, rows, height, title):
    """One panel per function: the curve, and below it or beside it its slope."""
    fig, axes = house.figure(11.6, height, rows=rows, cols=len(names) // rows, sharex=True, squeeze=False)
    t = torch.linspace(-4, 4, 801, requires_grad=True)
    for ax, (name, function) in zip(axes.flat, names.items()):
        out = function(t)
        (slope,) = torch.autograd.grad(out.sum(), t)
        ax.plot(t.detach(), out.detach(), color=house.BLUE, label="$f(z)$")
        ax.plot(t.detach(), slope, color=house.ORANGE, linestyle=(0, (4, 2)), label="$f'(z)$")
        house.axes_through_origin(ax)
        ax.set(title=name, xticks=[-4, -2, 2, 4], **title)
        ax.set_xlabel("$z$", loc="right", labelpad=-4)
    axes.flat[0].legend(loc="upper left", handlelength=1.6)
    return fig

# %% saturating
#| label: saturating
#| fig-alt: sigmoid 与 tanh 和它们的导数，导数两端趋于零，最大值分别是 0.25 和 1
fig = panels({"sigmoid": F.sigmoid, "tanh": F.tanh}, 1, 4.6,
             {"ylim": (-1.15, 1.15), "yticks": [-1, 0.5, 1], "yticklabels": ["−1", "", ""]})
fig.axes[0].set_yticklabels(["−1", "", "1"])
for ax, top, place in zip(fig.axes, (0.25, 1), ((24, -72), (-158, -34))):
    ax.plot(0, top, "o", color=house.ORANGE)
    ax.annotate(f"斜率最大 {top}", (0, top), xytext=place, textcoords="offset points", color=house.ORANGE,
                fontsize=house.TEXT, arrowprops={"arrowstyle": "-", "color": house.ORANGE})
plt.show()

# %% relu_family
#| label: relu_family
#| fig-alt: ReLU、Leaky ReLU、PReLU 和它们的导数，正半轴斜率都是 1，负半轴分别是 0、0.01 和可学的 a
panels(
    {"ReLU": F.relu, "Leaky ReLU (0.1)": lambda t: F.leaky_relu(t, 0.1),
     "PReLU ($a=0.4$)": lambda t: F.prelu(t, torch.tensor(0.4))},
    1, 4.6, {"ylim": (-1.8, 4.2), "yticks": [-1, 1, 2, 3, 4], "xticklabels": ["", "", "2", "4"]},
)
plt.show()

# %% smooth_family
#| label: smooth_family
#| fig-alt: ELU、SELU、Swish、Mish 和它们的导数，负半轴都不是零
panels(
    {"ELU": F.elu, "SELU": F.selu, "Swish (SiLU)": F.silu, "Mish": F.mish},
    1, 4.6, {"ylim": (-1.95, 4.2), "yticks": [1, 2, 3, 4], "xticklabels": ["", "", "2", "4"]},
)
plt.show()

# %% claims
silu_min, mish_min = lowest["silu"], lowest["mish"]
negative = prelu.weight.grad.item()
sigmoid_max, tanh_max = highest["sigmoid"], highest["tanh"]
ten_layers = sigmoid_max ** 10
silu_max, mish_max, selu_max = highest["silu"], highest["mish"], highest["selu"]
assert abs(sigmoid_max - 0.25) < 1e-6 and abs(tanh_max - 1) < 1e-6
assert abs(selu_max - s * a) < 1e-3 and negative == -2
assert -0.101 < silu_min < -0.099 and -0.114 < mish_min < -0.112
assert 1.09 < silu_max < 1.11 and 1.08 < mish_max < 1.10
