import dataclasses
import typing


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    name: str
    size: "int" = 3
    items: typing.Optional[list[int]] = None


print(Config(name="x"), typing.get_type_hints(Config), dataclasses.asdict(Config(name="y", items=[1])))
try:
    Config(name="z").name = "w"
except dataclasses.FrozenInstanceError as error:
    print(error)


class Shape(typing.Protocol):
    def area(self) -> float: ...


class Row(typing.NamedTuple):
    a: int
    b: str = "b"


class Options(typing.TypedDict, total=False):
    verbose: bool


print(Row(1), Options(verbose=True), typing.get_args(dict[str, int]), Row.__module__, Options.__annotations__)
