# /// script
# dependencies = []
# ///
"""What the latent space saves: numbers, positions, pairs in self-attention."""

from math import prod

# region sizes
pixels = (3, 512, 512)     # (C, H, W)
latent = (4, 64, 64)

full, small = prod(pixels), prod(latent)
fewer = full / small
places = prod(pixels[1:]) / prod(latent[1:])
pairs = places**2          # 自注意力
print(f"{full:,} -> {small:,}")
print(f"numbers   {fewer:6.0f} x")
print(f"positions {places:6.0f} x")
print(f"pairs     {pairs:6.0f} x")
# endregion sizes
assert (full, small, fewer, places, pairs) == (786432, 16384, 48, 64, 4096)
