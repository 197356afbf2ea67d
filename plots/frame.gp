# What all charts have in common: colours, places, headings and foot. The other scripts load it first;
# what is changed here changes everywhere. A copy in WORKSPACE/plots/ is used instead of this one.

# --- style -------------------------------------------------------------------------------

ink = '#222222'          # headings, what was observed
pale = '#666666'         # second heading, axes
faint = '#999999'        # last year, foot
grid_colour = '#E6E6E6'
band_95 = '#DCE9F5'      # opaque tints of one hue, widest first
band_80 = '#B5D1EA'
band_50 = '#7FB2DB'
main_colour = '#08519C'
target_colour = '#B34E00'
good_colour = '#007A5A'  # with a word and a sign of its own beside it, as the next one
bad_colour = '#B34E00'

# --- places, in pixels from the top and the left -------------------------------------------

face(size) = sprintf('%s,%g', font, size)
bold(size) = sprintf('%s:Bold,%g', font, size)
sx(pixels) = real(pixels) / width
sy(pixels) = 1 - real(pixels) / height

# A script sets another value before it loads this one.
if (!exists('heading_size')) heading_size = 17
if (!exists('notice_top')) notice_top = 71
if (!exists('caveat_top')) caveat_top = height - 53

# --- headings and foot -------------------------------------------------------------------

set label heading at screen sx(18), sy(26) left font bold(heading_size) tc rgb ink
set label subheading at screen sx(18), sy(49) left font face(11) tc rgb pale
if (strlen(notice) > 0) {
    set label notice at screen sx(width - 18), sy(notice_top) right font bold(12) \
        tc rgb target_colour
}
if (strlen(caveat) > 0) {
    set label caveat at screen sx(18), sy(caveat_top) left font face(9.5) tc rgb pale
}
set label provenance at screen sx(width - 18), sy(height - 33) right font face(9) tc rgb faint
set label boundary at screen sx(width - 18), sy(height - 15) right font face(9) tc rgb faint

# --- labels beside the plot, each at the height of its line -----------------------------------

if (exists('n_labels')) {
    array mark_colour[3] = [main_colour, target_colour, pale]
    do for [i = 1:n_labels] {
        half = strlen(label_more[i]) > 0 ? 8 : 0
        y_text = label_place[i] + half / real(height - top - bottom)
        y_more = label_place[i] - half / real(height - top - bottom)
        set label label_text[i] at graph 1.015, graph y_text left \
            font bold(12) tc rgb mark_colour[label_mark[i]]
        set label label_more[i] at graph 1.015, graph y_more left font face(10.5) tc rgb pale
    }
}

unset key
axis_font = face(11)      # tics take a variable only
