# /// script
# dependencies = ["torch", "numpy"]
# ///
"""分块矩阵乘法：每次只碰三个小块，让它们留在缓存里。"""

import torch

torch.manual_seed(0)


# region blocked
def blocked(X, W, t):
    """切成 t×t 的小块，逐块累加。"""
    (M, K), N = X.shape, W.shape[1]
    Y = torch.zeros(M, N)
    for i in range(0, M, t):
        for j in range(0, N, t):
            for k in range(0, K, t):
                Y[i:i+t, j:j+t] += (
                    X[i:i+t, k:k+t] @
                    W[k:k+t, j:j+t])
    return Y
# endregion blocked


# region agree
X, W = torch.randn(100, 90), torch.randn(90, 70)
for t in (16, 32, 64):
    same = torch.allclose(blocked(X, W, t), X @ W, atol=1e-4)
    print(f"块边长 {t}：结果一致 {same}")
    assert same
# endregion agree

# region traffic
def loads(n, t):
    """从内存读多少个数：每次小块乘法读两块 t×t。"""
    steps = (n // t) ** 3
    return steps * 2 * t * t


saving = loads(1024, 1) // loads(1024, 32)
print(f"n = 1024：32×32 的块，读内存的次数是 1/{saving}")
# endregion traffic

assert saving == 32
