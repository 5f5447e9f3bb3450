# /// script
# dependencies = ["torch", "numpy"]
# ///
"""What shape has a batch behind every layer of LeNet?"""

import torch

from lenet import LeNet

# region trace
model = LeNet()

def show(layer, args, out):
    print(type(layer).__name__, *out.shape)

for layer in model.children():
    layer.register_forward_hook(show)

logits = model(torch.zeros(64, 1, 28, 28))
# endregion trace

assert logits.shape == (64, 10)
