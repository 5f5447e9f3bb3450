# /// script
# dependencies = ["torch", "numpy"]
# ///
"""One node, its neighbours and their attention: the numbers of the drawing."""

import torch
from torch.nn import functional as F

# region numbers
own, others = 0.5, torch.tensor([0.5, 1.5, -1.0, 0.3])  # a 与 Wh 的点积
e = F.leaky_relu(own + others, 0.2)
alpha = e.softmax(0)
print([f"{v:.1f}" for v in e], [f"{v:.2f}" for v in alpha])
# endregion numbers
scores, weights = e.tolist(), alpha.tolist()
