# SPDX-License-Identifier: GPL-2.0-only
# Success rate against the interval, one curve for each size of frame, as the
# paper's Figure 8; a mark on the axis shows the least of each size's median
# send operations: below it, the side that plays the NIC is what is too slow.
#
#	gnuplot -e "datafile='curve.tsv'; outfile='curve.png'" curve.gp

if (!exists("datafile")) datafile = "out/curve.tsv"
if (!exists("outfile")) outfile = "out/curve.png"

set terminal pngcairo size 1000,650 font "Sans,11"
set output outfile
set datafile separator tab
set datafile commentschars "#"
set datafile columnheaders

# The sizes in the order of the table.
sizes = ""
note(size) = (strstrt(" ".sizes." ", " ".size." ") ? 0 : (sizes = sizes." ".size, 1))
stats datafile using (note(strcol("size"))) nooutput
stats datafile using (column("interval_ns") / 1000) name "interval" nooutput

set title "Frames put into a socket buffer by the driver, by interval"
set xlabel "interval (us)"
set ylabel "success rate (%)"
set logscale x
set xtics (0.1, 0.2, 0.5, 1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 60, 100, 200, 500, 1000)
set yrange [0:105]
set grid
set key bottom right

only(size, value) = (column("size") == size ? value : NaN)
least = interval_min
do for [i = 1:words(sizes)] {
	size = word(sizes, i) + 0
	stats datafile using (only(size, column("send_p50") / 1000)) name "send" nooutput
	least = send_min < least ? send_min : least
	set arrow i from send_min, 0 to send_min, 5 nohead lw 2 lc i
	set label i sprintf("%.2g", send_min) at send_min, 7 center textcolor lt i font ",9"
}
set xrange [least / 1.2:interval_max * 1.1]

plot for [i = 1:words(sizes)] datafile \
	using (column("interval_ns") / 1000):(only(word(sizes, i) + 0, 100 * column("success"))) \
	with linespoints lc i pt i + 4 \
	title sprintf("%s bytes (mark: send operation, us)", word(sizes, i))
