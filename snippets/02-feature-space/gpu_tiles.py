# /// script
# dependencies = ["torch", "numpy"]
# ///
"""在 CPU 上模仿 GPU 的矩阵乘法：一个线程块负责 Y 的一块。"""

import torch

torch.manual_seed(0)
TILE = 16
X, W = torch.randn(64, 48), torch.randn(48, 80)
Y = torch.empty(64, 80)


# region block
def thread_block(i, j):
    """第 (i, j) 个线程块：算 Y 的一个 TILE×TILE 小块。"""
    total = torch.zeros(TILE, TILE)        # 每个线程一个累加器
    rows = slice(i * TILE, (i + 1) * TILE)
    cols = slice(j * TILE, (j + 1) * TILE)
    for k in range(0, X.shape[1], TILE):
        x_tile = X[rows, k:k + TILE]       # 搬进共享内存
        w_tile = W[k:k + TILE, cols]
        total += x_tile @ w_tile           # 全块线程一起算
    Y[rows, cols] = total
# endregion block


# region grid
grid = (64 // TILE, 80 // TILE)
for i in range(grid[0]):        # 真正的 GPU 上，
    for j in range(grid[1]):    # 这些块同时在跑
        thread_block(i, j)
print(f"线程块网格：{grid}")
print(f"每块线程数：{TILE * TILE}")
print(f"与 X @ W 一致：{torch.allclose(Y, X @ W, atol=1e-4)}")
# endregion grid

assert torch.allclose(Y, X @ W, atol=1e-4)
