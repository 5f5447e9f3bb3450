# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The Laplacian measures how much a signal changes along the edges."""

import torch

torch.set_default_dtype(torch.float64)


# region laplacian
def laplacian(A):
    return torch.diag(A.sum(1)) - A  # D - A

def laplacian_sym(A):
    scale = A.sum(1).rsqrt()
    N = scale[:, None] * A * scale
    return torch.eye(len(A)) - N
# endregion laplacian


if __name__ == "__main__":
    # region path
    A = torch.tensor([[0., 1, 0],
                      [1, 0, 1],
                      [0, 1, 0]])  # 0—1—2
    L = laplacian(A)
    x = torch.tensor([3., 1, 4])
    print("Lx  ", *(L @ x).tolist())
    print("x'Lx", (x @ L @ x).item())
    for name, M in (("L", L), ("sym", laplacian_sym(A))):
        lam = torch.linalg.eigvalsh(M)
        print(f"{name:4}", *(f"{abs(v):.1f}" for v in lam))
    # endregion path
    assert torch.allclose(torch.linalg.eigvalsh(L), torch.tensor([0.0, 1, 3]), atol=1e-9)
    parts = torch.block_diag(A, A)  # two components: eigenvalue 0 twice
    assert (torch.linalg.eigvalsh(laplacian(parts)) < 1e-9).sum() == 2
    assert torch.allclose(lam, torch.tensor([0.0, 1, 2]), atol=1e-9) and x @ L @ x == 13
