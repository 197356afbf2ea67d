# Reliability: what was said against what came true. Drawn after the variables and data blocks that
# vitalcast sets; colours and places may be changed here. A copy in WORKSPACE/plots/ is used instead
# of this one.

# --- style -------------------------------------------------------------------------------

year_colour = '#B5D1EA'

left = 78
right = 40
top = 88
bottom = 128

heading_size = 15
load 'frame.gp'

# --- places ------------------------------------------------------------------------------

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(top)
set bmargin at screen sy(height - bottom)

# --- axes, in percent ----------------------------------------------------------------------

set border 3 lc rgb faint lw 1
set xrange [-4:104]
set yrange [0:108]
set xtics 0, 20, 100 nomirror out scale 0.5 font axis_font tc rgb pale
set ytics 0, 20, 100 nomirror out scale 0.5 font axis_font tc rgb pale
set format x '%g%%'
set format y '%g%%'
set grid xtics ytics lt 1 lw 0.7 lc rgb grid_colour
set label said at screen sx(left + (width - left - right) / 2), sy(height - 82) center font face(11) tc rgb pale
set label came at screen sx(22), sy(top + (height - top - bottom) / 2) center rotate by 90 font face(11) tc rgb pale
set arrow from 0, 0 to 100, 100 nohead lt 1 lw 1.2 lc rgb faint back

plot $single using (100 * $1):(100 * $2) with lines lt 1 lw 1.2 lc rgb year_colour notitle, \
    $all using (100 * $1):(100 * $2) with linespoints lt 1 lw 2.2 pt 7 ps 0.9 \
        lc rgb main_colour notitle, \
    $all using (100 * $1):(100 * $2):(sprintf('%d', $3)) with labels offset -0.5, 0.8 right \
        font face(9.5) tc rgb pale notitle
