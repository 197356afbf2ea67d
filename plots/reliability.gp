# Reliability: what was said against what came true. Drawn after the variables and data blocks that
# vitalcast sets; colours and places may be changed here. A copy in WORKSPACE/plots/ is used instead
# of this one.

# --- style -------------------------------------------------------------------------------

ink = '#222222'
pale = '#666666'
faint = '#999999'
grid_colour = '#E6E6E6'
year_colour = '#B5D1EA'
point_colour = '#08519C'
notice_colour = '#B34E00'

left = 78
right = 40
top = 88
bottom = 128

# --- places ------------------------------------------------------------------------------

face(size) = sprintf('%s,%g', font, size)
bold(size) = sprintf('%s:Bold,%g', font, size)
sx(pixels) = real(pixels) / width
sy(pixels) = 1 - real(pixels) / height       # pixels from the top

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(top)
set bmargin at screen sy(height - bottom)

set label heading at screen sx(18), sy(26) left font bold(15) tc rgb ink
set label subheading at screen sx(18), sy(49) left font face(11) tc rgb pale
if (strlen(notice) > 0) {
    set label notice at screen sx(width - 18), sy(71) right font bold(12) tc rgb notice_colour
}
set label caveat at screen sx(18), sy(height - 53) left font face(9.5) tc rgb pale
set label provenance at screen sx(width - 18), sy(height - 33) right font face(9) tc rgb faint
set label boundary at screen sx(width - 18), sy(height - 15) right font face(9) tc rgb faint

# --- axes, in percent ----------------------------------------------------------------------

axis_font = face(11)
unset key
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
        lc rgb point_colour notitle, \
    $all using (100 * $1):(100 * $2):(sprintf('%d', $3)) with labels offset -0.5, 0.8 right \
        font face(9.5) tc rgb pale notitle
