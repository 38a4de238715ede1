"""The country's areas by their official codes: imported whole, found by name and pinyin."""
