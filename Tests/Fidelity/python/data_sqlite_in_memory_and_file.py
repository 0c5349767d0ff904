import sqlite3

connection = sqlite3.connect("data.db")
connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, value REAL)")
with connection:
    connection.executemany("INSERT INTO t (name, value) VALUES (?, ?)", [("a", 1.5), ("ü", None)])
connection.create_function("twice", 1, lambda x: x and x * 2)
print(connection.execute("SELECT id, name, twice(value) FROM t ORDER BY id").fetchall())
try:
    with connection:
        connection.execute("INSERT INTO t VALUES (1, 'double', 0)")
except sqlite3.IntegrityError as error:
    print(error)
connection.close()
memory = sqlite3.connect(":memory:")
print(memory.execute("SELECT json_extract('{\"a\": [1, 2]}', '$.a[1]'), upper('x')").fetchone())
