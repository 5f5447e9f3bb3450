"""真训练一个小卷积网络，看一个数字在各层里变成什么。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_digits
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

torch.set_default_dtype(torch.float64)  # 单精度的卷积每次运行会差最后几位，图就会变
torch.manual_seed(0)
digits = load_digits()
images = torch.tensor(digits.images)[:, None] / 16
images = nn.functional.interpolate(images, scale_factor=2, mode="bilinear")
labels = torch.tensor(digits.target)
train, test = slice(0, 1400), slice(1400, None)

first = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.ReLU())
second = nn.Sequential(nn.MaxPool2d(2), nn.Conv2d(8, 16, 3, padding=1), nn.ReLU())
last = nn.Sequential(nn.MaxPool2d(2), nn.Flatten(), nn.Linear(16 * 4 * 4, 10))
model = nn.Sequential(first, second, last)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(6):
    for batch in torch.randperm(1400).split(100):
        loss = nn.functional.cross_entropy(model(images[train][batch]), labels[train][batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

with torch.no_grad():
    accuracy = (model(images[test]).argmax(1) == labels[test]).float().mean().item()
    at = 1400 + (labels[test] == 3).nonzero()[0].item()
    x = images[at : at + 1]
    maps1 = first(x)
    maps2 = second(maps1)
    score = last(maps2).softmax(1)[0]

fig = plt.figure(figsize=(11.4, 4.5), layout="constrained")
parts = fig.subfigures(1, 5, width_ratios=[1, 1.1, 1.1, 0.08, 1.1])[[0, 1, 2, 4]]
for part, title in zip(parts, ("像素", "第 1 层的特征", "第 2 层的特征", "最后一层：是几？")):
    part.suptitle(title, fontsize=house.TEXT, color=house.INK)


def show(ax, picture):
    """一张特征图，不要坐标轴。"""
    ax.imshow(picture, cmap="house")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


show(parts[0].subplots(), x[0, 0])
for part, maps in ((parts[1], maps1), (parts[2], maps2)):
    busiest = maps[0].flatten(1).var(1).argsort(descending=True)[:4]
    for ax, channel in zip(part.subplots(2, 2).flat, busiest):
        show(ax, maps[0, channel])
bars = parts[3].subplots()
bars.barh(range(10), score, color=[house.ORANGE if k == score.argmax() else house.GREY for k in range(10)])
bars.set(yticks=range(10), xlim=(0, 1.05), xlabel="概率")
bars.invert_yaxis()
bars.grid(False)
plt.show()
