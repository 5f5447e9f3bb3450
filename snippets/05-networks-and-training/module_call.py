# /// script
# dependencies = ["torch", "numpy"]
# ///
"""net(x) 经过 __call__：先跑钩子，再跑 forward。"""

import torch
from torch import nn

# region hooks
net = nn.Linear(3, 2)
x = torch.ones(1, 3)

def hook(layer, args, out):
    print("  hook:", tuple(out.shape))
net.register_forward_hook(hook)

print("net(x)")
a = net(x)
print("net.forward(x)")
b = net.forward(x)
print(torch.equal(a, b))
# endregion hooks


# region missing
class Empty(nn.Module):
    pass

for call in (lambda: Empty()(x), lambda: Empty(size=3)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__)
# endregion missing

assert torch.equal(a, b)
