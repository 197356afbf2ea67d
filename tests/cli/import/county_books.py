#!/usr/bin/env python3
"""The months of datasets/example-county as the workbooks of an office.

county_books.py COUNTY DIR writes DIR/<place><year>年.xlsx for every year of COUNTY/monthly.csv: a
sheet a month, a title, a header of two merged rows, the villages of each town under its own total,
and the total of the county last. Standard library only.
"""
import csv
import os
import sys

from make_books import write_book

EVENTS = ("births_male", "births_female", "deaths")


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def total(figures, field):
    return sum(int(figure[field]) for figure in figures)


def figures_row(code, name, figures):
    """Code, name, boys, girls, births, deaths, people."""
    boys, girls, deaths = (total(figures, field) for field in EVENTS)
    return [code, name, boys, girls, boys + girls, deaths, total(figures, "population")]


def sheet(place, year, month, towns, villages, figures):
    rows = [[f"{place}{year}年{month}月人口统计月报"],
            ["单位：人"],
            ["单位代码", "单位名称", "出生人数", None, None, "死亡人数", "期末人口"],
            [None, None, "男", "女", "合计", None, None]]
    for town in towns:
        own = [village for village in villages if village["parent"] == town["code"]]
        rows += [figures_row(v["code"], v["name"], [figures[v["code"]]]) for v in own
                 if v["code"] in figures]
    rows.append(figures_row(None, "合　计", list(figures.values())))
    rows.append(["填报人：", None, "审核人：", None, None, "填报日期：", None])
    return f"{month}月", rows, ["A1:G1", "A3:A4", "B3:B4", "C3:E3", "F3:F4", "G3:G4"]


def main(county, folder):
    units, monthly = (rows_of(os.path.join(county, name)) for name in ("units.csv", "monthly.csv"))
    place = units[0]["name"]
    towns = [unit for unit in units if unit["parent"] == units[0]["code"]]
    codes = {town["code"] for town in towns}
    villages = [unit for unit in units if unit["parent"] in codes]
    months = {}
    for row in monthly:
        months.setdefault(row["month"], {})[row["unit"]] = row
    for year in sorted({month[:4] for month in months}):
        sheets = [sheet(place, year, int(month[5:]), towns, villages, months[month])
                  for month in sorted(months) if month[:4] == year]
        write_book(os.path.join(folder, f"{place}{year}年.xlsx"), sheets)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
