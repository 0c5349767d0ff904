error = TypeError("main text")
error.add_note("first note")
error.add_note("second\nnote of two lines")
raise error
