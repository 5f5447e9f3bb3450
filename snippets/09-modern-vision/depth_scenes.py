# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Small scenes with known depth: balls on a chequered floor in front of a wall, by ray casting."""

import torch


# region rays
def rays(size):
    """每个像素一条射线 (u, v, 1)：走 t，深度就是 t。"""
    at = (torch.arange(size) + 0.5) / size - 0.5
    v, u = torch.meshgrid(-at, at, indexing="ij")
    return torch.stack([u, v, torch.ones_like(u)])
# endregion rays


# region ball
def ball_depth(ray, center, r):
    """解 |t·ray - center|² = r²；打不中是无穷远。"""
    a = (ray * ray).sum(0)
    b = (ray * center[:, None, None]).sum(0)
    c = (center * center).sum() - r * r
    root = b * b - a * c
    t = (b - root.clamp(min=0).sqrt()) / a
    return torch.where(root > 0, t, torch.inf)
# endregion ball


def scene(generator, size=32, far=8.0):
    """A picture (size, size) and its depth: three balls, a floor one below the eye, a wall."""
    ray = rays(size)
    u, v, _ = ray
    floor = torch.where(v < 0, -1 / v, torch.inf)
    depth = floor.clamp(max=far)
    x, z = u * depth, depth
    chequer = (torch.floor(x) + torch.floor(z)) % 2
    image = torch.where(floor < far, 0.35 + 0.3 * chequer, 0.15)
    light = torch.tensor([0.5, 0.7, -0.5])
    light = light / light.norm()
    for _ in range(3):
        a, b, c, shade = torch.rand(4, generator=generator)
        r, z = 0.25 + 0.45 * a, 2.2 + 4.5 * b
        center = torch.stack([(c - 0.5) * 0.9 * z, r - 1, z])
        t = ball_depth(ray, center, r)
        normal = (t * ray - center[:, None, None]) / r
        bright = (normal * light[:, None, None]).sum(0).clamp(min=0)
        closer = t < depth
        image = torch.where(closer, 0.1 + (0.6 + 0.3 * shade) * bright.nan_to_num(0), image)
        depth = torch.where(closer, t, depth)
    return image, depth


def scenes(n, generator, size=32):
    """Pictures (n, 1, size, size) with a little noise, and their depth."""
    pairs = [scene(generator, size) for _ in range(n)]
    images, depths = (torch.stack(part)[:, None] for part in zip(*pairs))
    return images + 0.02 * torch.randn(images.shape, generator=generator), depths


if __name__ == "__main__":
    # region use
    images, depths = scenes(4, torch.Generator().manual_seed(0))
    print(images.shape, depths.shape)
    print(f"{depths.min():.1f} {depths.max():.1f}")
    # endregion use
    nearest, farthest = depths.min().item(), depths.max().item()
    assert farthest == 8 and 0.5 < nearest < 3 and images.isfinite().all()
    t = ball_depth(rays(32), torch.tensor([0.0, 0.0, 4.0]), 1.0)
    assert abs(t.min() - 3) < 0.01
