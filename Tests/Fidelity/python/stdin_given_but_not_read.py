print("never looks")
