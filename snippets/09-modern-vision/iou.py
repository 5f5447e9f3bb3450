# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Why a segmentation is judged by intersection over union."""

import torch

# region iou
def iou(guess, truth):
    """两个布尔张量：交集 ÷ 并集"""
    both = (guess & truth).sum()
    either = (guess | truth).sum()
    return (both / either).item()

truth = torch.zeros(32, 32, dtype=torch.bool)
truth[4:12, 20:28] = True            # 一个小方块
nothing = torch.zeros_like(truth)    # 全猜背景
moved = truth.roll((1, 1), (0, 1))   # 偏一格
for guess in (nothing, moved, truth):
    right = (guess == truth).double().mean()
    print(f"{right:.1%} {iou(guess, truth):.2f}")
# endregion iou
nothing_right = (nothing == truth).double().mean().item()
moved_iou = iou(moved, truth)
assert iou(nothing, truth) == 0 and nothing_right > 0.93 and abs(moved_iou - 49 / 79) < 1e-6
