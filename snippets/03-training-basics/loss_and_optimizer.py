# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The loss says how wrong the model is, the optimiser changes its parameters."""

import math

import torch
from torch import nn

from lenet import LeNet

# region setup
torch.manual_seed(0)
model = LeNet()
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)

images, labels = torch.rand(64, 1, 28, 28), torch.arange(64) % 10
loss = loss_fn(model(images), labels)
print(f"untrained {loss:.2f}, ln 10 = {math.log(10):.2f}")
# endregion setup

first_loss = loss.item()
assert abs(first_loss - math.log(10)) < 0.05
assert len(optimizer.param_groups) == 1 and optimizer.param_groups[0]["lr"] == 1e-3
# CrossEntropyLoss takes logits: it is log_softmax followed by the negative log-likelihood.
log_probabilities = torch.log_softmax(model(images), dim=1)
assert torch.allclose(loss, nn.NLLLoss()(log_probabilities, labels))
