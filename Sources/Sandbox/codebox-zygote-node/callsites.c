// Redirects calls of node's main function, and whole functions, before they run, in this process's
// own copy of the code. Each call is found by its target, so nothing else in the function matters.
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "zygote_node.h"

#if defined(__x86_64__)
enum { STEP = 1, CALL_BYTES = 5, REACH = 1 << 30 };

static void *target_of(const uint8_t *code) {
    int32_t distance;
    if (code[0] != 0xe8) return NULL;
    memcpy(&distance, code + 1, sizeof distance);
    return (void *)(code + CALL_BYTES + distance);
}

static void write_call(uint8_t *code, const void *to) {
    int32_t distance = (int32_t)((const uint8_t *)to - (code + CALL_BYTES));
    memcpy(code + 1, &distance, sizeof distance);
}

// jmp *0(%rip), and the address behind it.
static const uint8_t far_jump[] = {0xff, 0x25, 0, 0, 0, 0};
#elif defined(__aarch64__)
enum { STEP = 4, CALL_BYTES = 4, REACH = 1 << 26 };

static void *target_of(const uint8_t *code) {
    uint32_t word;
    memcpy(&word, code, sizeof word);
    if (word >> 26 != 0x25) return NULL;
    return (void *)(code + ((int32_t)(word << 6) >> 4));
}

static void write_call(uint8_t *code, const void *to) {
    uint32_t word = 0x25u << 26 | ((uint32_t)(((const uint8_t *)to - code) >> 2) & 0x3ffffff);
    memcpy(code, &word, sizeof word);
}

// ldr x16, #8; br x16, and the address behind them.
static const uint8_t far_jump[] = {0x50, 0, 0, 0x58, 0, 0x02, 0x1f, 0xd6};
#endif

// A call's distance is limited, so it goes to a page near the code, and from there to this object.
static uint8_t *map_near(uintptr_t code, size_t bytes) {
    enum { STRIDE = 1 << 20 };
    for (uintptr_t distance = STRIDE; distance < REACH && distance < code; distance += STRIDE) {
        uintptr_t address = (code - distance) & ~(uintptr_t)(STRIDE - 1);
        if (address == 0) break;
        void *page = mmap((void *)address, bytes, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
        if (page == (void *)address) return page;
        if (page != MAP_FAILED) munmap(page, bytes);
    }
    give_up("there is no room", "near its code");
}

static uint8_t *make_jump(uintptr_t code, const void *to) {
    const size_t bytes = (size_t)sysconf(_SC_PAGESIZE);
    uint8_t *page = map_near(code, bytes);
    memcpy(page, far_jump, sizeof far_jump);
    memcpy(page + sizeof far_jump, &to, sizeof to);
    mprotect(page, bytes, PROT_READ | PROT_EXEC);
    __builtin___clear_cache((char *)page, (char *)page + sizeof far_jump);
    return page;
}

static void make_writable(uint8_t *code, size_t bytes, int extra) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)code & ~(page - 1);
    if (mprotect((void *)start, (uintptr_t)code + bytes - start, PROT_READ | PROT_EXEC | extra) < 0)
        give_up("it does not let us change", "its code");
}

static uint8_t *find_code(const char *function) {
    uint8_t *code = dlsym(RTLD_DEFAULT, function);
    if (!code) give_up("it has no", function);
    return code;
}

static size_t size_of(const char *function, const uint8_t *code) {
    Dl_info place;
    const ElfW(Sym) *symbol = NULL;
    if (!dladdr1(code, &place, (void **)&symbol, RTLD_DL_SYMENT) || !symbol)
        give_up("it has no", function);
    return symbol->st_size;
}

// Does not look at the function's size. To find it, the loader would read node's whole table of
// symbols, which takes some milliseconds. A function that calls others is larger than the jump.
void replace_function(const char *function, const void *by) {
    const size_t bytes = sizeof far_jump + sizeof by;
    uint8_t *code = find_code(function);
    make_writable(code, bytes, PROT_WRITE);
    memcpy(code, far_jump, sizeof far_jump);
    memcpy(code + sizeof far_jump, &by, sizeof by);
    make_writable(code, bytes, 0);
    __builtin___clear_cache((char *)code, (char *)code + bytes);
}

void redirect_calls(const char *function, void *from, void *to) {
    uint8_t *code = find_code(function);
    const size_t bytes = size_of(function, code);
    int found = 0;
    uint8_t *jump = make_jump((uintptr_t)code, to);
    make_writable(code, bytes, PROT_WRITE);
    for (uint8_t *at = code; at + CALL_BYTES <= code + bytes; at += STEP)
        if (target_of(at) == from) {
            write_call(at, jump);
            found++;
        }
    make_writable(code, bytes, 0);
    __builtin___clear_cache((char *)code, (char *)code + bytes);
    if (found != 1) give_up("not one call is where it is looked for in", function);
}
