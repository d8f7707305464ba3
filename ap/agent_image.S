/* SPDX-License-Identifier: GPL-2.0-only */
	.section .rodata
	.global agent_image, agent_image_size
	.balign 16
agent_image:
	.incbin AGENT
agent_image_end:
	.balign 8
agent_image_size:
	.quad agent_image_end - agent_image
	.section .note.GNU-stack, "", @progbits
