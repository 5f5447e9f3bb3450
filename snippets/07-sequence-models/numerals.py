# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Text that a script makes: counting in Chinese numerals, one character a token."""

import torch

DIGITS = "零一二三四五六七八九"


# region write
def numeral(n):
    """0 < n < 1000 in characters: 305 -> 三百零五."""
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    text = DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        one_ten = "" if n < 20 else DIGITS[tens]
        text += one_ten + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")
# endregion write


# region text
alphabet = "，" + DIGITS + "十百"
number = {c: k for k, c in enumerate(alphabet)}


def count(start, stop):
    return "，".join(map(numeral, range(start, stop))) + "，"


def encode(text):
    return torch.tensor([number[c] for c in text])
# endregion text


if __name__ == "__main__":
    # region use
    text = count(1, 1000)
    print(len(alphabet), "kinds,", len(text), "characters")
    print(count(97, 104))
    print(encode("九十九，").tolist())
    # endregion use
    kinds, characters = len(alphabet), len(text)
    assert set(text) == set(alphabet)
    assert [numeral(n) for n in (7, 10, 14, 40, 100, 110, 305, 999)] == [
        "七", "十", "十四", "四十", "一百", "一百一十", "三百零五", "九百九十九"]
