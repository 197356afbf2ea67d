#!/usr/bin/env python3
"""Writes draws.txt: addressed random numbers, bit for bit, by a second implementation.

Written from DESIGN.md section 5 and the sources named in src/num/random.c and src/num/elementary.c. Python's float is the
IEEE 754 double, never fused and never kept in a wider register, so the C code must give the same bits with every compiler
and every setting. Lines: kind, seed, unit code, purpose, period, draw, parameters, result.
"""
import math
import pathlib

M64 = (1 << 64) - 1


def mix(x):
    x = (x + 0x9E3779B97F4A7C15) & M64
    x = ((x ^ x >> 30) * 0xBF58476D1CE4E5B9) & M64
    x = ((x ^ x >> 27) * 0x94D049BB133111EB) & M64
    return x ^ x >> 31


def unit_key(seed, code):
    h = 0xCBF29CE484222325
    for byte in code.encode():
        h = ((h ^ byte) * 0x100000001B3) & M64
    return mix(mix(seed) ^ h)


def philox(c, k):
    c, k = list(c), list(k)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [b >> 32 ^ c[1] ^ k[0], b & 0xFFFFFFFF, a >> 32 ^ c[3] ^ k[1], a & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


class Stream:
    def __init__(self, seed, code, purpose, period):
        key = unit_key(seed, code)
        self.key, self.place = (key & 0xFFFFFFFF, key >> 32), purpose << 24 | period

    def uniforms(self, draw, inner):
        w = philox((inner, draw, self.place, 0), self.key)
        return [(((high << 32 | low) >> 12) + 0.5) * 2.0 ** -52 for high, low in (w[:2], w[2:])]


LN2_HIGH, LN2_LOW = float.fromhex("0x1.62e42feep-1"), float.fromhex("0x1.a39ef35793c76p-33")
LOG2_E, ROUND = float.fromhex("0x1.71547652b82fep0"), float.fromhex("0x1.8p52")


def exp(x):
    if x <= -746:
        return 0.0
    k = (x * LOG2_E + ROUND) - ROUND
    high, low = x - k * LN2_HIGH, k * LN2_LOW
    r = high - low
    p = 1.0 / math.factorial(13)
    for i in range(12, 1, -1):
        p = p * r + 1.0 / math.factorial(i)
    value = 1 + (r + (r * r * p + ((high - r) - low)))
    half = int(k / 2)
    return value * 2.0 ** half * 2.0 ** (int(k) - half)


def log(x):
    m, e = math.frexp(x)
    m, e = m * 2, e - 1
    if m > float.fromhex("0x1.6a09e667f3bcdp0"):
        m, e = m / 2, e + 1
    f = m - 1
    s = f / (2 + f)
    z, half, series = s * s, 0.5 * f * f, 0.0
    for k in range(25, 2, -2):
        series = series * z + 2.0 / k
    return e * LN2_HIGH - ((half - (s * (half + z * series) + e * LN2_LOW)) - f)


def log_factorial(k):
    if k < 10:
        return log(float(math.factorial(k)))
    x = k + 1.0
    r = 1 / x
    r2 = r * r
    series = 1.0 / 1260 - r2 * (1.0 / 1680 - r2 / 1188)
    series = r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * series))
    return (x - 0.5) * log(x) - x + float.fromhex("0x1.d67f1c864beb5p-1") + series


