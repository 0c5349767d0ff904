print("before")
raise ValueError("printing this imports modules")
