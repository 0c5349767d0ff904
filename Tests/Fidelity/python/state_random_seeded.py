import random

random.seed(1)
print([random.randrange(1000) for _ in range(10)], random.random(), random.gauss())
print(random.Random(7).sample(range(100), 5), random.Random("text").choice("abcdef"))
state = random.getstate()
first = random.random()
random.setstate(state)
print(first == random.random(), len({random.SystemRandom().random() for _ in range(9)}))
