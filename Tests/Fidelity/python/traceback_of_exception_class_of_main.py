class Failure(Exception):
    def __str__(self):
        return f"code {self.args[0]}"


class Outer:
    class Inner(Failure):
        pass


raise Outer.Inner(3)
