#!/usr/bin/env python3
"""Workbooks of services and records, and the tidy tables they are made from: progress_books.py DIR.

What each is about stands in test_import_progress.sh. Standard library only.
"""
import sys

from make_books import table, write, write_book

OUT = sys.argv[1]
TOWNS = ["松河镇", "柳林乡", "青石镇"]
COLUMNS = ["unit", "month", "indicator", "kind", "numerator", "denominator", "cumulative"]


def due(town, month):
    return 1234 + 317 * town + 3 * month


def done(town, month):
    return due(town, month) - 41 - 7 * town - (5 * month) % 11


def task(town):
    return 432 + 71 * town


def checked(town, month):
    return 29 + 5 * town + (7 * month * (town + 1)) % 9


def checked_until(town, month):
    return sum(checked(town, m) for m in range(1, month + 1))


def percent(a, b):
    return round(100 * a / b, 1)


def total(rows):
    return ["合计"] + [sum(row[c] for row in rows) if isinstance(rows[0][c], int) else "" for c in range(1, len(rows[0]))]


def book(name, *sheets):
    write_book(f"{OUT}/{name}.xlsx", [(tab, rows, []) for tab, rows in sheets])


def simple(name, title, head, rows):
    book(name, ("表", [[title], head] + rows))


# Records with a rate, a header of two levels, two indicators and events beside them.
def records(month):
    rows = [[town, 31 + i + month, due(i, month), done(i, month), percent(done(i, month), due(i, month)),
             due(i, month) + 50, due(i, month) + 2] for i, town in enumerate(TOWNS)]
    return f"{month}月", [[f"2013年{month}月信息录入情况"],
                         ["乡镇", "出生人数", "身份证号", "", "", "应建档人数", "已建档人数"],
                         ["", "", "应录入数", "已录入数", "录入率（%）", "", ""]] + rows + [total(rows)]


book("stock", records(6), records(7))
write(f"{OUT}/stock.csv", table(COLUMNS, [
    row for m in (6, 7) for i, town in enumerate(TOWNS)
    for row in ([town, f"2013-{m:02d}", "身份证号录入率", "stock", done(i, m), due(i, m), "no"],
                [town, f"2013-{m:02d}", "建档率", "stock", due(i, m) + 2, due(i, m) + 50, "no"])]))


# A quota: the task of the year, what was done in the month and since January.
def quota(month):
    rows = [[town, task(i), checked(i, month), checked_until(i, month), percent(checked_until(i, month), task(i))]
            for i, town in enumerate(TOWNS)]
    return f"{month}月", [[f"2013年{month}月孕前检查情况"],
                         ["乡镇", "孕前检查", "", "", ""],
                         ["", "年度任务数", "本月完成数", "累计完成数", "完成率"]] + rows + [total(rows)]


book("quota", quota(6), quota(7))
write(f"{OUT}/quota.csv", table(COLUMNS, [
    [town, f"2013-{m:02d}", "孕前检查完成率", "quota", checked_until(i, m), task(i), "yes"]
    for m in (6, 7) for i, town in enumerate(TOWNS)]))
simple("range", "2013年1-7月孕检情况", ["乡镇", "孕检任务数", "孕检完成数"], [["松河镇", 432, 216]])
simple("alone", "2013年7月孕检情况", ["乡镇", "孕检任务数", "孕检完成数"], [["松河镇", 432, 31]])
simple("own", "2013年7月孕检情况", ["乡镇", "孕检任务数", "本月孕检完成数"], [["松河镇", 432, 31]])
simple("kind", "2013年7月", ["乡镇", "应检查人数", "实检查人数", "检查率"], [["松河镇", 432, 401, 92.8]])
simple("must", "2013年7月", ["乡镇", "孕检应完成数", "孕检已完成数", "孕检完成率"], [["松河镇", 432, 401, 92.8]])
simple("name", "2013年1-7月", ["乡镇", "任务数", "完成数", "完成率"], [["松河镇", 432, 216, 50]])
simple("survey", "2013年7月", ["乡镇", "调查人数", "满意人数", "满意率"], [["松河镇", 50, 45, 90]])
simple("scores", "2013年7月", ["乡镇", "抽查人数", "知晓人数", "知晓率"], [["松河镇", 50, 45, 90]])
simple("events", "2013年7月", ["乡镇", "应录入出生人数", "已录入出生人数"], [["松河镇", 50, 45]])
simple("lonely", "2013年7月", ["乡镇", "已婚育龄妇女人数", "应届毕业生数", "完成数"], [["松河镇", 50, 45, 3]])
simple("half", "2013年7月", ["乡镇", "应录入数", "已录入数"], [["松河镇", 50, 45.5], ["柳林乡", 50, -3]])
simple("total", "2013年7月", ["乡镇", "信息应录入数", "信息已录入数"],
       [["松河镇", 50, 45], ["柳林乡", 60, 51], ["合计", 110, 97]])
simple("quarter", "2013年二季度", ["乡镇", "信息应录入数", "信息已录入数", "孕检任务数", "本季孕检完成数"],
       [["松河镇", 50, 45, 432, 101]])
book("blank", ("表", [["2013年7月"], ["乡镇", "信息应录入数", "信息已录入数"], ["松河镇", 50, ""], ["柳林乡", "", 7]]))
