# /// script
# dependencies = ["torch", "torchvision", "scikit-learn", "matplotlib"]
# ///
"""数据增强：同一个数字平移、旋转、裁剪、变亮，标签不变；小数据上测试准确率更高。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F
from torchvision.transforms import v2

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% data
digits = load_digits()
order = torch.randperm(len(digits.target), generator=torch.Generator().manual_seed(1))
images = torch.tensor(digits.images)[order][:, None] / 16
labels = torch.tensor(digits.target)[order]
X, y = images[:100], labels[:100]
X_test, y_test = images[100:900], labels[100:900]

# %% augment
def augment(x):
    """各自转 15° 以内、平移半个像素以内、变亮变暗。"""
    n = len(x)
    angle = (torch.rand(n) - 0.5) * torch.pi / 6
    shift = (torch.rand(n, 2) - 0.5) * 0.25
    rotate = torch.stack([angle.cos(), -angle.sin(),
                          angle.sin(), angle.cos()], 1)
    theta = torch.cat([rotate.view(n, 2, 2),
                       shift[:, :, None]], dim=2)
    grid = F.affine_grid(theta, x.shape, align_corners=False)
    x = F.grid_sample(x, grid, align_corners=False)
    return x * (0.8 + 0.4 * torch.rand(n, 1, 1, 1))

# %% train
def accuracy(prepare, seed, epochs=200):
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Flatten(), nn.Linear(64, 64),
                        nn.ReLU(), nn.Linear(64, 10))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(epochs):
        loss = F.cross_entropy(net(prepare(X)), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    guess = net(X_test).argmax(1)
    return (guess == y_test).double().mean().item()

def average(prepare, seeds=3):
    return sum(accuracy(prepare, s) for s in range(seeds)) / seeds

plain = average(lambda x: x)
augmented = average(augment)
print(f"without {plain:.1%}")
print(f"with    {augmented:.1%}")

# %% drawing
#| label: augmentation_grid
#| fig-alt: 数字二和四的原图与五种变化：平移、旋转、裁剪放大、变暗、水平翻转；翻转后就不再是那个数字
def variants(image):
    """One picture and what may become of it."""
    image = v2.functional.resize(image, [48, 48], interpolation=v2.InterpolationMode.BICUBIC).clamp(0, 1)
    return {
        "原图": image,
        "平移": v2.functional.affine(image, 0, [7, -5], 1, [0.0, 0.0]),
        "旋转 15°": v2.functional.rotate(image, 15, interpolation=v2.InterpolationMode.BILINEAR),
        "裁剪再放大": v2.functional.resized_crop(image, 4, 4, 40, 40, [48, 48]),
        "变暗": v2.functional.adjust_brightness(image, 0.45),
        "翻转：慎用": v2.functional.horizontal_flip(image),
    }

fig, axes = house.figure(11.6, 4.5, rows=2, cols=6)
for row, digit in zip(axes, (2, 4)):
    for ax, (name, variant) in zip(row, variants(images[labels == digit][:1]).items()):
        ax.imshow(variant[0, 0], cmap="house", vmin=0, vmax=1)
        if digit == 2:
            ax.set_title(name, fontsize=house.TEXT, color=house.RED if "慎" in name else house.INK)
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
plt.show()

# %% claims
test_size, train_size = len(y_test), len(y)
assert len({v.shape for v in variants(images[:1]).values()}) == 1
assert augment(X).shape == X.shape
assert augmented > plain + 0.01
