raise BaseExceptionGroup("both", [SystemExit(4), ValueError("x")])
