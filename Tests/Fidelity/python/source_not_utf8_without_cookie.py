print("before")
text = "grüße"
