try:
    raise SystemExit(1)
except SystemExit as end:
    end.code = 17
    raise
