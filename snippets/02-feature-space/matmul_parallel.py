# /// script
# dependencies = ["torch", "numpy"]
# ///
"""向量化与并行：一条指令算一排数，几个线程各算一片。"""

import torch

torch.manual_seed(0)
X, W = torch.randn(512, 512), torch.randn(512, 512)

# region vectorised
row = X[0]
scalar = [0.0] * 8
for j in range(8):        # 一次一个数
    for k in range(512):
        scalar[j] += float(row[k] * W[k, j])
vector = torch.zeros(512)
for k in range(512):      # 一次一整行
    vector += row[k] * W[k]
scalar = torch.tensor(scalar)
same = torch.allclose(vector[:8], scalar,
                      atol=1e-3)
print(f"结果一致：{same}")
# endregion vectorised

# region threads
reference = X.double() @ W.double()
for threads in (1, 2):
    torch.set_num_threads(threads)
    error = (X @ W - reference).abs().max().item()
    print(f"{threads} 个线程，误差 < 0.001：{error < 1e-3}")
    assert error < 1e-3
# endregion threads

assert same
if torch.cuda.is_available():
    Y = (X.cuda() @ W.cuda()).cpu()
    assert torch.allclose(Y.double(), reference, atol=1e-1)
