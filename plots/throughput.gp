# SPDX-License-Identifier: GPL-2.0-only
# Throughput of the target's stack as a ratio to the host's own, by frames a
# doorbell, for each MTU, protocol and direction.
#
#	gnuplot -e "datafile='throughput.tsv'; outfile='throughput.png'" throughput.gp

if (!exists("datafile")) datafile = "out/throughput.tsv"
if (!exists("outfile")) outfile = "out/throughput.png"

set terminal pngcairo size 1000,800 font "Sans,11"
set output outfile
set datafile separator tab
set datafile commentschars "#"
set datafile columnheaders
set datafile missing NaN

set logscale x 2
set xtics (1, 4, 16, 64)
set xrange [0.8:80]
set xlabel "frames a doorbell, at most"
set ylabel "Mbit/s, median and range"
set logscale y
set yrange [10:100000]
set grid
set key top left font ",8"

cell(protocol, direction, mtu) = strcol("protocol") eq protocol && \
	strcol("direction") eq direction && column("mtu") == mtu
only(protocol, direction, mtu, value) = cell(protocol, direction, mtu) ? value : NaN

set multiplot layout 2,2
do for [protocol in "tcp udp"] {
	do for [direction in "in out"] {
		set title sprintf("%s %s the target", protocol eq "tcp" ? \
			"TCP" : "UDP", direction eq "in" ? "into" : "out of")
		plot for [i = 1:3] mtu = word("1500 4000 9000", i) + 0 \
			datafile using "frames":(only(protocol, direction, mtu, column("target"))):"target_min":"target_max" \
			with yerrorlines lc i title sprintf("target, MTU %d", mtu), \
			for [i = 1:3] mtu = word("1500 4000 9000", i) + 0 \
			datafile using "frames":(only(protocol, direction, mtu, column("host"))) \
			with lines lc i dashtype 2 title sprintf("host, MTU %d", mtu)
	}
}
unset multiplot
