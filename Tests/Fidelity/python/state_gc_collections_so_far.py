import gc

print(sum(row["collections"] for row in gc.get_stats()) < 100, gc.get_stats()[2]["uncollectable"])
