#include <fcntl.h>
#include <linux/io_uring.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

// An io_uring that does nothing but pin pages (CZygote/pages.c). It is never enabled, so it takes
// no requests, and the zygote's filter allows a single call on it. It is made here because the
// interpreter, which belongs to the image, may make none.
void open_pins(void) {
    struct io_uring_params parameters = {.flags = IORING_SETUP_R_DISABLED};
    const int ring = (int)syscall(SYS_io_uring_setup, 1, &parameters);
    // A kernel may be without it, or an admin may forbid it. Zygotes work without it.
    if (ring < 0) return;
    struct io_uring_rsrc_register places = {.nr = CB_MAXIMUM_PINS,
                                            .flags = IORING_RSRC_REGISTER_SPARSE};
    if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS2, &places, sizeof places) >= 0)
        (void)dup2(ring, CB_FD_PINS);
    close(ring);
}
