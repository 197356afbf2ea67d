#!/usr/bin/env python3
"""Workbooks of quarters, and the tidy tables that they are made from: quarter_books.py DIR.

What each is about stands in test_import_quarters.sh. Standard library only.
"""
import os
import sys

from make_books import table, write, write_book

OUT = sys.argv[1]
TOWNS = ["松河镇", "柳林乡", "青石镇"]
HEAD = ["乡镇", "出生人数", "死亡人数", "期末人口数"]


def births(town, quarter):
    return 83 + 31 * town + (7 * quarter * (town + 2)) % 17


def deaths(town, quarter):
    return 57 + 23 * town + (5 * quarter * (town + 3)) % 13


def people(town, quarter):
    return 23456 + 8123 * town + 13 * quarter


def rows_of(quarter, first=None):
    """The towns of a quarter, events summed from quarter `first` on."""
    quarters = range(first or quarter, quarter + 1)
    rows = [[town, sum(births(i, q) for q in quarters), sum(deaths(i, q) for q in quarters), people(i, quarter)]
            for i, town in enumerate(TOWNS)]
    return rows + [["合计"] + [sum(row[c] for row in rows) for c in range(1, 4)]]


def truth(quarters, fields=("births", "deaths", "population")):
    made = {"births": births, "deaths": deaths, "population": people}
    return table(["unit", "month", *fields], [[town, f"2013-Q{q}"] + [made[f](i, q) for f in fields]
                                              for q in quarters for i, town in enumerate(TOWNS)])


def book(name, *sheets):
    write_book(f"{OUT}/{name}.xlsx", [(tab, rows, []) for tab, rows in sheets])


write(f"{OUT}/truth.csv", truth((1, 2, 3)))
write(f"{OUT}/births.csv", truth((1, 2, 3), ("births",)))
write(f"{OUT}/events.csv", truth((1, 2), ("births", "deaths")))
write(f"{OUT}/june.csv", truth((2,)))
TITLES = {1: "2013年第1季度人口变动", 2: "2013年二季度人口变动", 3: "2013-Q3 人口变动"}
book("said", *((f"{q}", [[TITLES[q]], HEAD] + rows_of(q)) for q in (1, 2, 3)))
book("sums", *((f"1-{3 * q}月", [[f"2013年1-{3 * q}月人口变动"], HEAD] + rows_of(q, 1)) for q in (1, 2, 3)))
book("named", *((tab, [[f"2013年{tab}人口变动"], HEAD] + rows_of(q, 1))
                for q, tab in ((1, "一季度"), (2, "上半年"), (3, "前三季度"))))
book("across", ("出生", [["2013年各乡镇出生人数"], ["乡镇", "一季度", "二季度", "三季度", "合计"]] +
                [[town] + [births(i, q) for q in (1, 2, 3)] + [sum(births(i, q) for q in (1, 2, 3))]
                 for i, town in enumerate(TOWNS)]))
book("down", ("分季", [["2013年人口变动"], ["乡镇", "季度", "出生人数", "死亡人数"]] +
              [[town if q == 1 else "", q, births(i, q), deaths(i, q)] for i, town in enumerate(TOWNS) for q in (1, 2)]))
book("month", ("6月", [["2013年6月人口变动"], HEAD] + rows_of(2)))
book("months", ("出生", [["2013年出生人数"], ["乡镇", "4月", "5月", "6月"], ["松河镇", 31, 32, 33]]))
book("cells", ("分月", [["2013年"], ["乡镇", "月份", "出生人数"], ["松河镇", "4月", 31], ["松河镇", "二季度", 33],
                   ["柳林乡", "6月", 35]]))
book("mixed", ("一季度", [["2013年一季度"], HEAD] + rows_of(1)), ("4月", [["2013年4月"], HEAD] + rows_of(2)))
book("this", ("6", [["2013年1-6月"], ["乡镇", "本季度出生人数", "累计出生人数"], ["松河镇", 91, 180]]))
book("this_month", ("6", [["2013年二季度"], ["乡镇", "本月出生人数"], ["松河镇", 31]]))
book("yearless", ("出生", [["各乡镇出生人数"], ["乡镇", "一季度", "二季度"], ["松河镇", 91, 92]]))
book("yearless_months", ("出生", [["各乡镇出生人数"], ["乡镇", "1月", "2月"], ["松河镇", 31, 32]]))
book("second", ("二季度", [["2013年第二季度"], ["乡镇", "出生人数"], ["松河镇", 91]]))
for name, line in (("quarter", "period: quarter"), ("month", "period: month"), ("year", "period: year")):
    write(f"{OUT}/{name}.yaml", f"name: 示例县\n{line}\n")
