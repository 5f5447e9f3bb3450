# /// script
# dependencies = ["torch"]
# ///
"""Model, data and optimiser: the smallest complete training."""

import torch
from torch import nn

# region complete
torch.manual_seed(0)
x = torch.linspace(-1, 1, 64).unsqueeze(1)
y = 3 * x + 1

model = nn.Linear(1, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(100):
    loss = nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"w={model.weight.item():.2f} b={model.bias.item():.2f}")
# endregion complete

w, b = model.weight.item(), model.bias.item()
assert abs(w - 3) < 0.05 and abs(b - 1) < 0.05
