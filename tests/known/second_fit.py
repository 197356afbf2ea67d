#!/usr/bin/env python3
"""A second implementation of the fit, numpy only: second_fit.py writes second_fit.txt beside itself.

Made-up trees of three levels with gaps; for each family the mode of the latent field at one theta, log |H|, the Laplace
marginal there less that at a second theta. Everything is one dense design matrix in
white coordinates: latent z = S w with w ~ N(0, I), so that

    log p(y | theta) ~ log p(y | w*) - w*'w* / 2 - log |I + S'A'WAS| / 2,   log |H| = log |I + S'A'WAS| - 2 log |S|

which is not how the library does it. Densities carry all their constants.
"""
import math
import pathlib

import numpy as np

PARENTS = [-1, 0, 0, 0, 0] + [1] * 5 + [2] * 4 + [3] * 2  # unit 4 is a leaf at the first level
LEAVES = [u for u in range(len(PARENTS)) if u not in PARENTS]
N, BLOCK, FIRST_MONTH = 30, 12, 3
FAMILIES = ["poisson", "negative_binomial", "binomial", "normal", "log_normal"]
# P(sd > upper) = 0.05, in the units of eta.
UPPER = {"season_sd": 0.3, "trend_sd": 0.05, "shock_sd": 0.15, "middle1_level_sd": 1, "middle1_step_sd": 0.1,
         "leaf_level_sd": 1, "leaf_step_sd": 0.1, "dispersion": None}
FIXED_SD = [2, 0.05, 0.5]  # level, drift, calendar
CALENDAR_MEAN = 0.5


def names_of(family):
    return [n for n in UPPER if n != "dispersion" or family not in ("poisson", "binomial")]


def upper_of(family, name):
    if name != "dispersion":
        return UPPER[name]
    return 0.3 if family == "negative_binomial" else 1


