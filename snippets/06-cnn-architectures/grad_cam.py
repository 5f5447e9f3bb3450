# /// script
# dependencies = ["torch", "matplotlib"]
#
# [tool.deckwright.smoke]
# epochs = 1
# ///
"""Grad-CAM：网络凭图上的哪里，说这是“圆环”？"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn.functional import cross_entropy, interpolate

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from shapes import NAMES, SIDE, make

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # 这么小的网络，一个核更快

# %% train
torch.manual_seed(0)
features = nn.Sequential(
    nn.Conv2d(1, 8, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 24, 3, padding=1), nn.ReLU())
head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(24, 4))
X, y, _ = make(1000, seed=1)
X_test, y_test, place = make(300, seed=2)
optimizer = torch.optim.Adam([*features.parameters(), *head.parameters()], lr=1e-2)
epochs = 8
for epoch in range(epochs):
    for batch in torch.randperm(len(X)).split(50):
        loss = cross_entropy(head(features(X[batch])), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
with torch.no_grad():
    guess = head(features(X_test)).argmax(1)
right = guess == y_test
accuracy = right.double().mean().item()
print(f"测试集猜对 {accuracy:.1%}")


# %% cam
def grad_cam(image, kind):
    """哪里的特征推高了这一类的分数？"""
    A = features(image[None])             # 特征图
    score = head(A)[0, kind]              # 这一类的分数
    grad, = torch.autograd.grad(score, A)
    alpha = grad.mean((2, 3), keepdim=True)
    cam = (alpha * A).sum(1, keepdim=True).relu()
    cam = interpolate(cam.detach(), size=32, mode="bilinear")
    return cam[0, 0]


# %% where
inside = 0
for image, kind, (top, left) in zip(X_test, guess, place):
    cam = grad_cam(image, kind)
    row, col = divmod(cam.argmax().item(), 32)
    inside += bool(top <= row < top + SIDE and left <= col < left + SIDE)
share = inside / len(X_test)
print(f"最热的点落在图案上：{share:.1%}")

# %% grad_cam
#| smoke: false
#| label: grad_cam
#| fig-alt: 四张带噪声的图和它们的 Grad-CAM 热图，每张热图最热的地方正是图案所在
fig, axes = house.figure(11.4, 5.0, rows=2, cols=4)
for kind, (above, below) in enumerate(axes.T):
    at = int(((y_test == kind) & right).nonzero()[1])
    top, left = place[at].tolist()
    cam = grad_cam(X_test[at], kind)
    above.imshow(X_test[at, 0], cmap="house")
    below.imshow(cam, cmap="house_diverging", vmin=-cam.max(), vmax=cam.max())
    below.add_patch(plt.Rectangle((left - 0.5, top - 0.5), SIDE, SIDE, fill=False,
                                  edgecolor=house.INK, linewidth=house.EDGE, linestyle="--"))
    above.set_title(NAMES[kind], fontsize=house.TEXT)
    for ax in (above, below):
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
        ax.spines[:].set(visible=True, color=house.HAIRLINE)
axes[0, 0].set_ylabel("输入", fontsize=house.TEXT)
axes[1, 0].set_ylabel("Grad-CAM", fontsize=house.TEXT)
plt.show()

# %% claims
#| smoke: false
tests, trained = len(X_test), len(X)
assert accuracy > 0.9 and share > 0.9
