"""数一数：(M,K) 乘 (K,N) 要做多少次乘加。"""

# region count
def multiply_adds(M, K, N):
    """M·N 个元素，每个是 K 项的点积。"""
    return M * N * K


linear = multiply_adds(128, 20, 30)
print(f"(128,20) × (20,30)：{linear:,} 次乘加")
print(f"一次乘加算两次运算：{2 * linear:,} FLOP")
# endregion count

# region cubic
for n in (256, 512, 1024):
    work, data = 2 * n**3, 3 * n**2
    print(f"n = {n:4}：{work / 1e9:4.2f} GFLOP，"
          f"每个数平均用 {work / data:3.0f} 次")
# endregion cubic

flop = 2 * linear
growth = (2 * 512**3) // (2 * 256**3)
assert linear == 76_800
# 真的数一遍：最里层循环走了几次
assert sum(1 for i in range(128) for j in range(30) for k in range(20)) == linear
