import ast
import dis
import io
import tokenize

tree = ast.parse("x = [i ** 2 for i in range(3) if i]\nprint(x)")
print(ast.dump(tree.body[0].value.generators[0]), ast.unparse(tree), ast.literal_eval("{'a': (1, None)}"))
dis.dis(compile("a + b * 2", "<d>", "eval"))
print([t.string for t in tokenize.generate_tokens(io.StringIO("x = 1 # c\n").readline)])
