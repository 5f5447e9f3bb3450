# /// script
# dependencies = ["torch", "torchvision", "scikit-learn", "matplotlib"]
#
# [tool.deckwright]
# timeout = 300
#
# [tool.deckwright.smoke]
# epochs = 3
# ///
"""LeNet learns to read digits; one run gives the numbers and the curves."""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.optim import Adam
from torch.utils.data import DataLoader

from lenet import LeNet
from loops import test, train

for folder in ("figures", "snippets/shared"):
    sys.path.append(str(Path(__file__).resolve().parents[2] / folder))
import house
from data import load_split

# In float32 the last digits depend on the number of threads, and fifteen epochs make
# that visible in the accuracy. In float64 every computer prints the same numbers.
torch.set_default_dtype(torch.float64)

# %% settings
torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"
batch_size = 32
epochs = 15
losses, val_history, test_history = [], [], []

train_set, val_set, test_set, source = load_split()
train_loader = DataLoader(train_set, batch_size, shuffle=True)
val_loader = DataLoader(val_set, batch_size)
test_loader = DataLoader(test_set, batch_size)
train_size, val_size, test_size = map(len, (train_set, val_set, test_set))
print(source)
print(train_size, val_size, test_size)

# %% train
model = LeNet().to(device)
loss_fn = nn.CrossEntropyLoss()
optimizer = Adam(model.parameters(), lr=1e-3)
for epoch in range(1, epochs + 1):
    losses += train(train_loader, model,
                    loss_fn, optimizer)
    acc, loss = test(val_loader, model,
                     loss_fn)
    val_history.append(acc)
    test_history.append(
        test(test_loader, model, loss_fn)[0])
    if epoch % 3 == 0:
        print(f"{epoch:2} {loss:.3f} {acc:.1%}")

# %% result
test_accuracy, test_loss = test(test_loader, model, loss_fn)
wrong = round((1 - test_accuracy) * test_size)
print(f"test {test_accuracy:.1%}, {wrong} of {test_size} wrong")

# %% loss_curve
#| label: training_loss
#| fig-alt: 训练损失随更新步数下降
fig, ax = house.figure(5.8, 4.4)
at = range(1, len(losses) + 1)
steps_per_epoch = len(train_loader)
means = torch.tensor(losses).view(epochs, steps_per_epoch).mean(1)
ax.plot(at, losses, color=house.GREY, linewidth=house.THIN, alpha=0.7, label="每个批次")
ax.plot([steps_per_epoch * (e + 0.5) for e in range(epochs)], means, color=house.BLUE, label="每轮的平均")
ax.set(xlabel="更新步数", ylabel="训练损失", ylim=(0, None))
ax.legend()
plt.show()

# %% accuracy_curve
#| label: test_accuracy_curve
#| fig-alt: 验证集与测试集的准确率随轮数上升
fig, ax = house.figure(5.8, 4.4)
rounds = range(1, epochs + 1)
ax.plot(rounds, [100 * a for a in val_history], marker="o", color=house.ORANGE, label="验证集")
ax.plot(rounds, [100 * a for a in test_history], marker="o", color=house.TEAL, label="测试集")
ax.set(xlabel="轮数 (epoch)", ylabel="准确率 (%)", ylim=(None, 101), xticks=range(1, epochs + 1, 2))
ax.legend(loc="lower right")
plt.show()

# %% claims
#| smoke: false
updates = len(losses)
first_loss, last_loss = float(means[0]), float(means[-1])
assert updates == epochs * steps_per_epoch
assert test_accuracy >= 0.95 and last_loss < 0.1 * losses[0]
