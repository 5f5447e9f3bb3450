# /// script
# dependencies = []
# ///
"""What attention over pixels costs, and over patches."""

# region cost
def cost(tokens):
    scores = tokens ** 2     # 每个头
    gib = 4 * scores / 2**30
    print(f"{tokens:6,} {scores:13,} {gib:6.4f}")
    return scores

pixels = cost(224 * 224)
patches = cost((224 // 16) ** 2 + 1)
# endregion cost
pixel_tokens, patch_tokens = 224 * 224, 14 * 14
gibibytes = 4 * pixels / 2**30
ratio = pixels / patches
assert (pixels, patches) == (2_517_630_976, 38_809) and abs(gibibytes - 9.38) < 0.01
