"""这个脚本讲什么。幻灯片展示其中的区域；用 `python 文件名` 就能运行。"""

# region sum
numbers = range(1, 101)
total = sum(numbers)
print(total)
# endregion sum
