#!/usr/bin/env python3
"""Six realistic workbooks, and the tidy tables that they are made from.

make_books.py DIR writes DIR/<letter>/ with the files to be imported and, in DIR/<letter>/truth/,
the tables as they should come out. The figures are drawn first (fixed rule, below), then laid out
as an office lays them out; nothing here reads a table back. Standard library only.
"""
import io
import os
import sys
import zipfile
from xml.sax.saxutils import escape

YEAR = 2024
TOWNS = [("990101", "松河镇"), ("990102", "柳林乡"), ("990103", "青石镇"), ("990104", "白云街道")]


def figure(unit, month, what):
    """A count that is no multiple of anything: no two cells of a table are equal by design."""
    size = {"births_male": 31, "births_female": 28, "deaths": 37, "arrivals": 17, "departures": 23}[what]
    salt = {"births_male": 3, "births_female": 5, "deaths": 7, "arrivals": 11, "departures": 13}[what]
    return size * (unit + 2) // 2 + (unit * 7 + month * salt) % 13


def people(unit, month):
    return 23456 + 8123 * unit + 11 * month


# --- a workbook in plain XML -------------------------------------------------------------------

def letters(column):
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


class Formula:
    """A formula with the value that is stored beside it."""

    def __init__(self, text, value):
        self.text, self.value = text, value


class Date:
    """A real date: days since 1899-12-30, in the format yyyy"年"m"月"."""

    def __init__(self, days):
        self.days = days


def cell_xml(reference, value):
    if value is None or value == "":
        return f'<c r="{reference}" s="1"/>'
    if isinstance(value, Formula):
        return f'<c r="{reference}"><f>{escape(value.text)}</f><v>{value.value}</v></c>'
    if isinstance(value, Date):
        return f'<c r="{reference}" s="2"><v>{value.days}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{reference}"><v>{value!r}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def sheet_xml(rows, merged):
    out = ['<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>']
    for r, row in enumerate(rows, 1):
        if row:
            cells = "".join(cell_xml(f"{letters(c)}{r}", value) for c, value in enumerate(row))
            out.append(f'<row r="{r}">{cells}</row>')
    out.append("</sheetData>")
    if merged:
        out.append(f'<mergeCells count="{len(merged)}">' +
                   "".join(f'<mergeCell ref="{ref}"/>' for ref in merged) + "</mergeCells>")
    return "".join(out) + "</worksheet>"


TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
STYLES = ('<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1">'
          '<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
          '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>')


def book_parts(sheets):
    """The parts of a workbook; sheets: (name, rows, merged ranges)."""
    n = len(sheets)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    types = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{TYPES}worksheet+xml"/>'
                    for i in range(1, n + 1))
    names = "".join(f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>'
                    for i, (name, _, _) in enumerate(sheets, 1))
    links = "".join(f'<Relationship Id="rId{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
                    for i in range(1, n + 1))
    parts = {
        "[Content_Types].xml":
            f'{head}<Types xmlns="{PACKAGE}content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}styles+xml"/>{types}</Types>',
        "_rels/.rels":
            f'{head}<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml":
            f'{head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'{head}<Relationships xmlns="{PACKAGE}relationships">{links}<Relationship Id="rId{n + 1}" '
            f'Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": head + STYLES,
    }
    for i, (_, rows, merged) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = head + sheet_xml(rows, merged)
    return parts


