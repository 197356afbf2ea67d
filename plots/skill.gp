# Skill: error beside that of rules of thumb. Drawn after the variables and data blocks that vitalcast
# sets; colours and places may be changed here. A copy in WORKSPACE/plots/ is used instead of this one.

# --- style -------------------------------------------------------------------------------

year_colour = '#7FB2DB'

left = 210
right = 196
top = 76
bottom = 112

heading_size = 15
notice_top = 49
load 'frame.gp'

# --- places ------------------------------------------------------------------------------

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(top)
set bmargin at screen sy(height - bottom)

# --- axes ----------------------------------------------------------------------------------

set border 1 lc rgb faint lw 1
x_low = lowest < -10 ? floor(lowest / 10) * 10 : -10
x_high = highest > 10 ? ceil(highest / 10) * 10 : 10
x_high = x_high > 100 ? 100 : x_high      # beyond twice the error a year is off the chart
step = x_high - x_low > 120 ? 40 : 20
set xrange [x_low:x_high]
set yrange [n_rules + 0.6:0.4]
set xtics step nomirror out scale 0.5 font axis_font tc rgb pale
set format x '%+g%%'
set xtics add ('0%%' 0)
unset ytics
set grid xtics lt 1 lw 0.7 lc rgb grid_colour
set label axis at screen sx(left), sy(height - 76) left font face(10) tc rgb pale
set arrow from 0, graph 0 to 0, graph 1 nohead lt 1 lw 1.4 lc rgb faint back
do for [i = 1:n_rules] {
    set label rule_text[i] at screen sx(left - 10), first i right font face(11) tc rgb ink
    set label rule_note[i] at screen sx(width - right + 10), first i left font face(10.5) tc rgb pale
}

plot $single using 1:2 with points pt 7 ps 0.5 lc rgb year_colour notitle, \
    $all using 1:2 with points pt 7 ps 1.1 lc rgb main_colour notitle
