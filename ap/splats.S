/* SPDX-License-Identifier: GPL-2.0-only */
/* splat.patterns as data, so that the command needs no path to find it. */
	.section .rodata
	.global splat_patterns
splat_patterns:
	.incbin SPLAT_PATTERNS
	.byte 0
	.section .note.GNU-stack, "", @progbits
