# /// script
# dependencies = []
# ///
"""What the latent space saves: numbers, positions, pairs in self-attention."""

# region sizes
pixels = (3, 512, 512)          # (C, H, W)
latent = (4, 64, 64)

def numbers(shape):
    c, h, w = shape
    return c * h * w

def positions(shape):
    return shape[1] * shape[2]

full, small = numbers(pixels), numbers(latent)
fewer = full / small
places = positions(pixels) / positions(latent)
pairs = places**2
print(f"{full:,} -> {small:,}")
print(f"numbers   {fewer:6.0f} x")
print(f"positions {places:6.0f} x")
print(f"pairs     {pairs:6.0f} x")
# endregion sizes
assert (full, small, fewer, places, pairs) == (786432, 16384, 48, 64, 4096)