def zip_bytes(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(content if isinstance(content, bytes) else content.encode())


def write_book(path, sheets):
    write(path, zip_bytes(book_parts(sheets)))


def table(header, rows):
    return "\n".join(",".join(str(value) for value in row) for row in [header] + rows) + "\n"


def write_truth(folder, units, monthly):
    write(f"{folder}/truth/units.csv", table(*units))
    write(f"{folder}/truth/monthly.csv", table(*monthly))


def month(number):
    return f"{YEAR}-{number:02d}"


UNITS = (["code", "name"], [[code, name] for code, name in TOWNS])


# --- (a) header of two levels, merged; one sheet a month; totals; real dates nowhere ------------

def merged_headers(folder):
    sheets = []
    for m in range(1, 4):
        rows = [[f"{YEAR}年{m}月出生死亡人口情况表"], ["填报单位：示例县卫生健康局", "", "", "", "", "", "单位：人"],
                ["代码", "乡镇", "出生人数", "", "", "死亡人数", "期末人口数"],
                ["", "", "男", "女", "合计", "", ""]]
        for i, (code, name) in enumerate(TOWNS):
            male, female = figure(i, m, "births_male"), figure(i, m, "births_female")
            rows.append([int(code), name, male, female, Formula(f"C{5 + i}+D{5 + i}", male + female),
                         figure(i, m, "deaths"), people(i, m)])
        total = [sum(row[c].value if isinstance(row[c], Formula) else row[c] for row in rows[4:]) for c in range(2, 7)]
        rows.append(["", "合 计"] + total)
        rows.append([])
        rows.append(["填报人：张三", "", "", "审核人：李四", "", "", f"报出日期：{YEAR}年{m + 1}月3日"])
        sheets.append((f"{m}月", rows, ["A1:G1", "A3:A4", "B3:B4", "C3:E3", "F3:F4", "G3:G4"]))
    sheets.append(("填表说明", [["本表由各乡镇按月填报"], ["出生人数以户籍登记为准"]], []))
    write_book(f"{folder}/出生死亡月报.xlsx", sheets)
    rows = []
    for m in range(1, 4):
        for i, (code, _) in enumerate(TOWNS):
            male, female = figure(i, m, "births_male"), figure(i, m, "births_female")
            rows.append([code, month(m), male, female, male + female, figure(i, m, "deaths"), people(i, m)])
    write_truth(folder, UNITS, (["unit", "month", "births_male", "births_female", "births", "deaths", "population"], rows))


# --- (b) sums since January, a sheet for each report --------------------------------------------

def cumulative(folder):
    sheets = []
    for m in range(1, 8):
        until = f"1—{m}月" if m > 1 else "1月"
        rows = [[f"{YEAR}年{until}人口变动情况（累计）"], [],
                ["行政区划代码", "乡镇名称", "出生男婴", "出生女婴", "死亡人数", "出生率（‰）", "期末总人口"]]
        for i, (code, name) in enumerate(TOWNS):
            sums = [sum(figure(i, k, what) for k in range(1, m + 1)) for what in ("births_male", "births_female", "deaths")]
            rate = round(1000 * (sums[0] + sums[1]) / people(i, m), 2)
            rows.append([code, name] + sums + [rate, people(i, m)])
        rows.append(["", "总计"] + [sum(row[c] for row in rows[3:]) for c in range(2, 5)] + ["", ""])
        rows.append(["注：出生率未折成年率。"])
        sheets.append((f"1-{m}月" if m > 1 else "1月", rows, ["A1:G1"]))
    write_book(f"{folder}/{YEAR}年累计表.xlsx", sheets)
    rows = [[code, month(m)] + [figure(i, m, what) for what in ("births_male", "births_female", "deaths")] + [people(i, m)]
            for m in range(1, 8) for i, (code, _) in enumerate(TOWNS)]
    write_truth(folder, UNITS, (["unit", "month", "births_male", "births_female", "deaths", "population"], rows))


# --- (c) registered and resident side by side, 万人, months down the sheet ------------------------

def pair(folder):
    rows = [[f"{YEAR}年户籍人口与常住人口变动情况"],
            ["单位", "月份", "户籍人口", "", "", "常住人口", "", ""],
            ["", "", "出生人数（人）", "死亡人数（人）", "期末人口（万人）", "出生人数（人）", "死亡人数（人）", "期末人口（万人）"]]
    truth = []
    for i, (code, name) in enumerate(TOWNS):
        for m in range(1, 7):
            births = figure(i, m, "births_male") + figure(i, m, "births_female")
            registered = [births, figure(i, m, "deaths"), 23400 + 8100 * i + 100 * m]
            resident = [births + 9 + i, figure(i, m, "deaths") - 2, 21700 + 7900 * i + 100 * m]
            shown = [f"{v / 10000:.2f}" if k == 2 else v for k, v in enumerate(registered)] + \
                    [f"{v / 10000:.2f}" if k == 2 else v for k, v in enumerate(resident)]
            shown = [float(v) if isinstance(v, str) else v for v in shown]
            rows.append([name if m == 1 else "", f"{m}月"] + shown)
            truth += [(m, i, 1, [name, month(m), "registered"] + registered),
                      (m, i, 2, [name, month(m), "resident"] + resident)]
    rows.append(["数据来源：公安局、统计局"])
    write_book(f"{folder}/户籍常住对照.xlsx", [("Sheet1", rows, ["A1:H1", "C2:E2", "F2:H2", "A4:A9"]), ("Sheet2", [], [])])
    rows = [row for _, _, _, row in sorted(truth, key=lambda t: t[:3])]
    write_truth(folder, (["code", "name"], [[name, name] for _, name in TOWNS]),
                (["unit", "month", "basis", "births", "deaths", "population"], rows))


# --- (d) a unit renamed in April; months side by side; real dates in a second file ----------------

def renamed(folder):
    serial = {1: 45292, 2: 45323, 3: 45352, 4: 45383, 5: 45413, 6: 45444}
    rows = [[f"{YEAR}年上半年分月情况"], ["单位代码", "单位名称", "统计月份", "迁入人数", "迁出人数"]]
    for m in range(1, 7):
        for i, (code, name) in enumerate(TOWNS):
            name = "柳林镇" if i == 1 and m >= 4 else name
            rows.append([code, name, Date(serial[m]), figure(i, m, "arrivals"), figure(i, m, "departures")])
    write_book(f"{folder}/迁移.xlsx", [("分月", rows, ["A1:E1"])])
    names = [name for _, name in TOWNS]
    wide = [[f"{YEAR}年各乡镇出生人口"], ["乡镇"] + [f"{m}月" for m in range(1, 7)] + ["合计"]]
    for i, name in enumerate(names):
        counts = [figure(i, m, "births_male") + figure(i, m, "births_female") for m in range(1, 7)]
        if i == 1:
            wide.append([name] + counts[:3] + ["", "", "", sum(counts[:3])])
            wide.append(["柳林镇（原柳林乡）", "", "", ""] + counts[3:] + [sum(counts[3:])])
        else:
            wide.append([name] + counts + [sum(counts)])
    write_book(f"{folder}/names/出生.xlsx", [("出生", wide, [])])
    units = [[code, "柳林镇" if i == 1 else name, "柳林乡" if i == 1 else ""] for i, (code, name) in enumerate(TOWNS)]
    rows = [[code, month(m), figure(i, m, "arrivals"), figure(i, m, "departures")]
            for m in range(1, 7) for i, (code, _) in enumerate(TOWNS)]
    write_truth(folder, (["code", "name", "former_names"], units), (["unit", "month", "arrivals", "departures"], rows))
    new = ["柳林镇" if i == 1 else name for i, name in enumerate(names)]
    rows = [[name, month(m), figure(i, m, "births_male") + figure(i, m, "births_female")]
            for m in range(1, 7) for i, name in enumerate(new)]
    write_truth(f"{folder}/names", (["code", "name", "former_names"],
                                    [[name, name, "柳林乡" if i == 1 else ""] for i, name in enumerate(new)]),
                (["unit", "month", "births"], rows))


# --- (e) footnotes, subtotals, two columns of names with merged cells ----------------------------

VILLAGES = [("松河镇", ["河东村", "河西村", "松山社区"]), ("柳林乡", ["柳南村", "柳北村"]), ("青石镇", ["石桥村", "青峰村", "石门村"])]


def footnotes(folder):
    rows = [[f"{YEAR}年5月村级出生死亡统计"], ["", "", "", "", "", "单位：人"],
            ["序号", "乡镇", "村（社区）", "出生人数", "死亡人数", "备注"]]
    truth, units, n = [], [], 0
    grand = [0, 0]
    for t, (town, villages) in enumerate(VILLAGES):
        units.append([town, town, ""])
        sums = [0, 0]
        for v, village in enumerate(villages):
            n += 1
            counts = [figure(n % 4, n, "births_male"), figure(n % 4, n, "deaths")]
            sums = [a + b for a, b in zip(sums, counts)]
            marked = village + "*" if village == "柳北村" else village
            shown = [f"{counts[0]}①" if village == "松山社区" else counts[0], counts[1]]
            rows.append([n, town if v == 0 else "", marked] + shown + ["", ] )
            truth.append([village, month(5)] + counts)
        rows.append(["", "小计", ""] + sums + [""])
        grand = [a + b for a, b in zip(grand, sums)]
    rows.insert(3, ["", "全县合计", ""] + grand + [""])
    rows += [["*柳北村2023年由柳林村析置。"], ["注：①含补报2人。"], ["制表：王五", "", "", "负责人：赵六", "", ""]]
    write_book(f"{folder}/村级统计.xlsx", [("5月", rows, ["A1:F1", "B5:B7"])])
    unit_rows = units + [[village, village, town] for town, villages in VILLAGES for village in villages]
    write_truth(folder, (["code", "name", "parent"], unit_rows), (["unit", "month", "births", "deaths"], truth))


# --- (f) GB18030 text whose figures may be sums or not ------------------------------------------

def ambiguous(folder):
    lines = [f"{YEAR}年各乡镇出生人数", "乡镇," + ",".join(f"{m}月" for m in range(1, 7))]
    monthly = []
    for i, (_, name) in enumerate(TOWNS):
        counts = [figure(i, m, "births_male") for m in range(1, 7)]
        sums = [sum(counts[:m]) for m in range(1, 7)]
        lines.append(f"{name}," + ",".join(f'"{v:,}"' if v > 999 else str(v) for v in sums))
        monthly.append(counts)
    write(f"{folder}/出生.csv", ("\r\n".join(lines) + "\r\n").encode("gb18030"))
    rows = [[name, month(m + 1), monthly[i][m]] for m in range(6) for i, (_, name) in enumerate(TOWNS)]
    write_truth(folder, (["code", "name"], [[name, name] for _, name in TOWNS]), (["unit", "month", "births"], rows))


# --- small ones: questions, corrections, hostile files -------------------------------------------

def small(folder):
    head = ["乡镇", "出生人数"]

    def report(m, value, title=None):
        return (f"1-{m}月" if m > 1 else "1月", [[title or f"{YEAR}年1-{m}月累计"], head, ["松河镇", value]], [])

    write_book(f"{folder}/joint.xlsx", [report(2, 59), report(3, 90)])
    write_book(f"{folder}/negative.xlsx", [report(1, 30, f"{YEAR}年1月"), report(2, 50), report(3, 45)])
    write_book(f"{folder}/twice.xlsx", [report(1, 30, f"{YEAR}年1月"), ("又", [[f"{YEAR}年1月"], head, ["松河镇", 31]], [])])
    write_book(f"{folder}/doubt.xlsx", [("3月", [[f"{YEAR}年2月出生"], head, ["松河镇", 31]], [])])
    write_book(f"{folder}/mark.xlsx", [("3月", [[f"{YEAR}年3月出生"], head, ["松河镇", 31], ["柳林乡", "—"]], [])])
    write_book(f"{folder}/error.xlsx", [("3月", [[f"{YEAR}年3月出生"], head, ["松河镇", "#REF!"], ["柳林乡", 2.5]], [])])
    write_book(f"{folder}/unknown.xlsx", [("3月", [[f"{YEAR}年3月"], head + ["一孩"], ["松河镇", 31, 12]], [])])
    write_book(f"{folder}/percent.xlsx", [("3月", [[f"{YEAR}年3月"], ["乡镇", "录入率（%）"], ["松河镇", 0.953], ["柳林乡", 0.97]], [])])
    write_book(f"{folder}/rename.xlsx",
               [(f"{m}月", [[f"{YEAR}年{m}月"], head, ["松河镇", 30 + m], ["柳林乡" if m < 3 else "柳林镇", 20 + m]], [])
                for m in range(1, 5)])


def hostile(folder):
    sheets = [("3月", [[f"{YEAR}年3月出生"], ["乡镇", "出生人数"], ["松河镇", 31]], [])]
    parts = book_parts(sheets)
    whole = zip_bytes(parts)
    for i, share in enumerate((0.1, 0.5, 0.9, 0.99)):
        write(f"{folder}/cut{i}.xlsx", whole[:int(len(whole) * share)])
    for i, name in enumerate(parts):
        write(f"{folder}/without{i}.xlsx", zip_bytes({k: v for k, v in parts.items() if k != name}))
    for i in range(8):
        at = len(whole) * (2 * i + 1) // 16
        write(f"{folder}/bit{i}.xlsx", whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1:])
    sheet = "xl/worksheets/sheet1.xml"
    write(f"{folder}/bomb.xlsx", zip_bytes(dict(parts, **{"xl/media/a.bin": b"\0" * (40 << 20)})))
    write(f"{folder}/links.xlsx", zip_bytes(dict(parts, **{"xl/externalLinks/externalLink1.xml": "<a/>"})))
    far = parts[sheet].replace("</sheetData>", '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>')
    write(f"{folder}/far.xlsx", zip_bytes(dict(parts, **{sheet: far})))
    laughs = '<!DOCTYPE a [<!ENTITY b "' + "ha" * 500 + '">' + "".join(
        f'<!ENTITY c{i} "' + ("&b;" if i == 0 else f"&c{i - 1};") * 50 + '">' for i in range(6)) + "]>"
    body = parts[sheet].split("?>", 1)[1].replace("松河镇", "&c5;")
    write(f"{folder}/laughs.xlsx", zip_bytes(dict(parts, **{sheet: laughs + body})))
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + parts[sheet].split("?>", 1)[1].replace("松河镇", "&x;")
    write(f"{folder}/outside.xlsx", zip_bytes(dict(parts, **{sheet: outside})))
    write(f"{folder}/plain.xlsx", zip_bytes({"readme.txt": "no workbook"}))
    write(f"{folder}/old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    write(f"{folder}/empty.xlsx", b"")


def main():
    out = sys.argv[1]
    for letter, make in zip("abcdef", (merged_headers, cumulative, pair, renamed, footnotes, ambiguous)):
        make(f"{out}/{letter}")
    small(f"{out}/small")
    hostile(f"{out}/hostile")


if __name__ == "__main__":
    main()
