import cmath
import fractions
import math
import statistics

print(2**521 - 1, pow(3, 10**6, 10**9 + 7), (1 << 1000).bit_length(), math.factorial(30), -7 // 2, -7 % 3)
print(fractions.Fraction(355, 113) + fractions.Fraction("0.1"), fractions.Fraction(math.pi).limit_denominator(1000))
print(0.1 + 0.2, repr(1e16), float("nan") == float("nan"), math.fsum([0.1] * 10), round(2.5), (0.1).hex(), 1e308 * 10)
print(cmath.sqrt(-1), complex("1+2j"), statistics.mean([1, 2, 4]), statistics.stdev([1, 2, 3, 4]), math.isqrt(10**40))
print(int("0x_ff", 16), format(255, "#_b"), f"{12345678.9:,.2f}", divmod(-7, 2), (255).to_bytes(2), int.from_bytes(b"\1\2"))
