# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A matrix moves the plane: its columns are where the basis goes, its determinant scales areas."""

import torch


def area(corners):
    """Of a polygon, by the shoelace formula."""
    a, b = corners, corners.roll(-1, 0)
    cross = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    return cross.sum().abs() / 2


# region geometry
W = torch.tensor([[1.5, 0.5], [0.5, 1.0]])
e1, e2 = torch.eye(2)
print(W @ e1, W @ e2)
print(f"det W = {torch.det(W):.2f}")
shapes = {"方格": torch.tensor([[0., 0], [1, 0], [1, 1], [0, 1]]),
          "三角": torch.tensor([[0., 0], [2, 1], [1, 3]])}
for name, corners in shapes.items():
    ratio = area(corners @ W.T) / area(corners)
    print(f"{name}：面积变为 {ratio:.2f} 倍")
# endregion geometry

factor = torch.det(W).item()
assert torch.equal(W @ e1, W[:, 0]) and torch.equal(W @ e2, W[:, 1])
for corners in shapes.values():
    assert torch.allclose(area(corners @ W.T) / area(corners), torch.det(W).abs())
flat = torch.tensor([[1.0, 2.0], [0.5, 1.0]])  # rank 1: the plane becomes a line
assert torch.det(flat) == 0 and area(shapes["方格"] @ flat.T) == 0
