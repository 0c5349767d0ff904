#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "zygote_python.h"

enum { STREAMS = 3 };
static int put_aside[STREAMS] = {-1, -1, -1};

int put_pipes_in_place(void) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return -1;
    for (int stream = 0; stream < STREAMS; stream++) {
        put_aside[stream] = fcntl(stream, F_DUPFD_CLOEXEC, STREAMS);
        if (put_aside[stream] < 0 && errno != EBADF) return -1;
        if (dup2(ends[stream == 0 ? 0 : 1], stream) < 0) return -1;
    }
    close(ends[0]);
    return close(ends[1]);
}

int put_descriptors_back(void) {
    for (int stream = 0; stream < STREAMS; stream++) {
        if (put_aside[stream] < 0) continue;
        if (dup2(put_aside[stream], stream) < 0) return -1;
        close(put_aside[stream]);
    }
    return 0;
}
