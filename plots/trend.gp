# Trend: all years, what the fit says was behind them, and the forecast of the year. Drawn after the
# variables and data blocks that vitalcast sets; colours and places may be changed here and in frame.gp.
# A copy in WORKSPACE/plots/ is used instead of this one.

left = 58                # margins in pixels of an 800 x 450 picture
right = 158
top = 94
bottom = 96
load 'frame.gp'

set lmargin at screen sx(left)
set rmargin at screen sx(width - right)
set tmargin at screen sy(top)
set bmargin at screen sy(height - bottom)

set border 1 lc rgb faint lw 1
set xrange [x_low:x_high]
set yrange [y_low:y_high]
set xtics nomirror out scale 0.5 font axis_font tc rgb pale
set ytics y_step nomirror scale 0 font axis_font tc rgb pale
set format y sprintf('%%.%df', y_digits)
set minussign
set grid ytics lt 1 lw 0.7 lc rgb grid_colour

# --- what the bands are --------------------------------------------------------------------

array key_colour[2] = [band_80, band_95]
array key_text[2] = ['80%', '95%']
if (n_fitted > 0) {
    do for [i = 1:2] {
        set object rectangle from screen sx(18 + 58 * (i - 1)), sy(76) \
            to screen sx(38 + 58 * (i - 1)), sy(66) fc rgb key_colour[i] fs solid noborder
        set label key_text[i] at screen sx(42 + 58 * (i - 1)), sy(71) left font face(10) tc rgb pale
    }
    set label fitted_text at screen sx(134), sy(71) left font face(10) tc rgb pale
}

# --- target: of its year alone ---------------------------------------------------------------

if (has_bound) {
    set arrow from x_target - 0.45, bound to x_high, bound nohead front lc rgb target_colour \
        lw 1.6 dt (4, 3)
}
if (has_bound_high) {
    set arrow from x_target - 0.45, bound_high to x_high, bound_high nohead front \
        lc rgb target_colour lw 1.6 dt (4, 3)
}

plot $fitted using 1:2:6 with filledcurves lc rgb band_95, \
     $fitted using 1:3:5 with filledcurves lc rgb band_80, \
     $fitted using 1:4 with lines lt 1 lw 1.8 lc rgb main_colour, \
     $forecast using 1:2:(0):($6 - $2) with vectors nohead lt 1 lw 1.6 lc rgb main_colour, \
     $forecast using 1:3:(0):($5 - $3) with vectors nohead lt 1 lw 5 lc rgb main_colour, \
     $forecast using 1:4 with points pt 7 ps 0.5 lc rgb 'white', \
     $observed using 1:2 with points pt 7 ps (x_high - x_low > 30 ? 0.35 : 0.7) lc rgb ink
