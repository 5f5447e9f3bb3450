# /// script
# dependencies = ["torch", "numpy"]
# ///
"""同一个矩阵乘法的三种算法：三重循环、逐个点积、一次算完。"""

import time

import torch

torch.manual_seed(0)


# region triple_loop
def triple_loop(X, W):
    """Y[i][j] = Σ_k X[i][k] · W[k][j]"""
    M, K, N = len(X), len(W), len(W[0])
    Y = [[0.0] * N for _ in range(M)]
    for i in range(M):              # 每一行
        for j in range(N):          # 每一列
            for k in range(K):      # 一次点积
                Y[i][j] += X[i][k] * W[k][j]
    return Y
# endregion triple_loop


# region two_by_two
print(triple_loop([[1, 2], [3, 4]], [[5, 6], [7, 8]]))
# endregion two_by_two


# region dot_products
def dot_products(X, W):
    """每个元素是一次点积：省掉最里面的循环。"""
    return torch.tensor([[row @ column for column in W.T]
                         for row in X])
# endregion dot_products


def seconds(function, *arguments, repeats=1):
    """跑 repeats 次，取最快的一次。"""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        function(*arguments)
        best = min(best, time.perf_counter() - start)
    return best


# region race
X, W = torch.randn(128, 128), torch.randn(128, 128)
Y = X @ W
loops = torch.tensor(triple_loop(X.tolist(), W.tolist()))
dots = dot_products(X, W)
print(f"三重循环一致：{torch.allclose(loops, Y, atol=1e-4)}")
print(f"逐个点积一致：{torch.allclose(dots, Y, atol=1e-4)}")

slow = seconds(triple_loop, X.tolist(), W.tolist())
fast = seconds(torch.matmul, X, W, repeats=200)
print(f"X @ W 快 100 倍以上：{slow > 100 * fast}")
# endregion race

assert torch.allclose(loops, Y, atol=1e-4)
assert torch.allclose(dot_products(X, W), Y, atol=1e-4)
