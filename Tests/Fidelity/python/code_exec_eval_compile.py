import code
import codeop
import types

space = {"__name__": "elsewhere"}
exec("def f(): return __name__\nvalue = f()", space)
print(space["value"], sorted(space)[:2], "__builtins__" in space)
print(eval("a + b", {"a": 1}, {"b": 2}), eval(compile("3 * 4", "<c>", "eval")))
exec(compile("print(__name__, __file__)", "string", "single"))
module = types.ModuleType("made", "doc")
exec("x = __name__", module.__dict__)
print(module.x, codeop.compile_command("if True:") is None)
console = code.InteractiveConsole({"x": 1})
print(console.push("x + 1"), console.push("for i in range(2):"))
