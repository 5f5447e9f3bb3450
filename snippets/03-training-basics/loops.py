# /// script
# dependencies = ["torch", "torchvision", "scikit-learn"]
# ///
"""One epoch of training, and a test."""

import torch
from torch import nn
from torch.utils.data import DataLoader


# region train
def train(loader, model, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    losses = []
    for X, y in loader:
        X, y = X.to(device), y.to(device)
        loss = loss_fn(model(X), y)     # 前向
        optimizer.zero_grad()           # 清零
        loss.backward()                 # 求梯度
        optimizer.step()                # 走一步
        losses.append(loss.item())
    return losses
# endregion train


# region test
@torch.no_grad()
def test(loader, model, loss_fn):
    model.eval()
    device = next(model.parameters()).device
    loss_sum, correct, seen = 0.0, 0, 0
    for X, y in loader:
        X, y = X.to(device), y.to(device)
        logits = model(X)
        loss_sum += loss_fn(logits, y).item() * len(y)
        correct += (logits.argmax(1) == y).sum().item()
        seen += len(y)
    return correct / seen, loss_sum / seen
# endregion test


if __name__ == "__main__":
    import sys
    from pathlib import Path

    sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))
    from data import load_split
    from lenet import LeNet

    torch.manual_seed(0)
    train_set, val_set, _, _ = load_split()
    model, loss_fn = LeNet(), nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    train_loader = DataLoader(train_set, batch_size=32, shuffle=True)
    before = test(DataLoader(val_set, batch_size=64), model, loss_fn)
    train(train_loader, model, loss_fn, optimizer)
    after = test(DataLoader(val_set, batch_size=64), model, loss_fn)
    print(f"loss {before[1]:.2f} -> {after[1]:.2f}")

    # The average does not depend on how the samples are cut into batches.
    one_batch = test(DataLoader(val_set, batch_size=len(val_set)), model, loss_fn)
    assert abs(one_batch[1] - after[1]) < 1e-5
    assert after[1] < before[1]

    # Progress is the number of samples seen. Many tutorials report batch * len(y) instead,
    # which is 0 for the first batch, and too small for a last batch that is not full.
    seen = 0
    for batch, (X, y) in enumerate(train_loader):
        seen += len(y)
        reported = batch * len(y)
    print(f"seen {seen}, batch * len(y) {reported}")
    assert seen == len(train_set) > reported