AS241 = [
    ([3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
      4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3],
     [1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
      3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3]),
    ([1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
      1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4],
     [1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
      1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9]),
    ([6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
      2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
     [1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
      1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15]),
]


def ratio(part, r):
    top, bottom = AS241[part][0][7], AS241[part][1][7]
    for i in range(6, -1, -1):
        top, bottom = top * r + AS241[part][0][i], bottom * r + AS241[part][1][i]
    return top / bottom


def normal_quantile(u):
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * ratio(0, 0.180625 - q * q)
    r = math.sqrt(-log(u if q < 0 else 1 - u))
    x = ratio(1, r - 1.6) if r <= 5 else ratio(2, r - 5)
    return -x if q < 0 else x


def gamma(s, draw, shape):
    if shape < 1:
        u = s.uniforms(draw, 0xFFFFFFFF)[0]
        return gamma(s, draw, shape + 1) * exp(log(u) / shape)
    d = shape - 1.0 / 3
    c, inner = 1 / math.sqrt(9 * d), -1
    while True:
        inner += 1
        u, v = s.uniforms(draw, inner)
        x = normal_quantile(u)
        root = 1 + c * x
        if root <= 0:
            continue
        cube, x2 = root * root * root, x * x
        if v < 1 - 0.0331 * x2 * x2 or log(v) < 0.5 * x2 + d * (1 - cube + log(cube)):
            return d * cube


def poisson(s, draw, mean):
    if mean < 10:
        u, k = s.uniforms(draw, 0)[0], 0
        p = total = exp(-mean)
        while u > total and (k < mean or p > 2.0 ** -60):
            k += 1
            p *= mean / k
            total += p
        return k
    b = 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    inverse_alpha, squeeze, inner = log(1.1239 + 1.1328 / (b - 3.4)), 0.9277 - 3.6224 / (b - 2), -1
    while True:
        inner += 1
        u, v = s.uniforms(draw, inner)
        u -= 0.5
        us = 0.5 - abs(u)
        k = math.floor((2 * a / us + b) * u + mean + 0.43)
        if us >= 0.07 and v <= squeeze:
            return k
        if k < 0 or (us < 0.013 and v > us):
            continue
        if log(v) + inverse_alpha - log(a / (us * us) + b) <= k * log(mean) - mean - log_factorial(k):
            return k


def binomial(s, draw, n, p):
    if p > 0.5:
        return n - binomial(s, draw, n, 1 - p)
    if n * p < 10:
        u, k, odds = s.uniforms(draw, 0)[0], 0, p / (1 - p)
        mass = total = exp(n * log(1 - p))
        while u > total and k < n and (k < n * p or mass > 2.0 ** -60):
            k += 1
            mass *= odds * ((n - k + 1) / k)
            total += mass
        return k
    q = 1 - p
    spread = math.sqrt(float(n) * p * q)
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    squeeze, alpha, mode = 0.92 - 4.2 / b, (2.83 + 5.1 / b) * spread, math.floor((n + 1.0) * p)
    top, inner = log_factorial(mode) + log_factorial(n - mode), -1
    while True:
        inner += 1
        u, v = s.uniforms(draw, inner)
        u -= 0.5
        us = 0.5 - abs(u)
        k = math.floor((2 * a / us + b) * u + (n * p + 0.5))
        if us >= 0.07 and v <= squeeze:
            return k
        if k < 0 or k > n:
            continue
        if log(v * alpha / (a / (us * us) + b)) <= (
                top - log_factorial(k) - log_factorial(n - k) + (k - mode) * log(p / q)):
            return k


def main():
    lines = ["source: tests/known/make_draws.py, a second implementation; real numbers in hexadecimal"]
    addresses = [(1, "990101", 0x29, 24162), (20260101, "示例县", 0xF5, 24000), (M64, "a", 0, 0)]
    means = [0.001, 0.3, 5.0, 9.99, 10.0, 10.1, 57.3, 812.5, 30000.25, 4.5e8]
    trials = [(1, 0.52), (15, 0.516), (19, 0.5), (20, 0.5), (21, 0.4801), (333, 0.97), (12000, 0.517), (10 ** 9, 0.25)]
    shapes = [0.05, 0.7, 1.0, 2.385, 40.0, 2500.0]
    for seed, code, purpose, period in addresses:
        s = Stream(seed, code, purpose, period)
        for draw in list(range(6)) + [19999, 0xFFFFFFFF]:
            def put(kind, parameters, result):
                shown = [x.hex() if isinstance(x, float) else str(x) for x in [*parameters, result]]
                lines.append(f"{kind} {seed} {code} {purpose} {period} {draw} " + " ".join(shown))
            put("uniform", [], s.uniforms(draw, 0)[0])
            put("normal", [], normal_quantile(s.uniforms(draw, 0)[0]))
            for shape in shapes:
                put("gamma", [shape], gamma(s, draw, shape))
            for mean in means:
                put("poisson", [mean], poisson(s, draw, mean))
            for n, p in trials:
                put("binomial", [n, p], binomial(s, draw, n, p))
    (pathlib.Path(__file__).parent / "draws.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
