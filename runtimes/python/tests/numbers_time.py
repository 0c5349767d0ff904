from datetime import datetime
from decimal import Decimal, getcontext
from fractions import Fraction
from zoneinfo import ZoneInfo

print(Decimal("0.1") + Decimal("0.2"))
print(Fraction(1, 6) + Fraction(1, 6))
getcontext().prec = 29
print(Decimal("3.14159265358979323846264338327950288") * 1)
print(datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Berlin")).isoformat())
