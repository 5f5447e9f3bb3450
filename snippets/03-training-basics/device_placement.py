# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The same code runs with and without a GPU."""

import torch
from torch import nn

# region place
gpu = torch.cuda.is_available()
device = "cuda" if gpu else "cpu"
print("running on", device)

model = nn.Linear(4, 2)
model.to(device)       # 改模型自己
x = torch.ones(3, 4)
x = x.to(device)       # 返回，要接住

print(model(x).device.type)
# endregion place

print(torch.cuda.device_count(), "GPUs")

assert next(model.parameters()).device == x.device == model(x).device
if device == "cuda":
    try:
        model(torch.ones(3, 4))
    except RuntimeError as error:
        assert "same device" in str(error)
    else:
        raise AssertionError("a CPU batch went into a CUDA model")
    assert (x + torch.tensor(1.0)).device == x.device      # a 0-dim CPU tensor may join
