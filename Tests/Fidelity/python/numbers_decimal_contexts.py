import decimal
import threading
from decimal import Decimal

print(decimal.getcontext(), Decimal(1) / Decimal(7))
decimal.getcontext().prec = 5
print(Decimal(1) / Decimal(7), decimal.getcontext().flags[decimal.Inexact])
with decimal.localcontext(prec=40):
    print(Decimal(2).sqrt())
thread = threading.Thread(target=lambda: print("thread", decimal.getcontext().prec))
thread.start()
thread.join()
try:
    Decimal(1) / 0
except decimal.DivisionByZero as error:
    print(repr(error))
