# Pace: the cumulative figure beside last year's and the corridor that ends at the target. Drawn after
# the variables and data blocks that vitalcast sets; colours and places may be changed here and in
# frame.gp. A copy in WORKSPACE/plots/ is used instead of this one.

corridor_colour = '#F3E8DC'
left = 58                # margins in pixels of an 800 x 450 picture
right = 158
top = 94
bottom = 88
load 'frame.gp'

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(top)
set bmargin at screen sy(height - bottom)

# --- axes --------------------------------------------------------------------------------

set border 1 lc rgb faint lw 1
set xrange [x_low:x_high]
set yrange [y_low:y_high]
set xtics nomirror out scale 0.5 font axis_font tc rgb pale
set ytics y_step nomirror scale 0 font axis_font tc rgb pale
set format y sprintf('%%.%df', y_digits)
set minussign
set grid ytics lt 1 lw 0.7 lc rgb grid_colour
do for [i = 1:n_years] {
    set label year_text[i] at year_x[i], graph 0 offset 0, -2.1 center font face(11) tc rgb pale
}

# --- corridor and target -----------------------------------------------------------------

if (has_corridor) {
    if (is_path) {
        set arrow from screen sx(18), sy(71) to screen sx(38), sy(71) nohead \
            lc rgb target_colour lw 0.8 dt (3, 3)
    } else {
        set object rectangle from screen sx(18), sy(76) to screen sx(38), sy(66) \
            fc rgb corridor_colour fs solid noborder
    }
    set label corridor_text at screen sx(44), sy(71) left font face(10) tc rgb pale
}
if (has_bound) {
    set arrow from graph 0, first bound to graph 1, first bound nohead \
        lc rgb target_colour lw 1.4 dt (8, 5)
}
if (has_bound_high) {
    set arrow from graph 0, first bound_high to graph 1, first bound_high nohead \
        lc rgb target_colour lw 1.4 dt (8, 5)
}
if (has_latest_y) {
    set style textbox opaque noborder fillcolor rgb 'white' margins 0.2, 0.1
    set label latest at latest_x, latest_y right offset -0.6, (latest_above ? 0.7 : -1.0) \
        front boxed font bold(12) tc rgb ink
}

plot $corridor using 1:2:3 with filledcurves lc rgb corridor_colour, \
     $corridor using 1:2 with lines lc rgb target_colour lw 0.8 dt (3, 3), \
     $corridor using 1:3 with lines lc rgb target_colour lw 0.8 dt (3, 3), \
     $last_year using 1:2 with lines lc rgb faint lw 1.4, \
     $observed using 1:2 with lines lc rgb ink lw 2.4, \
     $observed using 1:2 with points pt 7 ps 0.4 lc rgb ink
