# Funnel: figures by size, and the limits in which chance keeps units that are alike. Drawn after the
# variables and data blocks that vitalcast sets; colours and places may be changed here and in frame.gp.
# A copy in WORKSPACE/plots/ is used instead of this one.

inside_colour = '#EDF3F9'
left = 62                # margins in pixels of an 800 x 470 picture
right = 130
top = 94
bottom = 122
load 'frame.gp'

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(top)
set bmargin at screen sy(height - bottom)

set border 1 lc rgb faint lw 1
set xrange [x_low:x_high]
set yrange [y_low:y_high]
if (wide) {
    set logscale x
    set xtics (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, \
        500000, 1000000, 2000000, 5000000)
} else {
    set xtics x_step
}
set xtics nomirror out scale 0.5 font axis_font tc rgb pale
set ytics y_step nomirror scale 0 font axis_font tc rgb pale
set format x '%.0f'
set format y sprintf('%%.%df', y_digits)
set grid ytics lt 1 lw 0.7 lc rgb grid_colour
set label size_text at screen sx(left + (width - left - right) / 2), sy(height - 82) center \
    font face(11) tc rgb pale
set label reference_text at graph 1.015, first reference left font bold(11) tc rgb ink
stats $limits using 4 every ::80::80 name 'warning_high' nooutput
stats $limits using 5 every ::80::80 name 'action_high' nooutput
line_height = 15 * (y_high - y_low) / (height - top - bottom)
larger(a, b) = a > b ? a : b
y_95 = larger(warning_high_max, reference + line_height)
y_998 = larger(action_high_max, y_95 + line_height)
set label '95%' at graph 1.015, first y_95 left font face(10) tc rgb pale
set label '99.8%' at graph 1.015, first y_998 left font face(10) tc rgb pale
do for [i = 1:n_names] {
    set label name_text[i] at name_x[i], name_y[i] center offset 0, 0.9 * name_side[i] front \
        font bold(11) tc rgb ink
}

# Beyond chance: a dark triangle that points away from the rest, with its name.
plot $limits using 1:3:4 with filledcurves lc rgb inside_colour, \
     $limits using 1:3 with lines lc rgb faint lw 1 dt (4, 4), \
     $limits using 1:4 with lines lc rgb faint lw 1 dt (4, 4), \
     $limits using 1:2 with lines lt 1 lc rgb pale lw 1.2, \
     $limits using 1:5 with lines lt 1 lc rgb pale lw 1.2, \
     $limits using 1:(reference) with lines lt 1 lc rgb ink lw 1, \
     $points using 1:($3 == 0 ? $2 : NaN) with points pt 7 ps (n_points > 60 ? 0.4 : 0.6) lc rgb band_50, \
     $points using 1:($3 > 0 ? $2 : NaN) with points pt 9 ps 1 lc rgb main_colour, \
     $points using 1:($3 < 0 ? $2 : NaN) with points pt 11 ps 1 lc rgb main_colour
