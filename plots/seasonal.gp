# Seasonal: the months of an event, years over each other, this one on top. Drawn after the variables and
# data blocks that vitalcast sets; colours and places may be changed here and in frame.gp. A copy in
# WORKSPACE/plots/ is used instead of this one.

older_colour = '#DADADA'
left = 58                # margins in pixels of an 800 x 450 picture
right = 150
top = 94
bottom = 88
load 'frame.gp'

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(top)
set bmargin at screen sy(height - bottom)

set border 1 lc rgb faint lw 1
set xrange [-0.25:n_periods - 0.75]
set yrange [y_low:y_high]
set xtics nomirror out scale 0.5 font axis_font tc rgb pale
set ytics y_step nomirror scale 0 font axis_font tc rgb pale
set format y sprintf('%%.%df', y_digits)
set grid ytics lt 1 lw 0.7 lc rgb grid_colour

# --- what the lines are, in the order of their weight ----------------------------------------

array key_text[3] = [this_year, year_before, mean_text]
array key_colour[3] = [main_colour, target_colour, faint]
array key_width[3] = [2.6, 1.6, 1.6]
do for [i = 1:3] {
    if (strlen(key_text[i]) > 0) {
        set arrow from screen sx(width - right + 12), sy(top + 14 + 22 * i) \
            to screen sx(width - right + 34), sy(top + 14 + 22 * i) nohead \
            lc rgb key_colour[i] lw key_width[i]
        set label key_text[i] at screen sx(width - right + 40), sy(top + 14 + 22 * i) left \
            font (i == 1 ? bold(11.5) : face(11.5)) tc rgb (i == 3 ? pale : key_colour[i])
    }
}

plot $years using 1:($3 > 1 ? $2 : NaN) with lines lt 1 lw 0.8 lc rgb older_colour, \
     $mean using 1:2 with lines lt 1 lw 1.6 lc rgb faint, \
     $years using 1:($3 == 1 ? $2 : NaN) with lines lt 1 lw 1.6 lc rgb target_colour, \
     $years using 1:($3 == 1 ? $2 : NaN) with points pt 6 ps 0.5 lw 1.4 lc rgb target_colour, \
     $years using 1:($3 == 0 ? $2 : NaN) with lines lt 1 lw 2.6 lc rgb main_colour, \
     $years using 1:($3 == 0 ? $2 : NaN) with points pt 7 ps 0.45 lc rgb main_colour
