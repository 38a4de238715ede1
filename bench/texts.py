"""What the matters of a benchmark say. Imports nothing, so that any environment can have it."""

import random

WORDS = (
    "村口的路灯坏了，晚上看不清路。",
    "邻居家排水排到我家门口，说了几次都没用，请帮忙调解一下。",
    "想问一下新生儿落户要带什么材料，周六能不能办。",
    "有人打电话说我涉嫌洗钱，让我把钱转到安全账户，是不是骗子？",
    "学校门口放学的时候车太多，孩子过马路很危险。",
    "租房住的，想办居住证，单位没有给开证明怎么办？",
)


def some_words(rng: random.Random, number: int) -> str:
    """What the matter with this number says: one of a few texts."""
    return f"{rng.choice(WORDS)}（第{number}件）"
