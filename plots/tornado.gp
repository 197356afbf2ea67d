# Tornado: total points when a target is missed and when it is met, the one with most at stake on top. Drawn
# after the variables and data blocks that vitalcast sets; colours and places may be changed here and in
# frame.gp. A copy in WORKSPACE/plots/ is used instead of this one.

load 'frame.gp'
left = 18 + name_width + 16
right = 18 + note_width + 14

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(row_head)
set bmargin at screen sy(height - row_foot)

set border 1 lc rgb faint lw 1
set xrange [x_low:x_high]
set yrange [n_rows + (n_rows > 1 ? 0.6 : 1):(n_rows > 1 ? 0.4 : 0)]
set xtics x_step nomirror out scale 0.5 font axis_font tc rgb pale
set format x sprintf('%%.%df', x_digits)
unset ytics
set grid xtics lt 1 lw 0.7 lc rgb grid_colour
set label expected_text at expected, graph 1 offset 0, 0.7 center font bold(11) tc rgb ink
set arrow from expected, graph 0 to expected, graph 1 nohead front lc rgb ink lw 1.2
set label missed at screen sx(left), sy(height - row_foot + 34) left font face(10) tc rgb pale
set label met at screen sx(width - right), sy(height - row_foot + 34) right font face(10) tc rgb pale
do for [i = 1:n_rows] {
    set label row_text[i] at screen sx(left - 12), first i right font face(11.5) tc rgb ink
    set label row_note[i] at screen sx(width - right + 14), first i left font face(11) tc rgb ink
}

# A pale part where the target is missed, a dark one where it is met.
plot $rows using (0.5 * ($2 + expected)):1:2:(expected):($1 - 0.3):($1 + 0.3) with boxxyerror \
        fs solid noborder lc rgb band_80, \
     $rows using (0.5 * ($3 + expected)):1:(expected):3:($1 - 0.3):($1 + 0.3) with boxxyerror \
        fs solid noborder lc rgb main_colour
