# Verdict map: probability that the target is met at the year end, units x targets.
# Drawn after the variables and labels that vitalcast sets; colours and sizes may be changed
# here. A copy in WORKSPACE/plots/ is used instead of this one.

# --- style -------------------------------------------------------------------------------

empty_colour = '#F1F1F1'      # no probability
low = 0xEAF1F8                # one neutral hue: no colour of success or failure
middle = 0x6AA5D4
high = 0x08306B
dark_from = 0.65              # white text on cells darker than this
light_hatch = '#9FB6CB'
middle_hatch = '#B9D2E6'
dark_hatch = '#7F9DBB'

load 'frame.gp'

# --- places, in pixels -------------------------------------------------------------------

x_cell(column) = side + name_width + cell_width * (column - 1)
y_cell(row) = head + row_height * (row - 1)


channel(colour, shift) = (colour >> shift) & 0xFF
between(a, b, p, shift) = int(channel(a, shift) + p * (channel(b, shift) - channel(a, shift)))
mixed(a, b, p) = (between(a, b, p, 16) << 16) + (between(a, b, p, 8) << 8) + between(a, b, p, 0)
shade(p) = p < 0.5 ? mixed(low, middle, 2 * p) : mixed(middle, high, 2 * p - 1)

set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
unset border
unset tics

if (strlen(nothing) > 0) {
    set label nothing at screen 0.5, sy(head + row_height) center font face(15) tc rgb pale
}

# --- heads of columns and rows -----------------------------------------------------------

do for [i = 1:n_columns] {
    x = sx(x_cell(i) + cell_width / 2)
    # A head of one line stands on the target's line.
    one = strlen(column_second[i]) == 0
    set label column_first[i] at screen x, sy(head - (one ? 30 : 45)) center \
        font bold(11) tc rgb ink
    set label column_second[i] at screen x, sy(head - 30) center font bold(11) tc rgb ink
    set label column_target[i] at screen x, sy(head - 13) center font face(11) tc rgb pale
}
do for [i = 1:n_rows] {
    set label row_text[i] at screen sx(side + 12 * row_indent[i]), \
        sy(y_cell(i) + row_height / 2.0) left font (row_indent[i] == 0 ? bold(12) : face(12)) tc rgb ink
}

# --- cells -------------------------------------------------------------------------------

do for [i = 1:n_cells] {
    x = x_cell(cell_column[i])
    y = y_cell(cell_row[i])
    if (cell_p[i] < 0) {
        set object rectangle from screen sx(x + 1), sy(y + row_height - 1) \
            to screen sx(x + cell_width - 1), sy(y + 1) fc rgb empty_colour fs solid noborder
    } else {
        set object rectangle from screen sx(x + 1), sy(y + row_height - 1) \
            to screen sx(x + cell_width - 1), sy(y + 1) fc rgb shade(cell_p[i]) fs solid noborder
    }
    set label cell_text[i] at screen sx(x + cell_width / 2), sy(y + row_height / 2.0) center \
        front font (cell_p[i] < 0 ? face(12) : bold(12)) \
        tc rgb (cell_p[i] < 0 ? pale : (cell_p[i] > dark_from ? '#FFFFFF' : ink))
}

set xrange [0:width]
set yrange [height:0]
in(low, high) = column(5) > low && column(5) <= high ? column(3) : NaN
plot $hatches using 1:2:(in(-1, 0.25)):4 with vectors nohead lt 1 lw 0.7 lc rgb light_hatch, \
     $hatches using 1:2:(in(0.25, dark_from)):4 with vectors nohead lt 1 lw 0.7 lc rgb middle_hatch, \
     $hatches using 1:2:(in(dark_from, 1)):4 with vectors nohead lt 1 lw 0.7 lc rgb dark_hatch
