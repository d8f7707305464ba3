/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The verbs. Each gets its own arguments, argv[0] being what came before
 * them, and returns the command's exit code.
 */
#ifndef AP_VERBS_H
#define AP_VERBS_H

int verb_run(int argc, char **argv);
int verb_sweep(int argc, char **argv);
int verb_explore(int argc, char **argv);
int verb_replay(int argc, char **argv);
int verb_function(int argc, char **argv);
int verb_status(int argc, char **argv);
int verb_target(int argc, char **argv);

#endif
