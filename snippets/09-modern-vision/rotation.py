# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Turn, then convolve; convolve, then turn."""

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)

x = torch.randn(1, 1, 16, 16)
kernel = torch.randn(1, 1, 3, 3)


# region average
def conv(x, kernel):
    return F.conv2d(x, kernel, padding=1)

def turn(x, times=1):
    return x.rot90(times, (2, 3))

def gap(kernel):
    one = conv(turn(x), kernel)
    two = turn(conv(x, kernel))
    return (one - two).abs().max()

mean = sum(turn(kernel, k) for k in range(4)) / 4
print(f"{gap(kernel):.1f} 普通的核")
print(f"{gap(mean):.1f} 四向平均")
# endregion average
plain_gap, mean_gap = gap(kernel).item(), gap(mean).item()
values = mean[0, 0].flatten().tolist()
different = len({round(v, 9) for v in values})
assert plain_gap > 0.1 and mean_gap < 1e-5 and different == 3
