# /// script
# dependencies = ["torch", "scikit-learn"]
# ///
"""输出大说明什么？拿一个数字当核，在一排数字里找它。"""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

digits = load_digits()
images = torch.tensor(digits.images, dtype=torch.float64) / 16
shown = [4, 1, 3, 8, 7]                        # 一排五个数字；8 最亮
row = torch.zeros(12, 52, dtype=torch.float64)
for place, digit in enumerate(shown):
    row[2:10, 2 + 10 * place : 10 + 10 * place] = images[digit] * (2.5 if digit == 8 else 1)


# region search
def conv(A, K):
    return F.conv2d(A[None, None], K[None, None])[0, 0]

kernel = images[3]                             # 核：一个 3
raw = conv(row, kernel)
length = conv(row ** 2, torch.ones_like(kernel)).sqrt()
cosine = raw / length / kernel.norm()          # 除去亮度
# endregion search


# region answer
def found(score):
    """最大值那一列，落在第几个数字上？"""
    column = score.argmax().item() % score.shape[1]
    return shown[round((column - 2) / 10)]

print("响应最大的是", found(raw))
print("余弦最大的是", found(cosine))
# endregion answer

best = cosine.max().item()
by_raw, by_cosine = found(raw), found(cosine)
assert found(raw) == 8 and found(cosine) == 3 and abs(best - 1) < 1e-9
