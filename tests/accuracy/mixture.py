#!/usr/bin/env python3
"""Would a mixture with the straight line help? Reads the runs of a back-test of Taiwan.

    VCT_KEEP=DIR tests/accuracy/test_taiwan.sh      with --keep 1000 added to its backtest line
    mixture.py DIR/taiwan >table

The pool has two members: ours, and the straight line with an uncertain level (the rest of the year
is Poisson around a gamma-distributed pace). Its weight is chosen on the years before the one that is
scored, by the log score (stacking: Yao, Vehtari, Simpson and Gelman 2018, Bayesian Analysis 13),
once for all origins together and once for each origin month. Needs numpy and h5py.
"""
import csv
import glob
import os
import sys
from collections import defaultdict

import h5py
import numpy as np

DRAWS = 1000
MONTHS = (3, 6, 7, 9, 11)
rng = np.random.default_rng(1)


def counts(path):
    """Births and deaths of each township by month."""
    table = defaultdict(dict)
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            year, month = int(row["ym"][:4]), int(row["ym"][5:])
            for event in ("births", "deaths"):
                total = int(row[event + "_m"]) + int(row[event + "_f"])
                table[event, row["town_code"]][year, month] = total
    return table


def crps(draws, y):
    s = np.sort(draws)
    n = len(s)
    return np.abs(s - y).mean() - ((2 * np.arange(1, n + 1) - n - 1) * s).sum() / n**2


def log_density(draws, y):
    """Of a normal kernel estimate, Silverman's width."""
    width = max(0.9 * draws.std() * len(draws) ** -0.2, 0.5)
    kernel = np.exp(-0.5 * ((y - draws) / width) ** 2) / (width * np.sqrt(2 * np.pi))
    return np.log(kernel.mean() + 1e-12)


def straight_line(known, months):
    return known + rng.poisson(rng.gamma(known + 0.5, 1, DRAWS) * (12 - months) / months)


def cases(folder, event, table):
    """year, months, CRPS and log density of both members, draws of both, what came."""
    for path in sorted(glob.glob(os.path.join(folder, "runs/backtest/*.h5"))):
        year, months = int(os.path.basename(path)[:4]), int(os.path.basename(path)[5:7])
        with h5py.File(path) as run:
            codes = [code.decode() for code in run["constant_data/unit_code"][()]]
            rest = run["predictions/" + event][:DRAWS]
        rest = rest[:, :, -(12 - months):].sum(2)
        for unit, code in enumerate(codes):
            if (event, code) not in table:
                continue
            one = table[event, code]
            known = sum(one[year, m] for m in range(1, months + 1))
            came = sum(one[year, m] for m in range(1, 13))
            ours, line = known + rest[:, unit].astype(float), straight_line(known, months) * 1.0
            yield (year, months, crps(ours, came), crps(line, came), log_density(ours, came),
                   log_density(line, came), ours, line, came)


def weight(past):
    """Of ours, by expectation-maximisation on the log score."""
    ours = np.exp([case[4] for case in past])
    line = np.exp([case[5] for case in past])
    w = 0.9
    for _ in range(300):
        w = np.mean(w * ours / (w * ours + (1 - w) * line))
    return w


def pooled(case, w):
    n = int(round(DRAWS * w))
    return crps(np.concatenate([case[6][:n], case[7][:DRAWS - n]]), case[8])


def main():
    folder = sys.argv[1]
    table = counts(os.path.join(folder, "monthly.csv"))
    print("event,year,weights,crps_ours,crps_line,crps_mixture,weight_of_the_line")
    for event in ("births", "deaths"):
        every = list(cases(folder, event, table))
        for year in sorted({case[0] for case in every})[1:]:
            for by_month in (False, True):
                scores, weights = [], []
                now = [case for case in every if case[0] == year]
                for months in MONTHS:
                    past = [c for c in every if c[0] < year and (c[1] == months or not by_month)]
                    w = weight(past)
                    weights.append(1 - w)
                    scores += [pooled(case, w) for case in now if case[1] == months]
                print(event, year, "by_month" if by_month else "pooled",
                      *("%.3f" % np.mean([case[k] for case in now]) for k in (2, 3)),
                      "%.3f" % np.mean(scores), "%.3f" % np.mean(weights), sep=",")


main()
