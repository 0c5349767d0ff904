größe = "日本語"
print(größe, "🦆" + größe.fehlt, "ende")
