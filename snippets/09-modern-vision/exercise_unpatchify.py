# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Exercise 1: put the patches back together."""

import torch
from torch.nn.functional import unfold


# region task
def unpatchify(patches, h, w, p=16):
    """(B, h*w, 3*p*p) -> (B, 3, h*p, w*p)

    一行是一块；块里的次序是（通道, 行, 列）。
    """
    # BEGIN SOLUTION
    x = patches.view(len(patches), h, w, 3, p, p)
    x = x.permute(0, 3, 1, 4, 2, 5)         # (B, 3, h, p, w, p)
    return x.reshape(len(patches), 3, h * p, w * p)
    # END SOLUTION
# endregion task


# region test
torch.manual_seed(0)
image = torch.randn(2, 3, 64, 96)
patches = unfold(image, 16, stride=16).mT
print(patches.shape)
assert torch.equal(unpatchify(patches, 4, 6), image)
# endregion test
