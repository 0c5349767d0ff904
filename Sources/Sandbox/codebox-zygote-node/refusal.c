#include <stdio.h>
#include <unistd.h>

#include "zygote_node.h"

void give_up(const char *what, const char *which) {
    dprintf(STDERR_FILENO, "codebox-zygote-node: this node can't be forked: %s %s\n", what, which);
    _exit(1);
}
