# SPDX-License-Identifier: GPL-2.0-only
# What one kernel's load costs another: above, the time of work as a ratio to
# plain Linux alone on the same CPU (minima); below, the gaps between interrupts
# of a node while there is load elsewhere, beside their floor in the same load.
#
#	gnuplot -e "datafile='isolation.tsv'; outfile='isolation.png'" isolation.gp

if (!exists("datafile")) datafile = "out/isolation.tsv"
if (!exists("outfile")) outfile = "out/isolation.png"

set terminal pngcairo size 1000,900 font "Sans,11"
set output outfile
set datafile separator tab
set datafile commentschars "#"
set datafile columnheaders

# Each text once, in the order of the table; its place in that list.
add(list, text) = strstrt(list, "|".text."|") ? list : list.text."|"
before(list, text) = list[1:strstrt(list, "|".text."|")]
bars(text) = sum [i = 1:strlen(text)] (text[i:i] eq "|" ? 1 : 0)
place(list, text) = bars(before(list, text))
is_gap(what) = what[1:3] eq "gap"

name_work(_) = strcol("size") eq "-" ? strcol("what") : strcol("what")." ".strcol("size")
name_side(_) = strcol("where").", ".(strcol("beside") eq "nothing" ? "alone" : "beside ".strcol("beside"))

works = "|"
sides = "|"
loads = "|"
note(_) = is_gap(strcol("what")) ? \
	(loads = add(loads, strcol("beside")), 0) : \
	(works = add(works, name_work(0)), sides = add(sides, name_side(0)), 0)
stats datafile using (note(0)) nooutput
nworks = bars(works) - 1
nsides = bars(sides) - 1
nloads = bars(loads) - 1
nth(list, i) = i == 1 ? list[2:strstrt(list[2:*], "|")] : nth("|".list[strstrt(list[2:*], "|") + 2:*], i - 1)

set multiplot layout 2,1
set style fill solid 0.7 border -1
set grid ytics

set title "Time of the same work, by who does it and what runs beside it"
set ylabel "minimum, plain Linux alone = 1"
set yrange [0:*]
set xrange [0.5:nworks + 0.5]
set xtics () scale 0
do for [i = 1:nworks] { set xtics add (nth(works, i) i) }
set key outside below maxrows 4
set arrow 1 from graph 0, first 1.05 to graph 1, first 1.05 nohead dashtype 2
width = 0.8 / nsides
at(side) = place(works, name_work(0)) - 0.4 + width * (side - 0.5)
only_side(side) = !is_gap(strcol("what")) && name_side(0) eq nth(sides, side)
plot for [s = 1:nsides] datafile \
	using (only_side(s) ? at(s) : NaN):(column("ratio")):(0.9 * width) \
	with boxes title nth(sides, s)

set title "Gaps between handler entries at 38 us, by what runs beside the node"
set ylabel "outside 38 ± 2 us (%)"
unset arrow 1
set xrange [0.5:nloads + 0.5]
set yrange [0:*]
set y2range [0:*]
set y2label "99th percentile (us)"
set y2tics
set ytics nomirror
set xtics () scale 0 rotate by 20 right
do for [i = 1:nloads] { set xtics add (nth(loads, i) i) }
only_gap(what) = strcol("what") eq what
gap_place(_) = place(loads, strcol("beside"))
plot datafile using (only_gap("gap") ? gap_place(0) - 0.16 : NaN):(100 * column("outside_2us")):(0.3) \
		with boxes title "driver", \
	datafile using (only_gap("gap_floor") ? gap_place(0) + 0.16 : NaN):(100 * column("outside_2us")):(0.3) \
		with boxes title "empty handler (floor)", \
	datafile using (only_gap("gap") ? gap_place(0) - 0.16 : NaN):(column("p99_ns") / 1000) \
		axes x1y2 with points pt 7 ps 1.5 lc 'black' title "driver, 99th percentile", \
	datafile using (only_gap("gap_floor") ? gap_place(0) + 0.16 : NaN):(column("p99_ns") / 1000) \
		axes x1y2 with points pt 6 ps 1.5 lc 'black' title "empty handler, 99th percentile"
unset multiplot
