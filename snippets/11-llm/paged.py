"""A KV cache in pages: a block table for each request, blocks taken only when they are needed."""

# region pages
class Pages:
    def __init__(self, blocks, size=16):
        self.size, self.free = size, list(range(blocks))
        self.table, self.length = {}, {}

    def append(self, request):
        """又写了一个 token：放在哪一块的第几格？"""
        n = self.length.get(request, 0)
        blocks = self.table.setdefault(request, [])
        if n % self.size == 0:           # 满了，再领一块
            blocks.append(self.free.pop(0))
        self.length[request] = n + 1
        return blocks[n // self.size], n % self.size

    def finish(self, request):
        self.free += self.table.pop(request)
        del self.length[request]
# endregion pages


if __name__ == "__main__":
    # region use
    pages, longest = Pages(blocks=32, size=4), 32
    lengths = {"甲": 10, "乙": 3, "丙": 7}
    for t in range(max(lengths.values())):
        for name, n in lengths.items():      # 轮流各写一个
            if t < n:
                pages.append(name)

    for name, blocks in pages.table.items():
        print(name, blocks)
    used = sum(lengths.values())
    reserved = longest * len(lengths)
    taken = 4 * sum(map(len, pages.table.values()))
    print(f"reserved: {used / reserved:.0%} used")
    print(f"paged:    {used / taken:.0%} used")
    # endregion use
    table = {name: list(blocks) for name, blocks in pages.table.items()}
    share_reserved, share_paged = used / reserved, used / taken
    assert taken - used < 4 * len(lengths)
    pages.finish("乙")
    assert len(pages.free) == 32 - 5
