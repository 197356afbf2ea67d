# Fan chart: the year so far, the prediction bands to the year end, last year, the target.
# Drawn after the variables, labels and data blocks that vitalcast sets; colours, sizes and
# places may be changed here. A copy in WORKSPACE/plots/ is used instead of this one.

left = 58                # margins in pixels of an 800 x 450 picture
right = 158
top = 94
bottom = 88
caveat_top = height - 15
load 'frame.gp'

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(top)
set bmargin at screen sy(height - bottom)

set border 1 lc rgb faint lw 1
set xrange [x_low:x_high]
set yrange [y_low:y_high]

if (strlen(small) > 0) {
    # Nothing may be read off: no axis, no line.
    unset xtics
    unset ytics
    unset border
    set label small at graph 0.5, 0.5 center font face(15) tc rgb pale
    plot NaN notitle
} else {

# --- axes --------------------------------------------------------------------------------

set xtics nomirror out scale 0.5 font axis_font tc rgb pale
set ytics y_step nomirror scale 0 font axis_font tc rgb pale
set format y sprintf('%%.%df', y_digits)
set minussign
set grid ytics lt 1 lw 0.7 lc rgb grid_colour
do for [i = 1:n_years] {
    set label year_text[i] at year_x[i], graph 0 offset 0, -2.1 center font face(11) tc rgb pale
}

# --- key of the bands --------------------------------------------------------------------

if (n_bands > 0) {
    array key_colour[3] = [band_50, band_80, band_95]
    array key_text[3] = ['50%', '80%', '95%']
    do for [i = 1:3] {
        set object rectangle from screen sx(18 + 58 * (i - 1)), sy(76) \
            to screen sx(38 + 58 * (i - 1)), sy(66) fc rgb key_colour[i] fs solid noborder
        set label key_text[i] at screen sx(42 + 58 * (i - 1)), sy(71) left \
            font face(10) tc rgb pale
    }
    set label bands_text at screen sx(192), sy(71) left font face(10) tc rgb pale
}

# --- target ------------------------------------------------------------------------------

if (has_bound) {
    set arrow from graph 0, first bound to graph 1, first bound nohead front \
        lc rgb target_colour lw 1.4 dt (8, 5)
}
if (has_bound_high) {
    set arrow from graph 0, first bound_high to graph 1, first bound_high nohead front \
        lc rgb target_colour lw 1.4 dt (8, 5)
}

# --- the last figure ---------------------------------------------------------------------

if (has_latest_y) {
    set style textbox opaque noborder fillcolor rgb 'white' margins 0.2, 0.1
    set label latest at latest_x, latest_y right offset 0.3, (latest_above ? 1.0 : -1.0) \
        front boxed font bold(12) tc rgb ink
}

# --- lines and bands ---------------------------------------------------------------------

plot $bands using 1:2:8 with filledcurves lc rgb band_95, \
     $bands using 1:3:7 with filledcurves lc rgb band_80, \
     $bands using 1:4:6 with filledcurves lc rgb band_50, \
     $last_year using 1:2 with lines lc rgb faint lw 1.2, \
     $bands using 1:5 with lines lc rgb main_colour lw 2.2, \
     $observed using 1:2 with lines lc rgb ink lw 2.2, \
     $observed using 1:2 with points pt 7 ps (yearly ? 0.25 : 0.4) lc rgb ink
}