def block_of(t):
    """Blocks are counted back from the last period; the oldest is the short one."""
    return -(-N // BLOCK) - 1 - (N - 1 - t) // BLOCK


def design(calendar):
    """Rows: leaf by leaf, period by period. Columns: three fixed effects, season, trend, shock, nodes."""
    season = np.eye(12)[(np.arange(N) + FIRST_MONTH) % 12]
    common = np.hstack([np.ones((N, 1)), (np.arange(N)[:, None] - (N - 1)) / 12, calendar[:, None], season,
                        np.eye(N)[:, 1:], np.eye(N)])
    blocks = np.eye(block_of(N - 1) + 1)[[block_of(t) for t in range(N)]]
    rows = []
    for leaf in LEAVES:
        above, u = set(), leaf
        while u > 0:
            above.add(u)
            u = PARENTS[u]
        rows.append(np.hstack([common] + [blocks * (u in above) for u in range(1, len(PARENTS))]))
    return np.vstack(rows)


def square_root(theta):
    """z = S w: each group's values as sums of independent steps."""
    n_blocks = block_of(N - 1) + 1
    parts = [np.diag(FIXED_SD), np.exp(theta["season_sd"]) * np.eye(12),
             np.exp(theta["trend_sd"]) * np.tril(np.ones((N - 1, N - 1))), np.exp(theta["shock_sd"]) * np.eye(N)]
    for u in range(1, len(PARENTS)):
        kind = "leaf" if u in LEAVES else "middle1"
        steps = [theta[kind + "_level_sd"]] + [theta[kind + "_step_sd"]] * (n_blocks - 1)
        parts.append(np.tril(np.ones((n_blocks, n_blocks))) * np.exp(steps))
    whole = np.zeros((sum(map(len, parts)),) * 2)
    at = 0
    for part in parts:
        whole[at:at + len(part), at:at + len(part)] = part
        at += len(part)
    return whole


log_gamma = np.vectorize(math.lgamma)


def log_normal_density(x, mean, sd):
    return -0.5 * ((x - mean) / sd)**2 - math.log(sd) - 0.5 * math.log(2 * math.pi)


def log_negative_binomial(y, mu, sd):
    """Failures before the r-th success of probability p."""
    r, p = sd**-2, 1 / (1 + sd**2 * mu)
    return log_gamma(y + r) - log_gamma(r) - log_gamma(y + 1) + r * np.log(p) + y * np.log(1 - p)


def log_binomial(y, n, p):
    return log_gamma(n + 1) - log_gamma(y + 1) - log_gamma(n - y + 1) + y * np.log(p) + (n - y) * np.log(1 - p)


def log_density(family, data, eta, sd):
    """Of every observed cell: value, slope and minus curvature in eta."""
    y, off = data["y"], data["log_exposure"]
    mu = np.exp(eta + off)
    if family == "poisson":
        return y * np.log(mu) - mu - log_gamma(y + 1), y - mu, mu
    if family == "negative_binomial":
        v = 1 + sd**2 * mu
        return log_negative_binomial(y, mu, sd), (y - mu) / v, mu * (1 + sd**2 * y) / v**2
    if family == "binomial":
        p, trials = 1 / (1 + np.exp(-eta)), data["trials"]
        return log_binomial(y, trials, p), y - trials * p, trials * p * (1 - p)
    value = np.log(y) if family == "log_normal" else y / np.exp(off)
    return log_normal_density(value, eta, sd), (value - eta) / sd**2, np.full(len(y), sd**-2)


def laplace(family, data, names, theta):
    """Mode of z, log |H| and the log marginal, all constants in."""
    named = dict(zip(names, theta))
    root = square_root(named)
    a = data["design"] @ root
    at_zero = data["design"][:, 0] * data["level_mean"] + data["design"][:, 2] * CALENDAR_MEAN
    sd = np.exp(named.get("dispersion", 0.0))
    w = np.zeros(root.shape[0])
    value, slope, weight = log_density(family, data, at_zero, sd)
    here = value.sum()
    for _ in range(200):
        h = np.eye(len(w)) + (a.T * weight) @ a
        gradient = a.T @ slope - w
        step = np.linalg.solve(h, gradient)
        if gradient @ step < 1e-22:
            break
        factor = 1.0
        while factor > 1e-9:
            new = w + factor * step
            value, slope, weight = log_density(family, data, at_zero + a @ new, sd)
            there = value.sum() - new @ new / 2
            if there >= here - 1e-9 * abs(here):
                break
            factor /= 2
        w, here = new, there
    h = np.eye(len(w)) + (a.T * weight) @ a
    log_det = np.linalg.slogdet(h)[1]
    prior = 0
    for name, t in zip(names, theta):
        rate = -math.log(0.05) / upper_of(family, name)
        prior += math.log(rate) - rate * math.exp(t) + t  # exponential in the sd, t its logarithm
    z = root @ w
    z[0] += data["level_mean"]
    z[2] += CALENDAR_MEAN
    return z, log_det - 2 * np.linalg.slogdet(root)[1], here - log_det / 2 + prior


def make_up(family, rng):
    calendar = rng.uniform(-0.05, 0.05, N)
    a = design(calendar)
    truth = {"season_sd": 0.12, "trend_sd": 0.03, "shock_sd": 0.06, "middle1_level_sd": 0.4,
             "middle1_step_sd": 0.08, "leaf_level_sd": 0.4, "leaf_step_sd": 0.08}
    level = {"poisson": 2.5, "negative_binomial": 3.0, "binomial": 0.1, "normal": 1.5, "log_normal": 1.0}[family]
    white = rng.standard_normal(a.shape[1])
    white[:3] = 0
    eta = level + a @ square_root({k: np.log(v) for k, v in truth.items()}) @ white
    cells = len(eta)
    off = rng.uniform(-0.15, 0.15, cells)
    trials = rng.integers(20, 90, cells)
    mu = np.exp(eta + off)
    y = {"poisson": lambda: rng.poisson(mu),
         "negative_binomial": lambda: rng.poisson(mu * rng.gamma(1 / 0.15**2, 0.15**2, cells)),
         "binomial": lambda: rng.binomial(trials, 1 / (1 + np.exp(-eta))),
         "normal": lambda: np.round(np.exp(off) * (eta + 0.2 * rng.standard_normal(cells)), 4),
         "log_normal": lambda: np.round(np.exp(eta + 0.2 * rng.standard_normal(cells)), 4)}[family]()
    seen = rng.uniform(size=cells) > 0.06
    seen[2 * N:2 * N + 9] = False  # one leaf begins late
    seen[7 * N:8 * N] = False  # and one has nothing at all
    return calendar, off, trials, y, seen, level + 0.2


def numbers(key, values):
    return key + " " + " ".join(repr(float(v)) for v in values)


def by_cell(values, seen):
    return [v if s else np.nan for v, s in zip(values, seen)]


def solve(family, seed):
    rng = np.random.default_rng(seed)
    names = names_of(family)
    calendar, off, trials, y, seen, level_mean = make_up(family, rng)
    data = {"y": y[seen].astype(float), "log_exposure": off[seen], "trials": trials[seen],
            "design": design(calendar)[seen], "level_mean": level_mean}
    first = np.log(rng.uniform(0.03, 0.3, len(names)))
    second = np.log(rng.uniform(0.03, 0.3, len(names)))
    z, log_det, marginal = laplace(family, data, names, first)
    other = laplace(family, data, names, second)[2]
    out = [f"family {family}", numbers("level_mean", [level_mean]), numbers("calendar", calendar),
           numbers("log_exposure", off), numbers("trials", trials), numbers("y", by_cell(y, seen)),
           "names " + " ".join(names), numbers("theta", first), numbers("second", second), numbers("mode", z),
           numbers("log_det", [log_det]), numbers("difference", [other - marginal])]
    return out


if __name__ == "__main__":
    lines = ["source: tests/known/second_fit.py; cells leaf by leaf; the mode is level, drift, calendar, 12 months, "
             f"{N - 1} trend values, {N} shocks, then every unit's blocks",
             "parents " + " ".join(map(str, PARENTS)), f"periods {N}"]
    for k, name in enumerate(FAMILIES):
        lines += solve(name, 20260301 + k)
    (pathlib.Path(__file__).parent / "second_fit.txt").write_text("\n".join(lines) + "\n")
