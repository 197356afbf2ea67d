# What changed the chance since the earlier run, step by step from the top down. Drawn after the variables
# and data blocks that vitalcast sets; colours and places may be changed here and in frame.gp. A copy in
# WORKSPACE/plots/ is used instead of this one.

load 'frame.gp'
left = 18 + name_width + 16
right = 18 + note_width + 14

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(row_head)
set bmargin at screen sy(height - row_foot)

set border 1 lc rgb faint lw 1
set xrange [x_low:x_high]
set yrange [n_rows + 0.6:0.4]
set xtics x_step nomirror out scale 0.5 font axis_font tc rgb pale
set format x sprintf('%%.%df%%%%', x_digits)
unset ytics
set grid xtics lt 1 lw 0.7 lc rgb grid_colour
do for [i = 1:n_rows] {
    set label row_text[i] at screen sx(left - 12), first i right \
        font (row_strong[i] ? bold(11.5) : face(11.5)) tc rgb ink
    set label row_note[i] at screen sx(width - right + 14), first i left \
        font (row_strong[i] ? bold(11.5) : face(11.5)) tc rgb ink
}

# Up is dark, down is light; a thin line leads from each row to the next.
is_end(i) = i == 1 || i == n_rows
plot $rows using 3:1:(0):($1 < n_rows ? 1 : 0) with vectors nohead lt 1 lw 0.8 lc rgb faint, \
     $rows using (is_end($1) || $3 < $2 ? NaN : 0.5 * ($2 + $3)):1:2:3:($1 - 0.3):($1 + 0.3) \
        with boxxyerror fs solid noborder lc rgb main_colour, \
     $rows using (is_end($1) || $3 >= $2 ? NaN : 0.5 * ($2 + $3)):1:3:2:($1 - 0.3):($1 + 0.3) \
        with boxxyerror fs solid border lc rgb main_colour fc rgb band_80, \
     $rows using (is_end($1) ? $3 : NaN):1 with points pt 7 ps 1 lc rgb ink
