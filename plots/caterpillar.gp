# Caterpillar: one target, every unit's prediction interval beside it, from the best to the worst.
# Drawn after the variables and data blocks that vitalcast sets; colours and places may be changed
# here and in frame.gp. A copy in WORKSPACE/plots/ is used instead of this one.

load 'frame.gp'
left = 18 + name_width + 16
right = 18 + note_width + 14

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(row_head)
set bmargin at screen sy(height - row_foot)

# --- axes --------------------------------------------------------------------------------

set border 1 lc rgb faint lw 1
set xrange [x_low:x_high]
set yrange [n_rows + (n_rows > 1 ? 0.6 : 1):(n_rows > 1 ? 0.4 : 0)]
set xtics x_step nomirror out scale 0.5 font axis_font tc rgb pale
set format x sprintf('%%.%df', x_digits)
set minussign
unset ytics
set grid xtics lt 1 lw 0.7 lc rgb grid_colour

# --- rows: shape and word say what the colour says ------------------------------------------

# Open, right, wrong, too small: in the order of the marks 0 to 3.
array mark_colour[4] = [main_colour, good_colour, bad_colour, '#6F6F6F']
array mark_shape[4] = [7, 9, 11, 6]      # disc, triangle up, triangle down, ring
do for [i = 1:n_rows] {
    set label row_text[i] at screen sx(left - 12), first i right \
        font (row_strong[i] ? bold(11.5) : face(11.5)) tc rgb ink
    set label row_note[i] at screen sx(width - right + 14), first i left \
        font (row_strong[i] ? bold(11) : face(11)) tc rgb ink
}

# --- target ------------------------------------------------------------------------------

if (one_bound) {
    set arrow from bound, graph 0 to bound, graph 1 nohead lc rgb target_colour lw 1.4 dt (8, 5) back
    set label target at bound, graph 1 offset 0, 0.7 center font bold(11) tc rgb target_colour
}
if (two_bounds) {
    set arrow from bound_high, graph 0 to bound_high, graph 1 nohead lc rgb target_colour \
        lw 1.4 dt (8, 5) back
}

is(k) = column(9) == k
plot for [k = 0:3] $rows using (is(k) ? column(2) : NaN):1:(column(8) - column(2)):(0) \
        with vectors nohead lt 1 lw 1.4 lc rgb mark_colour[k + 1], \
    for [k = 0:3] $rows using (is(k) ? column(3) : NaN):1:(column(7) - column(3)):(0) \
        with vectors nohead lt 1 lw 4 lc rgb (k == 3 ? '#B8B8B8' : mark_colour[k + 1]), \
    $rows using (one_bound ? NaN : column(10)):($1 - 0.38):(0):(0.76) with vectors nohead \
        lt 1 lw 2 lc rgb target_colour, \
    $rows using (one_bound ? NaN : column(11)):($1 - 0.38):(0):(0.76) with vectors nohead \
        lt 1 lw 2 lc rgb target_colour, \
    for [k = 0:3] $rows using (is(k) ? column(5) : NaN):1 with points pt 7 ps 0.9 \
        lc rgb 'white', \
    for [k = 0:3] $rows using (is(k) ? column(5) : NaN):1 with points pt mark_shape[k + 1] \
        ps 0.75 lc rgb mark_colour[k + 1]
