/* SPDX-License-Identifier: GPL-2.0-only */
/* plots/curve.gp as data, so that the command needs no path to find it. */
	.section .rodata
	.global curve_gp, curve_gp_end
curve_gp:
	.incbin CURVE_GP
curve_gp_end:
	.section .note.GNU-stack, "", @progbits
