/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Drawing a sweep's table with gnuplot and plots/curve.gp, which is part of
 * this command.
 */
#ifndef AP_PLOT_H
#define AP_PLOT_H

/*
 * Draw @table, a file's path that stays open as it is, to @picture. Says what
 * went wrong; EXIT_DONE or EXIT_CANNOT.
 */
int plot_draw(const char *table, const char *picture);

#endif
