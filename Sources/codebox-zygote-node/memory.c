#include <sys/mman.h>

#include "real.h"
#include "zygote_node.h"

// V8 asks that its heap be missing from forked children, which are to exec at once. Ours go on.
INTERPOSED int madvise(void *address, size_t bytes, int advice) {
    if (advice == MADV_DONTFORK) return 0;
    return real.madvise(address, bytes, advice);
}
