class Phoenix:
    def __del__(self):
        print("del")
        saved.append(self)


saved = []
Phoenix()
print(len(saved))
