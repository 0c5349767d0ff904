import contextvars

print(list(contextvars.copy_context().items()))
mine = contextvars.ContextVar("mine", default="default")
token = mine.set("set")
print(mine.get(), len(contextvars.copy_context()))
mine.reset(token)
print(mine.get(), contextvars.Context().run(mine.get))
