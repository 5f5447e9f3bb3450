# /// script
# dependencies = ["torch", "numpy"]
# ///
"""同一个 X @ W，在 CPU 和 GPU 上各要多久：程序跑在哪里，就量哪里。"""

import time

import torch

torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"


# region measure
def milliseconds(n):
    X = torch.randn(n, n, device=device)
    W = torch.randn(n, n, device=device)
    times = []
    for _ in range(100):
        start = time.perf_counter()
        Y = X @ W
        Y[0, 0].item()            # 等 GPU 算完
        times.append(time.perf_counter() - start)
    return 1000 * min(times)      # 取最快的一次
# endregion measure


# region table
if device == "cuda":
    print(torch.cuda.get_device_name())
else:
    print(f"CPU，{torch.get_num_threads()} 个线程")
print("  n       ms  GFLOP/s")
for n in (64, 128, 256, 512):
    ms = milliseconds(n)
    print(f"{n:3}  {ms:7.3f}  {2 * n**3 / ms / 1e6:7.0f}")
# endregion table

X, W = torch.randn(64, 64), torch.randn(64, 64)
assert torch.allclose((X.to(device) @ W.to(device)).cpu(), X @ W, atol=1e-4)
