data = {"a": {"b": [1, 2, None]}}


def pick():
    return (data["a"]["b"][0]
            + data["a"]["b"][1]
            + data["a"]["b"][2]["c"])


print(f"{1 + 1} then {pick()!r}")
