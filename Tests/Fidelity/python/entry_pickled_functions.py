import pickle


class Shape:
    pass


print(pickle.dumps(Shape, 0), pickle.loads(pickle.dumps(Shape)) is Shape)
