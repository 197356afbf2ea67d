# Ranks: where each unit of a class may come in. Drawn after the variables and data blocks that vitalcast
# sets; colours and places may be changed here and in frame.gp. A copy in WORKSPACE/plots/ is used
# instead of this one.

places_colour = '#EEF2F6'
load 'frame.gp'
left = 18 + name_width + 16
right = 18 + note_width + 14

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(row_head)
set bmargin at screen sy(height - row_foot)

set border 1 lc rgb faint lw 1
set xrange [0.5:n_ranked + 0.5]
set yrange [n_rows + (n_rows > 1 ? 0.6 : 1):(n_rows > 1 ? 0.4 : 0)]
rank_step = n_ranked > 60 ? 20 : n_ranked > 30 ? 10 : n_ranked > 15 ? 5 : 1
set xtics rank_step nomirror out scale 0.5 font axis_font tc rgb pale
set xtics add ('1' 1)
unset ytics
set grid xtics lt 1 lw 0.7 lc rgb grid_colour

if (quota > 0) {
    set object rectangle from 0.5, graph 0 to quota + 0.5, graph 1 fc rgb places_colour \
        fs solid noborder behind
    set label places at 0.5, graph 1 offset 0, 0.7 left font bold(11) tc rgb pale
}
do for [i = 1:n_rows] {
    set label row_text[i] at screen sx(left - 12), first i right \
        font (row_strong[i] ? bold(11.5) : face(11.5)) tc rgb ink
    set label row_note[i] at screen sx(width - right + 14), first i left font face(11) tc rgb ink
}

plot $rows using 2:1:($6 - $2):(0) with vectors nohead lt 1 lw 1.4 lc rgb main_colour, \
     $rows using 3:1:($5 - $3):(0) with vectors nohead lt 1 lw 4 lc rgb band_50, \
     $rows using 4:1 with points pt 7 ps 0.7 lc rgb main_colour
