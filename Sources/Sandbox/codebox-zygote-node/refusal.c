#include <stdio.h>
#include <unistd.h>

#include "zygote_node.h"

void give_up(const char *what, const char *which) {
    dprintf(STDERR_FILENO, "codebox-zygote-node: %s: %s %s\n",
            phase == PHASE_JOB ? "the heap of this node can't be sized"
                               : "this node can't be forked",
            what, which);
    _exit(1);
}
