# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Model, data and optimiser: the smallest complete training."""

import torch
from torch import nn
from torch.nn.functional import mse_loss
from torch.optim import SGD

# region complete
torch.manual_seed(0)
x = torch.linspace(-1, 1, 64).unsqueeze(1)
y = 3 * x + 1

model = nn.Linear(1, 1)
optimizer = SGD(model.parameters(), lr=0.1)
for step in range(100):
    loss = mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
w, b = model.weight.item(), model.bias.item()
print(f"w = {w:.2f}, b = {b:.2f}")
# endregion complete

assert abs(w - 3) < 0.05 and abs(b - 1) < 0.05
